"""How each section of a translation stands towards the English of today.

Whoever changes the English says what kind of change it is, section by section. A change of wording leaves
translations as they are; a change of meaning puts a notice on them; one that makes the old text unsafe puts the
English in its place.
A notice goes only when somebody who gives their name says that the translation is right again.
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any

from portal.library.source import Source


class Change(Enum):
    """What kind of change of the English it was."""

    WORDING = "wording"
    MEANING = "meaning"
    UNSAFE = "unsafe"


class Standing(Enum):
    """How a section stands in a language."""

    CURRENT = "current"
    OLDER = "older than the English"
    UNSAFE = "stepped back"
    MISSING = "not translated yet"


_WORST = (Change.UNSAFE, Change.MEANING, Change.WORDING)
_BECOMES = {Change.WORDING: Standing.CURRENT, Change.MEANING: Standing.OLDER, Change.UNSAFE: Standing.UNSAFE}


def standings(english: Source, own: Source, language: str) -> dict[str, Standing]:
    """Say how each section of the English stands in a translation."""
    made = own.meta.get("source") or {}
    return {
        section: _standing(english, own, language, section, str(made.get(section, ""))) for section in english.sections
    }


def _standing(english: Source, own: Source, language: str, section: str, made_from: str) -> Standing:
    if section not in own.sections:
        return Standing.MISSING
    changes = [one for one in english.meta.get("changes") or [] if one.get("section") == section]
    texts = [str(one.get("was")) for one in changes] + [english.hashes[section]]
    if made_from not in texts:
        return Standing.UNSAFE  # nobody has said what kind of change it was
    read = [
        str(one["hash"]) for one in own.meta.get("cleared") or [] if _by_somebody(one) and one["section"] == section
    ]
    last = {text: at for at, text in enumerate(texts)}  # a text may come back: what counts is where it stands last
    read_to = max((last[text] for text in read if text in last), default=-1)
    made_at = last[made_from]
    # A change counts until somebody has read it; one that names the languages it made older counts for those alone,
    # so that a translation made later owes nothing to the past.
    open_changes = [
        _kind(one)
        for at, one in enumerate(changes)
        if at >= read_to and (at >= made_at or language in (one.get("older") or [language]))
    ]
    worst = next((kind for kind in _WORST if kind in open_changes), Change.WORDING)
    return _BECOMES[worst]


def _kind(change: dict[str, Any]) -> Change:
    try:
        return Change(change.get("kind"))
    except ValueError:
        return Change.UNSAFE


def is_a_machines_draft(about: Mapping[str, Any]) -> bool:
    """Whether a machine translated something, or a part of it, and nobody has checked it yet."""
    return "machine" in str(about.get("translated_by") or "").lower() and not about.get("checked_by")


def _by_somebody(cleared: dict[str, Any]) -> bool:
    by = str(cleared.get("by") or "").strip()
    return bool(by) and "machine" not in by.lower() and {"section", "hash"} <= cleared.keys()
