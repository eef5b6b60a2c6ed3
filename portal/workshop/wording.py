"""What a text says of its own changes: which sections of the English changed, of what kind, and who read them since."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from portal.access import Role
from portal.languages import ENGLISH
from portal.library.article import Library
from portal.library.source import Key, Source
from portal.library.standing import Change, Standing
from portal.review.people import StaffMember

MACHINE = "machine draft"
_SIGNING = (Role.TRANSLATOR, Role.EDITOR)


def signature(staff: StaffMember) -> str:
    """Return a person's name and role, as it stands in the front matter of what they wrote or read."""
    role = next((role for role in _SIGNING if staff.holds(role)), None)
    return f"{staff.name}, {role.value}" if role else staff.name


def changed_sections(before: Source | None, after: Source) -> list[str]:
    """Return the sections that stand in both texts and differ, in the order of the new one."""
    old = before.hashes if before else {}
    return [section for section, now in after.hashes.items() if section in old and old[section] != now]


def kinds_chosen(live: Source | None, text: Source) -> dict[str, Change]:
    """Return what kind of change the author said that each changed section is, as far as they said it."""
    settled = len(_settled(live, text))
    return {
        str(one["section"]): Change(one["kind"])
        for one in (text.meta.get("changes") or [])[settled:]
        if one.get("kind") in {kind.value for kind in Change}
    }


def with_kinds(live: Source | None, text: Source, kinds: Mapping[str, Change], by: str, on: date) -> Source:
    """Write into an English text what kind of change each changed section is."""
    settled = _settled(live, text)
    new = [
        {"section": section, "was": live.hashes[section], "kind": kinds[section].value, "by": by, "on": on}
        for section in changed_sections(live, text)
        if live is not None and section in kinds
    ]
    return text.saying(changes=settled + new or None)


def naming_the_older(library: Library, key: Key, live: Source | None, text: Source) -> Source:
    """Write into each new change which languages have a translation that it makes older."""
    settled = len(_settled(live, text))
    named = []
    for at, one in enumerate(text.meta.get("changes") or []):
        older = _having(library, key, str(one["section"])) if at >= settled else []
        named.append({**one, "older": older} if older and one["kind"] != Change.WORDING.value else one)
    return text.saying(changes=named or None)


def _settled(live: Source | None, text: Source) -> list[dict[str, Any]]:
    """Return the changes that readers have already, of sections that the text still has."""
    before = (live.meta.get("changes") or []) if live else []
    return [one for one in before if one.get("section") in text.sections]


def _having(library: Library, key: Key, section: str) -> list[str]:
    texts = {code: library.source(key._replace(language=code)) for code in library.offered if code != ENGLISH}
    return [code for code, own in texts.items() if own is not None and section in own.sections]


def to_do(library: Library, key: Key) -> dict[str, Standing]:
    """Return the sections of a translation that are not what the English says now, and how each stands."""
    return {section: how for section, how in library.standing(key).items() if how is not Standing.CURRENT}


def made_from(english: Source, text: Source, sections: Sequence[str], by: str, on: date) -> Source:
    """Write into a translation that these sections were brought to the English of today, and by whom."""
    now, changed = english.hashes, {str(one.get("section")) for one in english.meta.get("changes") or []}
    brought = [section for section in sections if section in now and section in text.sections]
    source = {**(text.meta.get("source") or {}), **{section: now[section] for section in brought}}
    ordered = {section: source[section] for section in now if section in source and section in text.sections}
    kept = [one for one in text.meta.get("cleared") or [] if one.get("section") not in brought]
    new = [{"section": one, "hash": now[one], "by": by, "on": on} for one in brought if one in changed]
    return text.saying(source=ordered, cleared=kept + new or None)


def as_translation(
    english: Source, live: Source | None, text: Source, sections: Sequence[str], *, by: str, on: date, machine: bool
) -> Source:
    """Return a translation with what its front matter has to say: from which English it was made, and by whom."""
    before = str(live.meta.get("translated_by") or "") if live else ""
    around = {name: text.meta.get(name) or english.meta.get(name) for name in ("owner", "review_by", "order", "group")}
    named = text.saying(
        **{name: value for name, value in around.items() if value is not None},
        translated_by=translated_by(before, by, whole=set(sections) >= set(english.sections), machine=machine),
        checked_by=str(text.meta.get("checked_by") or ""),
        withdrawn=None,
    )
    return made_from(english, named, sections, by, on)


def countersigned(live: Source | None, text: Source, by: str, on: date) -> Source:
    """Put the second person's name to what was brought to the English of today: they say that it is right."""
    before = (live.meta.get("cleared") or []) if live else []
    entries = [one if one in before else {**one, "by": by, "on": on} for one in text.meta.get("cleared") or []]
    return text.saying(cleared=entries or None)


def translated_by(before: str, by: str, *, whole: bool, machine: bool) -> str:
    """Return who translated a text: what a machine drafted and nobody has rewritten goes on to be called so."""
    new = MACHINE if machine else by
    if whole or not before:
        return new
    return before if new in before else f"{before}, in part {new}"
