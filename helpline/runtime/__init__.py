"""How the two programs are served."""
