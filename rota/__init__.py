"""Who is on duty, when: the plan of a line. Imports nothing of the helpline."""
