"""The start of a person's own space: what waits for them, what they can do, and where everything is."""

from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.family import (
    answer_views,
    bring_views,
    brought_views,
    change_views,
    copy_views,
    display_views,
    leaving_views,
    link_views,
    news_views,
    pages,
    presence_views,
    removal_views,
    sharing_views,
    start,
    there,
    told_views,
    typed_views,
    way_back_views,
    wishes_views,
    words_views,
    write_views,
    writing,
)
from portal.family.door import door, link_door, review_here
from portal.page import render
from portal.reading import beside_a_space
from portal.review.people import FamilyMember
from portal.rooms import doors

__all__ = [
    "answer_views",
    "bring_views",
    "brought_views",
    "change_views",
    "copy_views",
    "display_views",
    "door",
    "leaving_views",
    "link_door",
    "link_views",
    "news_views",
    "presence_views",
    "removal_views",
    "sharing_views",
    "told_views",
    "typed_views",
    "way_back_views",
    "wishes_views",
    "words_views",
    "write_views",
]


@door.show("/<lang:lang>/your-space", may=May.USE_OWN_SPACE)
def space(here: Here[FamilyMember]) -> Response:
    """Show the start of the person's space, or one calm page to somebody who does not use it now."""
    if (paused := presence_views.paused_page(here)) is not None:
        return paused
    review, key_worker = review_here(here)
    panel = here.house.panels.named(review.panel)
    page = pages.SpacePage(
        start.waiting(here, key_worker),
        start.begun(here),
        writing.device(here),
        doors(key_worker),
        there.name_of(here, review),
        there.away(here, review),
        key_worker,
        panel.contact_in(here.language) if panel else None,
        words_views.written_by(here, key_worker)[:5],
        beside_a_space(panel),
    )
    return render(page)
