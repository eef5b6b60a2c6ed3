"""How I like to read, remembered in my own space."""
