"""The door for anyone: pages that explain, in every language, with no cookie and no database."""
