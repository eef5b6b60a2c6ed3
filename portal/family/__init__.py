"""The door for an invited family member: their link, their space, their words, their choices."""
