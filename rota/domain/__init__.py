"""What a plan is made of: lines, staff, shifts, and who is on duty. Pure: no database, no clock."""
