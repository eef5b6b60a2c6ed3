"""Changing, adding to and taking back what was sent, until the words for a meeting are fixed."""
