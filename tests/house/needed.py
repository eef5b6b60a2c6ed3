"""The pages that most people need: they stand in every offered language, and all but the first in easy read too."""

MOST_NEEDED = (
    "opening",
    "what-a-review-is",
    "what-happens-next",
    "your-key-worker",
    "taking-part",
    "asking-questions",
    "what-you-will-be-told",
    "how-long-it-takes",
    "first-hours-and-days",
    "looking-after-yourself",
    "support",
    "who-reads-about-your-child",
    "leaving-this-site-quickly",
)
