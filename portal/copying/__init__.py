"""One person's copy of everything of theirs: what belongs in it, gathering it, and packing it as plain files."""
