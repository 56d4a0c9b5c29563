"""The command line of an organisation: `python -m helpline.cli --help`."""
