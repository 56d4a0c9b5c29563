"""What the benchmarks of speed stand on: servers side by side, ours among them, and one load for all."""
