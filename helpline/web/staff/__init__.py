"""The staff's program: sign-in, desk, day keys, and the rota's pages beside them."""
