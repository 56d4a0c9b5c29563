"""What those who run a helpline may see of it: alive, ready, and figures that tell nothing of anybody."""
