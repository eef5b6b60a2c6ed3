"""Everything that answers behind the key worker's door."""

from portal.keyworker import (
    answer_views,
    concern_views,
    copy_views,
    cover_views,
    family_views,
    files_views,
    news_views,
    notes_views,
    people_views,
    safety_views,
    sharing_views,
    told_views,
    way_back_views,
    wishes_views,
)
from portal.keyworker.door import door

__all__ = [
    "answer_views",
    "concern_views",
    "copy_views",
    "cover_views",
    "door",
    "family_views",
    "files_views",
    "news_views",
    "notes_views",
    "people_views",
    "safety_views",
    "sharing_views",
    "told_views",
    "way_back_views",
    "wishes_views",
]
