"""A copy of everything that is mine, and asking that something be taken out."""
