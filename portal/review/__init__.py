"""What is true of a child death review: its people, questions, answers and messages. Knows nothing of the web."""
