"""Importers: curated files made from what others keep, such as a reviewer's extraction sheet."""
