"""Find support: everybody who can be asked for help, near ones first, and a filter that works without script.

What is chosen says something about the reader. It stands in the address as single letters, which tell nothing to
somebody who looks at the list of visited pages, and nowhere else; an answer to it is kept by no cache.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from string import ascii_letters
from urllib.parse import urlencode

from flask import g, request
from werkzeug.wrappers import Response

from portal import clock, languages
from portal.access import May
from portal.door import Here
from portal.house import house
from portal.languages import as_english
from portal.library.panels import Panel
from portal.library.support import (
    ANY_TIME,
    NEAR,
    NOW,
    OWN,
    PRACTICAL,
    WHAT,
    WHAT_HAPPENED,
    WHO,
    WHO_YOU_ARE,
    Check,
    Entry,
    Wish,
)
from portal.page import frame, render, terms
from portal.public.around import public_answer, public_frame
from portal.public.door import door
from portal.public.support_pages import OWN_WORDS, WHAT_WORDS, WHO_WORDS, Field, FindSupport, Line, Lines
from portal.reading import page_choice
from portal.words import day, gettext

FIND = "find-support"


@door.show("/<lang:lang>/find-support", "/<lang:lang>/<panel:panel>/find-support", may=May.READ_PAGES)
def find_support(here: Here[None], panel: Panel | None = None) -> Response:
    """Show everybody who can be asked for help, or who may fit what was chosen, or one of them."""
    panel = panel or here.house.panels.only
    wish = _wish(panel)
    one = here.house.support.named(request.args.get("one", ""))
    near = bool(wish.area) and panel is None
    made, everybody = here.house.support.find(wish) if wish or near else ([], [])
    chosen = bool(one or wish or near)
    if one:
        groups = [Lines("found", "", _lines([one]))]
    elif chosen:
        groups = _fitting(made, everybody)
    else:
        groups = _all(panel)
    page = FindSupport(
        [group for group in groups if group.lines],
        chosen,
        chosen and not made and not one,
        not _some_checked(),
        here.house.support.is_a_machines_draft(here.language),
        _fields(wish, panel),
        terms(panel)["key_worker"],
        here.house.panels.address(here.language, panel, FIND),
        page_choice("support", panel),
    )
    if not request.query_string:
        return public_answer(page, panel, FIND)
    public_frame(panel, FIND)
    frame().alternates = ()
    return render(page)


def _wish(panel: Panel | None) -> Wish:
    def one_of(name: str, known: Sequence[str]) -> str:
        given = request.args.get(name, "")
        return next((one for one in known if given == sign_of(one, known)), "")

    area = panel.slug if panel else one_of("near", [one.slug for one in house().panels.all])
    return Wish(one_of("who", WHO), one_of("what", WHAT), one_of("own", (*OWN, *_spoken())), area)


def sign_of(one: str, known: Sequence[str]) -> str:
    """Return the letter that stands in the address for one of the things that can be chosen."""
    return ascii_letters[known.index(one)]


def _spoken() -> list[str]:
    """Return the languages of which it is known that somebody speaks them."""
    return sorted({code for entry in house().support.entries for code in entry.languages})


def _fields(wish: Wish, panel: Panel | None) -> list[Field]:
    rather_not = gettext("I would rather not say")
    own = {**_said(OWN_WORDS), **{code: languages.language(code).own_name for code in _spoken()}}
    fields = [
        _field("what", gettext("What happened?"), rather_not, _said(WHAT_WORDS), wish.what),
        _field("who", gettext("Who is it for?"), rather_not, _said(WHO_WORDS), wish.who),
        _field("own", gettext("Faith or language"), rather_not, own, wish.own),
    ]
    if panel is None:
        areas = {one.slug: _name(one) for one in house().panels.all}
        fields.append(_field("near", gettext("Where?"), gettext("Anywhere in England"), areas, wish.area))
    return fields


def _said(words: Mapping[str, str]) -> dict[str, str]:
    return {key: gettext(word) for key, word in words.items()}


def _field(name: str, label: str, nothing: str, words: Mapping[str, str], chosen: str) -> Field:
    signs = {key: sign_of(key, list(words)) for key in words}
    return Field(name, label, nothing, [(signs[key], word, key == chosen) for key, word in words.items()])


def _name(panel: Panel) -> str:
    own = panel.words(g.language).get("short_name")
    return own or as_english(str(panel.facts["short_name"]), g.language)


def _fitting(made: list[Entry], everybody: list[Entry]) -> list[Lines]:
    return [
        Lines("found", gettext("What may fit"), _lines(made)),
        Lines("everybody", gettext("There for every family"), _lines(everybody)),
    ]


def _all(panel: Panel | None) -> list[Lines]:
    """Return everybody: whom one can ask at once and near by in full, the others by what happened, briefly."""
    entries, address = house().support.entries, house().panels.address

    def standing_in(place: str) -> list[Entry]:
        return [entry for entry in entries if entry.place == place]

    groups = [Lines("right-now", gettext("Right now"), _lines(standing_in(NOW)))]
    near = [entry for entry in standing_in(NEAR) if panel is not None and panel.slug in entry.area]
    groups.insert(0, Lines("near", gettext("Near you"), _lines(near)))
    groups.append(Lines("any-time", gettext("Any time after a child has died"), _lines(standing_in(ANY_TIME))))
    url = address(g.language, panel, FIND)
    happened = standing_in(WHAT_HAPPENED)
    first = {what: [entry for entry in happened if entry.what[0] == what] for what in WHAT_WORDS}
    closed = [
        Lines(
            what.replace(" ", "-"),
            gettext(WHAT_WORDS[what]),
            _lines(some),
            f"{url}?{urlencode({'what': sign_of(what, WHAT)})}",
            True,
        )
        for what, some in first.items()
        if some
    ]
    groups += _under(gettext("What happened?"), closed)
    groups.append(Lines("by-who-you-are", gettext("By who you are"), _lines(standing_in(WHO_YOU_ARE))))
    groups.append(Lines("practical-things", gettext("Help with practical things"), _lines(standing_in(PRACTICAL))))
    if panel is None:
        slugs = [one.slug for one in house().panels.all]
        local = [(one, [entry for entry in standing_in(NEAR) if one.slug in entry.area]) for one in house().panels.all]
        closed = [
            Lines(one.slug, _name(one), _lines(some), f"{url}?{urlencode({'near': sign_of(one.slug, slugs)})}", True)
            for one, some in local
            if some
        ]
        groups += _under(gettext("Near you"), closed)
    return groups


def _under(heading: str, closed: list[Lines]) -> list[Lines]:
    return [replace(one, above=heading) if number == 0 else one for number, one in enumerate(closed)]


def _some_checked() -> bool:
    today = clock.now().date()
    return any(entry.check(today) is Check.CHECKED for entry in house().support.entries)


def _lines(entries: Iterable[Entry]) -> list[Line]:
    """Return entries with their words; while nobody has checked any, one note above the whole list says it for all."""
    each = _some_checked()
    today, support, panels = clock.now().date(), house().support, house().panels
    found = []
    for entry in entries:
        check = entry.check(today)
        standing = gettext("Nobody has checked this yet.") if each else ""
        if check is Check.PAST:
            standing = gettext("This may be out of date.")
        elif check is Check.CHECKED and entry.checked_on:
            standing = gettext("Somebody checked this on %(day)s.", day=day(entry.checked_on))
        areas = [one for slug in entry.area if (one := panels.named(slug))]
        found.append(Line(entry, support.text(entry, g.language), ", ".join(map(_name, areas)), standing))
    return found
