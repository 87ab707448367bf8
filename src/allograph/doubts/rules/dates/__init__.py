"""Rules on days and times, which follow each other."""
