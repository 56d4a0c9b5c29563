"""What goes wrong on purpose: a network that cuts, processes that die, a store that comes back empty."""
