"""What a text says: its words, names, numbers and senses. No rule stands here."""
