"""The words of every message: short, neutral and warm, in the person's own language.

A message can be read by whoever picks up the telephone first. So it names no person, child, place, panel or reason, and
asks for nothing. The private link stands alone on its line, where no mail program adds anything to it or cuts it. When
one sentence of a message has no translation the whole message is in English: half a message would be worse. What a key
worker adds stands before the end: see kind_words.py. How a letter looks on paper is in letters_on_paper.py.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar

from flask import g, render_template

from portal import kind_words, languages
from portal.languages import ENGLISH
from portal.page import Page
from portal.review.messages import Kind
from portal.review.people import Way
from portal.words import clean_of_marks, gettext


@dataclass(frozen=True)
class Letter:
    """A message as it is sent: its subject (none for a text message), its plain text, and the language these are in."""

    subject: str
    text: str
    language: str = ENGLISH

    @property
    def lines(self) -> list[str]:
        """The text's lines, without the empty ones between them; a link is a line of its own."""
        return [line for line in self.text.splitlines() if line.strip()]


@dataclass(frozen=True)
class LetterPage(Page):
    """A message as the second part of an e-mail: the same words, with their language and direction."""

    template: ClassVar[str] = "messages/letter.html"
    subject: str
    language: str
    direction: str
    lines: list[str]


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Speak another language for a while, inside the present application context; for words, not for dates."""
    before = {name: g.get(name) for name in ("language", "untranslated")}
    g.language, g.untranslated = code, False
    try:
        yield
    finally:
        for name, value in before.items():
            g.pop(name, None)
            if value is not None:
                setattr(g, name, value)


def letter(kind: Kind, way: Way, language: str, link: str, code: str = "", own: str = "") -> Letter:
    """Return the words of a message to a family member; news carries no link, because the one they have still works.

    On paper the link is an address to type, with a code for the page there. ``own`` is what the key worker adds.
    """
    subject, text = _written(kind, way, language, link, code, own)
    if text is None:
        language = ENGLISH
        subject, text = _written(kind, way, ENGLISH, link, code, own)
    return Letter(subject, text or "", language)


def as_html(words: Letter) -> str:
    """Return a message's text as a page for an e-mail: the same words, nothing fetched, nothing counted."""
    direction = languages.language(words.language).direction
    page = LetterPage(words.subject, words.language, direction, words.lines)
    return render_template(page.template, **vars(page))


def _written(kind: Kind, way: Way, language: str, link: str, code: str, own: str) -> tuple[str, str | None]:
    """Return subject and text in a language; no text when a sentence of it is not translated."""
    with in_language(language):
        paragraphs = _WORDS[kind, way](link, code)
        # Before who to ask and for whom it is; a text message says both in its last paragraph.
        at = len(paragraphs) - (1 if way is Way.TEXT else 2)
        paragraphs[at:at] = kind_words.said(own)
        subject = "" if way is Way.TEXT else _subject(kind)
        whole = clean_of_marks("\n\n".join(paragraphs))
        return clean_of_marks(subject), None if g.untranslated else whole


def _subject(kind: Kind) -> str:
    return gettext("Your private link") if kind is Kind.INVITATION else gettext("Something new in your space")


def _invitation_by_email(link: str, _: str) -> list[str]:
    return [
        gettext("Hello,"),
        gettext("This is the link to your private space. It is for you alone."),
        link,
        gettext(
            "To open it you also need a number. The number is not in this message. It comes to you in another way."
        ),
        gettext("Nothing has to be done now, or at all. You can open it whenever it suits you, as often as you like."),
        gettext(
            "Answers to this message may not be read. "
            "If you want to ask something, ask the person who told you about it."
        ),
        gettext("If this message is not meant for you, you may delete it."),
    ]


def _invitation_by_text(link: str, _: str) -> list[str]:
    return [
        gettext("This is the link to your private space."),
        link,
        gettext(
            "To open it you need a number, which comes to you in another way. Nothing has to be done now, or at all. "
            "You can open it as often as you like. If this is not meant for you, you may delete it."
        ),
    ]


def _invitation_on_paper(address: str, code: str) -> list[str]:
    typed = [gettext("The page then asks for this code:"), code] if code else []
    return [
        gettext("Hello,"),
        gettext("This is the address of your private space. It is for you alone."),
        address,
        gettext("You can type it on any phone or computer, in the line at the top where web addresses stand."),
        *typed,
        gettext("To open it you also need a number. The number is not in this letter. It comes to you in another way."),
        gettext("Nothing has to be done now, or at all. You can open it whenever it suits you, as often as you like."),
        gettext("If you want to ask something, ask the person who told you about this letter."),
        gettext("If this letter is not meant for you, you may throw it away."),
    ]


def _news_by_email(_link: str, _code: str) -> list[str]:
    return [
        gettext("Hello,"),
        gettext("There is something new in your space. Look when it suits you, or not at all."),
        gettext("The link and the number that you have still open it. Nothing has to be done."),
        gettext(
            "Answers to this message may not be read. "
            "If you want to ask something, ask the person who told you about it."
        ),
        gettext("If this message is not meant for you, you may delete it."),
    ]


def _news_by_text(_link: str, _code: str) -> list[str]:
    return [
        gettext("There is something new in your space. Look when it suits you, or not at all."),
        gettext(
            "The link and the number that you have still open it. If this is not meant for you, you may delete it."
        ),
    ]


def _news_on_paper(_link: str, _code: str) -> list[str]:
    return [
        gettext("Hello,"),
        gettext("There is something new in your space. Look when it suits you, or not at all."),
        gettext("The link and the number that you have still open it. Nothing has to be done."),
        gettext("If you want to ask something, ask the person who told you about it."),
        gettext("If this letter is not meant for you, you may throw it away."),
    ]


_WORDS = {
    (Kind.INVITATION, Way.EMAIL): _invitation_by_email,
    (Kind.INVITATION, Way.TEXT): _invitation_by_text,
    (Kind.INVITATION, Way.PAPER): _invitation_on_paper,
    (Kind.NEWS, Way.EMAIL): _news_by_email,
    (Kind.NEWS, Way.TEXT): _news_by_text,
    (Kind.NEWS, Way.PAPER): _news_on_paper,
}


def beside_picture() -> str:
    """Return the line that stands beside the picture of a letter's link, in the language being spoken."""
    return clean_of_marks(gettext("You can also point the camera of a phone at this square."))
