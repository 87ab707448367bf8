"""Rules on what is printed, where, and by whom."""
