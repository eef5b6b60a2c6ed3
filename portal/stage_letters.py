"""A letter for each stage, a letter to somebody who was not reached, and a card to hand over before anybody is ready.

What they say comes from where the pages have it: the sentences of a space, and whole sections of the library with what
is to be known about their translation. They name no child and no relative; a stage's letter speaks of the review.
"""

from collections.abc import Iterator

from portal.house import House
from portal.languages import ENGLISH
from portal.letters import beside_picture, in_language
from portal.letters_on_paper import Block, Sheet, square_of
from portal.library.panels import Contact, Panel
from portal.library.short import short
from portal.library.standing import Standing
from portal.review.reviews import Stage
from portal.stages import now_in, stage_labels, you_may
from portal.words import gettext

NEXT, TOLD = "what-happens-next", "what-you-will-be-told"
# Which sections of which page a stage's letter holds; the first page is the one where more is to be read.
SECTIONS = {
    Stage.FIRST_DAYS: (NEXT, "first-hours", "who-is-told"),
    Stage.GATHERING: (NEXT, "finding-out", "how-long"),
    Stage.REVIEW_MEETING: (TOLD, "four-times", "after-the-meeting"),
    Stage.PANEL: (NEXT, "panel-meeting", "how-long"),
    Stage.LEARNING_SHARED: (TOLD, "after-the-panel", "what-you-may-not-be-told"),
}
STAGES = {stage.value.replace(" ", "-"): stage for stage in Stage}  # as they stand in an address
NOT_REACHED = "not-reached"
NAMES = (*STAGES, NOT_REACHED)


def sheet_of(home: House, panel: Panel, language: str, name: str, signed: str) -> Sheet:
    """Return the letter with one of these names in a language, signed by a key worker."""
    with in_language(language):
        key_worker = home.panels.words(panel, language)["key_worker"]
        if name == NOT_REACHED:
            # Without the word for the key worker: a panel's own may say "review".
            words = [*_not_reached(panel.contact_in(language)), Block("signed", signed)]
            return Sheet(language, gettext("Hello,"), words)
        signature = Block("signed", f"{signed}\n{key_worker}")
        stage = STAGES[name]
        told, around = _told(home, panel, language, stage, key_worker), _around(home, panel, language, stage)
        return Sheet(language, dict(stage_labels())[stage.value], [*told, signature, *around])


def _told(home: House, panel: Panel, language: str, stage: Stage, key_worker: str) -> Iterator[Block]:
    page, *sections = SECTIONS[stage]
    yield Block("words", gettext("Hello,"))
    yield from _words(*now_in(stage, key_worker))
    yield from _words(*you_may(stage, key_worker))
    parts = [home.library.on_paper(page, section, language, panel) for section in sections]
    for part in parts:
        if part.language != language:
            yield _note(gettext("This part has not been translated yet. Until then you see the English."))
        elif part.standing is Standing.OLDER:
            yield _note(gettext("The English of this part has changed. Its translation is being brought up to date."))
        yield Block("part", language=part.language, html=part.html)
    yield from _words(
        gettext("You can talk about this with your %(key_worker)s, and you can ask more.", key_worker=key_worker)
    )


def _around(home: House, panel: Panel, language: str, stage: Stage) -> Iterator[Block]:
    page = SECTIONS[stage][0]
    contact = panel.contact_in(language)
    yield Block("title", gettext("How to reach the review team"))
    yield from _reached_at(contact, contact.role, contact.panel)
    article = home.library.article(page, language, panel)
    yield _address_of(home, article.title, f"/{language}/{short(home.library, panel, page)}")
    if article.only_a_draft:
        yield _note(
            gettext(
                "This translation was made by a machine. A person who speaks this language has not checked it yet. "
                "If something is unclear, please ask."
            )
        )
    elif language == ENGLISH and not article.checked_by:
        yield _note(
            gettext(
                "A professional is still checking the facts on this page. "
                "If something matters to you, please ask as well."
            )
        )


def _not_reached(contact: Contact) -> Iterator[Block]:
    """Say no more than whoever opens it may know: no team, no panel, no reason."""
    yield from _words(
        gettext("I have tried to reach you, and could not. That is quite all right."),
        gettext("You do not have to answer, and there is nothing that you have to do."),
        gettext("If you would like to speak to me, now or much later, you can ask for me here."),
    )
    yield from _reached_at(contact, email=False)
    yield from _words(gettext("If you would rather not hear from me, tell me, or let somebody tell me for you."))


def card(home: House, panel: Panel, language: str) -> Sheet:
    """Return a card with the address of the pages and whom to ring, for somebody who may want them some day."""
    with in_language(language):
        contact = panel.contact_in(language)
        blocks = [
            *_words(gettext("You do not have to read anything now. It is all there when you want it.")),
            _address_of(home, "", home.panels.address(language, panel), typed="/"),
            Block("to fill in", home.panels.words(panel, language)["Key_worker"]),
            *_reached_at(contact, contact.role, email=False),
        ]
        return Sheet(language, gettext("Child death reviews"), blocks)


def _address_of(home: House, title: str, path: str, typed: str = "") -> Block:
    base = home.settings.base_url.rstrip("/")
    words = [Block("words", title)] if title else []
    address = (base.partition("//")[2] + (typed or path)).rstrip("/")
    return Block("page", beside_picture(), typed=[*words, Block("address", address)], square=square_of(base + path))


def _reached_at(contact: Contact, *before: str, email: bool = True) -> Iterator[Block]:
    lines = [*before, gettext("Call %(number)s.", number=_apart(contact.phone))]
    if email and contact.email:
        lines.append(gettext("Write to %(address)s.", address=_apart(contact.email)))
    yield Block("lines", "\n".join(filter(None, [*lines, contact.hours])))
    if contact.demonstration:
        yield _note(gettext("This contact is made up for the demonstration. Nobody answers here."))


def _apart(text: str) -> str:
    """Return a number or an address that runs from left to right among words that may not."""
    return f"\u2066{text}\u2069"


def _words(*sentences: str) -> list[Block]:
    return [Block("words", sentence) for sentence in sentences if sentence]


def _note(sentence: str) -> Block:
    return Block("note", sentence)
