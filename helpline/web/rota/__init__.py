"""The rota's page: one week, seen by all staff, changed by coordinators. It works without a script."""
