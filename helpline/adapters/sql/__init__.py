"""What is kept on disk: accounts and the public halves of day keys. Nothing of any conversation."""
