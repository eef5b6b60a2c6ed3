"""How a person wishes to be reached: ways, safe times, numbers never to ring, quiet days; and what that holds back."""
