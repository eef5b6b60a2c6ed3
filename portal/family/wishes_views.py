"""How I wish to be reached: ways, safe times, numbers never to ring, quiet days, who may know that I am here."""
