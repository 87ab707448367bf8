"""Reading a release: what is shown, found and told of it, for pages, command line and programs.

Functions of a release, its store and its questions, given as arguments: nothing here knows HTTP.
"""
