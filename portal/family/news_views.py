"""Where the review is now, and news of it, each behind the person's own press."""
