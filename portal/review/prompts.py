"""The prompts: one idea each, all optional, in the order in which people tell (domain.md 3.4)."""
