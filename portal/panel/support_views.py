"""The support directory for staff: what is out of date, what soon will be, and what nobody has checked yet."""

from datetime import timedelta

from flask import url_for
from werkzeug.wrappers import Response

from portal import clock
from portal.access import May
from portal.door import Here
from portal.languages import ENGLISH
from portal.library.support import Check, Entry
from portal.panel.door import door, show_page
from portal.panel.labels import language_label
from portal.panel.support_pages import Listed, SupportList, ToLookAt
from portal.review.people import StaffMember
from portal.words import day, gettext

SOON = timedelta(days=60)


@door.show("/support", may=May.SEE_THE_LIBRARY)
def support(here: Here[StaffMember]) -> Response:
    """List the entries that somebody has to look at, those that are out of date first."""
    today, directory = clock.now().date(), here.house.support
    past = [entry for entry in directory.entries if entry.check(today) is Check.PAST]
    soon = [entry for entry in directory.entries if entry not in past and entry.expires <= today + SOON]
    unchecked = [entry for entry in directory.entries if entry.check(today) is Check.UNCHECKED and entry not in soon]
    groups = [
        ToLookAt("past", gettext("Out of date: readers are told that these may have changed"), _listed(here, past)),
        ToLookAt("soon", gettext("To be looked at within 60 days"), _listed(here, soon)),
        ToLookAt("unchecked", gettext("Nobody has checked these yet: readers are told so"), _listed(here, unchecked)),
    ]
    behind = [
        (language_label(code), count)
        for code in here.house.settings.languages
        if (count := sum(directory.text(entry, code).language != code for entry in directory.entries))
    ]
    return show_page(here, SupportList([group for group in groups if group.entries], behind))


def _listed(here: Here[StaffMember], entries: list[Entry]) -> list[Listed]:
    panel = here.house.panels.named(here.caller.panel)
    found = []
    for entry in sorted(entries, key=lambda one: (one.expires, one.name)):
        lang = {"lang": ENGLISH} if here.house.panels.only or panel is None else {"lang": ENGLISH, "panel": panel}
        checked = ""
        if entry.checked_on and entry.checked_by:
            checked = gettext("%(name)s, on %(day)s", name=entry.checked_by, day=day(entry.checked_on))
        found.append(
            Listed(
                entry.name,
                url_for("public.find_support", **lang, one=entry.id),
                [way for way in (entry.phone, entry.text, entry.email, entry.web_name) if way],
                entry.source,
                checked,
                entry.expires,
            )
        )
    return found
