"""The translated pages: articles, their markdown, how fresh a translation is, and the panels' own facts and words."""
