"""Asking for a way back in: one page, one action, the same for everybody."""
