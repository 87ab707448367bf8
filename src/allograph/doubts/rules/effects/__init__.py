"""Rules on comparisons and claims: estimates, directions and sides."""
