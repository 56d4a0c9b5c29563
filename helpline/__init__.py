"""A secure anonymous helpline."""
