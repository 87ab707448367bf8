"""Rules on groups of people, their wholes and their parts."""
