"""What a coordinator does with a plan, one file each."""
