"""The two programs' pages."""
