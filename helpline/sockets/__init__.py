"""The two programs' sockets."""
