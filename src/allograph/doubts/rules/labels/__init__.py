"""Rules on what a record is called, against what it says."""
