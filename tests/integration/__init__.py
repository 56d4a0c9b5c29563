"""Real servers, real sockets, in both runtimes."""
