"""Persons and counsellors that speak the real protocol over real sockets: seeded, bounded, on this machine only."""
