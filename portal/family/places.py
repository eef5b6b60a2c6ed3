"""The places of a space at which a person writes: one machine for every text, driven by a sheet for each place.

A subject that lets people write says in its own module what its sheet is, and registers it here:

    places.register_plain("ask", make)      make(here) -> Sheet          .../write/ask
    places.register("change", make)         make(here, rest) -> Sheet    .../write/change-K7M-4TQ, rest is "K7M-4TQ"

``make`` raises NotHere for what is not there or not this person's. Drafts, the look before sending, and everything that
can go wrong on a bad night are the machine's (write_views.py); a sheet only says what is asked, and how it is kept.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import url_for
from sqlalchemy.orm import Session

from portal.door import Here
from portal.review.people import FamilyMember
from portal.review.reviews import NotHere
from portal.words import gettext


class NotKept(Exception):
    """What a sheet's ``send`` raises when it cannot keep the words now; the message is a whole sentence, translated.

    The words stay a draft, and the person reads the sentence above them.
    """


@dataclass(frozen=True)
class Sheet:
    """One place to write: what is asked and why, who will read it, and how the words are kept for good.

    ``send`` is called in the session of the request with the words as they were looked at and the form's own mark,
    and returns the address at which the person stands then, mostly the receipt. Called again with the same mark and
    the same words it makes nothing new. ``who`` says who can see the words now and after they are sent.
    """

    place: str
    title: str
    why: tuple[str, ...]
    label: str
    hint: str
    who: str
    button: str  # on the page where the words are looked at: "Send my question"
    send: Callable[[Session, FamilyMember, str, str], str]
    begin: str = ""  # the words with which an empty form starts
    danger: bool = True  # whether it is said there that words about danger may have to be shared
    back_url: str = ""  # where "I would rather not write now" leads; nothing for the start of the space


Make = Callable[[Here[FamilyMember], str], Sheet]
_PLAIN: dict[str, Callable[[Here[FamilyMember]], Sheet]] = {}
_OF_SOMETHING: dict[str, Make] = {}


def register_plain(place: str, make: Callable[[Here[FamilyMember]], Sheet]) -> None:
    """Let people write at one place."""
    _PLAIN[place] = make


def register(prefix: str, make: Make) -> None:
    """Let people write about one thing at a time; its name follows the prefix and a hyphen."""
    _OF_SOMETHING[prefix] = make


def plain() -> list[str]:
    """Return the places that are the same for everybody."""
    return list(_PLAIN)


def sheet(here: Here[FamilyMember], place: str) -> Sheet:
    """Return the sheet of a place. Raises NotHere for a place that there is not."""
    if (plain := _PLAIN.get(place)) is not None:
        return plain(here)
    prefix, _, rest = place.partition("-")
    if rest and (make := _OF_SOMETHING.get(prefix)) is not None:
        return make(here, rest)
    raise NotHere


def url_of(place: str) -> str:
    """Return the address at which a person writes at a place."""
    return url_for("family.write_page", place=place)


def read_by_the_panel(key_worker: str) -> str:
    """Say who can read what is sent to the panel."""
    return gettext(
        "Until you send it, only you can see it. After that your %(key_worker)s and the review team can read it. "
        "Nobody else in your family can.",
        key_worker=key_worker,
    )


def read_by_the_key_worker(key_worker: str) -> str:
    """Say who can read what is sent to the key worker alone."""
    return gettext(
        "Until you send it, only you can see it. After that your %(key_worker)s can read it, and the panel does not. "
        "Nobody else in your family can.",
        key_worker=key_worker,
    )


def rather_talk(key_worker: str) -> str:
    """Say that speaking will do as well."""
    return gettext("If you would rather talk, your %(key_worker)s can write it down for you.", key_worker=key_worker)
