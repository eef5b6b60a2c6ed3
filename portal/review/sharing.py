"""One thing shown to one relative by a person's own choice, once the key worker knows that both agree."""
