"""Showing one thing to one relative, and what others show to me."""
