"""Everything that answers behind the key worker's door."""

from portal.keyworker import (
    answer_views,
    copy_views,
    family_views,
    files_views,
    news_views,
    people_views,
    sharing_views,
    told_views,
    way_back_views,
    wishes_views,
)
from portal.keyworker.door import door

__all__ = [
    "answer_views",
    "copy_views",
    "door",
    "family_views",
    "files_views",
    "news_views",
    "people_views",
    "sharing_views",
    "told_views",
    "way_back_views",
    "wishes_views",
]
