"""What a helpline is, in plain values: no framework, store, clock, randomness or network is known here."""
