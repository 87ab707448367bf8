"""What comes from elsewhere and becomes drafts for curators: one folder for each kind of source.

Touch a folder for its source alone; a new source is a new folder. ``sheets/`` reads and writes the
tables of reviewers.
"""
