"""What is read of a request: each word may be compared with all others, letter by letter."""

LONGEST_REQUEST, MOST_WORDS, LONGEST_WORD = 200, 12, 40
"""Letters, words, and letters of a word."""
