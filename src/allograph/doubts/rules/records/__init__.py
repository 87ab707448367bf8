"""Rules on studies, reports, drugs and other records, and their identifiers."""
