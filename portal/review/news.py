"""News of the review (stage, meeting day, outcome): told by the key worker, met by each person when they are ready."""
