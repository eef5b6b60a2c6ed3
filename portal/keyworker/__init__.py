"""The door for key workers: their families, the people they invite, and the answers they bring."""
