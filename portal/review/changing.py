"""After sending: change, add, take back and bring back one's own words; and confirm what was told aloud."""
