"""Rules on the flags of curators: where they may stand, and where they are wanted."""
