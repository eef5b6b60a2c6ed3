"""The demonstration: two invented families, the people around them, and a page of what would have been sent."""
