"""Not now, not at all, and coming back: for the whole space."""
