"""Everything that answers behind the key worker's door."""

from portal.keyworker import answer_views, family_views, people_views
from portal.keyworker.door import door

__all__ = ["answer_views", "door", "family_views", "people_views"]
