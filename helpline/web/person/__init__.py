"""The person's program: its pages, its stored files, its headers."""
