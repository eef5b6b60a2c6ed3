"""A letter, a number's sheet or a card as a key worker sees it: as it goes on paper, and what does not go there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from flask import url_for

from portal import languages, letters_on_paper, paper, stage_letters
from portal.days import today
from portal.door import Here
from portal.keyworker import wishes_words
from portal.keyworker.wording import name_of
from portal.languages import ENGLISH
from portal.letters_on_paper import Paper, Sheet
from portal.library.panels import Panel
from portal.page import Choice, Page
from portal.review import invitations, reviews
from portal.review.invitations import Invitation
from portal.review.messages import Message
from portal.review.people import FamilyMember, StaffMember, Way
from portal.review.reviews import NotHere, Review
from portal.stages import stage_labels
from portal.words import day, gettext

FILE = "file"  # in the address of a copy for the file


def _can_make_pdf() -> bool:
    return paper.ready()


@dataclass(frozen=True)
class LetterPage(Page):
    """Something to print, with everything about it that does not go on paper."""

    template: ClassVar[str] = "keyworker/letter.html"
    title: str
    said: Sequence[str]
    printed: Paper
    pdf_url: str
    back_url: str
    before: Sequence[str] = ()
    stopped: bool = False
    can_make_pdf: bool = field(default_factory=_can_make_pdf)
    not_made: bool = False
    beside: Sequence[Choice] = ()
    reader: str = ""  # where the letter itself does not name them
    after: str = ""
    press_url: str = ""
    press_words: str = ""


def letter_page(here: Here[StaffMember], message: Message, member: FamilyMember, *, for_file: bool) -> LetterPage:
    """Return a letter that waits to be printed, or its copy for the file. Raises NotHere when it carries nothing."""

    def sheet(code: str) -> Sheet | None:
        settings = here.house.settings
        return letters_on_paper.of_message(settings, message, member, for_file=for_file, language=code)

    at: dict[str, Any] = {"message_id": message.id}
    beside = [_other_copy(url_for("keyworker.letter", **at), for_file)]
    if member.number_ct is not None:
        number = url_for("keyworker.number_sheet", member_id=member.id)
        beside.append(Choice(gettext("The number, on a sheet of its own"), number))
    return LetterPage(
        gettext("A letter to print"),
        [gettext("Their number is not on the letter: give it by voice, or on a sheet of its own.")],
        _paper(here, [sheet(code) for code in _languages(member.language, for_file)], for_file),
        url_for("keyworker.letter_pdf", **at, **_copy(for_file)),
        person_url(member),
        [*_resting(here, message), *wishes_words.before_a_letter(here, member)],
        _stopped(here, member),
        beside=beside,
        reader="" if member.way is Way.PAPER and member.address else name_of(member),
        after=gettext(
            "When it is on paper, its words and the link in them are forgotten here, and the letter cannot be printed "
            "again."
        ),
        press_url=url_for("keyworker.printed", **at),
        press_words=gettext("I have printed it"),
    )


def number_page(here: Here[StaffMember], member: FamilyMember) -> LetterPage:
    """Return the sheet with a person's number. Raises NotHere once the number is noted."""
    at: dict[str, Any] = {"member_id": member.id}
    return LetterPage(
        gettext("The number, on a sheet of its own"),
        [gettext("Give it apart from the letter: by another way, or on another day.")],
        _paper(here, [letters_on_paper.number_sheet(member)]),
        url_for("keyworker.number_sheet_pdf", **at),
        person_url(member),
        stopped=_stopped(here, member),
        before=wishes_words.before_a_letter(here, member),
        after=gettext("When you have noted it, it is no longer shown here."),
        press_url=url_for("keyworker.noted", **at, of=invitations.mark_of_number(member)),
        press_words=gettext("I have noted the number"),
    )


def stage_page(here: Here[StaffMember], member: FamilyMember, code: str, name: str, *, for_file: bool) -> LetterPage:
    """Return a letter for a stage, or to somebody who was not reached. Raises NotHere for an unknown one."""
    panel = panel_of(here, reviews.one_of_mine(here.db, here.caller, member.review_id))
    if name not in stage_letters.NAMES:
        raise NotHere
    at: dict[str, Any] = {"member_id": member.id, "code": offered(here, code), "letter_name": name}
    sheets = [
        stage_letters.sheet_of(here.house, panel, one, name, here.caller.name) for one in _languages(code, for_file)
    ]
    # It is read at home by whoever picks it up, so this stands before the letter and not in a manual.
    said = [gettext("It says that there is a review. Think of who else may open it before you post it.")]
    return LetterPage(
        title_of(name),
        said if name in stage_letters.STAGES else [gettext("It tells nobody who opens it what it is about.")],
        _paper(here, [replace(one, large=letters_on_paper.likes_large(member)) for one in sheets], for_file),
        url_for("keyworker.stage_letter_pdf", **at, **_copy(for_file)),
        url_for("keyworker.letters_of_person", member_id=member.id),
        wishes_words.before_a_letter(here, member),
        _stopped(here, member),
        beside=[_other_copy(url_for("keyworker.stage_letter", **at), for_file)],
        after=gettext("If you note it, the history says that a letter was printed, and nothing else."),
        press_url=url_for("keyworker.stage_letter_printed", **at),
        press_words=gettext("I have printed it"),
    )


def card_page(here: Here[StaffMember], code: str) -> LetterPage:
    """Return four cards on a page, in one language. Raises NotHere for a language unknown."""
    panel = here.house.panels.named(here.caller.panel)
    if panel is None:
        raise NotHere
    sheet = stage_letters.card(here.house, panel, offered(here, code))
    return LetterPage(
        gettext("A card to hand over"),
        [gettext("Four cards to cut out. They say where these pages are and whom to ring, and ask for nothing.")],
        _paper(here, [sheet] * 4, form="cards"),
        url_for("keyworker.card_pdf", code=code),
        url_for("keyworker.my_families"),
        beside=in_languages(here, code, lambda one: url_for("keyworker.card", code=one)),
    )


def title_of(name: str) -> str:
    """Return what a letter that is not an invitation is called at the desk."""
    if name == stage_letters.NOT_REACHED:
        return gettext("When somebody could not be reached")
    stage = stage_letters.STAGES[name]
    return gettext("The stage: %(stage)s", stage=dict(stage_labels())[stage.value])


def offered(here: Here[StaffMember], code: str) -> str:
    """Return a language that the portal offers. Raises NotHere for every other."""
    if code not in here.house.settings.languages:
        raise NotHere
    return code


def panel_of(here: Here[StaffMember], review: Review) -> Panel:
    """Return the panel of a review. Raises NotHere where the portal serves it no more."""
    panel = here.house.panels.named(review.panel)
    if panel is None:
        raise NotHere
    return panel


def in_languages(here: Here[StaffMember], code: str, url: Callable[[str], str]) -> list[Choice]:
    """Return the same in each language that is offered."""
    found = [languages.language(one) for one in here.house.settings.languages]
    return [Choice(one.own_name, url(one.code), one.code == code, one.code, one.direction) for one in found]


def person_url(member: FamilyMember) -> str:
    """Return where a person's own page is."""
    return url_for("keyworker.person", member_id=member.id)


def _languages(code: str, for_file: bool) -> list[str]:
    """Return in which languages a paper is: on the copy for the file the English stands beside."""
    return [code, ENGLISH] if for_file and code != ENGLISH else [code]


def _paper(
    here: Here[StaffMember], sheets: Sequence[Sheet | None], for_file: bool = False, form: str = "letter"
) -> Paper:
    found = [sheet for sheet in sheets if sheet is not None]
    if not found:
        raise NotHere
    if not for_file:
        return Paper(found[0].title, found[0].language, found[0].direction, form, (), found)
    lines = [
        gettext("Copy for the file, without link, code and number"),
        gettext("Made by %(name)s on %(day)s.", name=here.caller.name, day=day(today())),
    ]
    # One that is not translated whole is in English already.
    return Paper(lines[0], ENGLISH, "ltr", FILE, lines, list({one.language: one for one in found}.values()))


def _copy(for_file: bool) -> dict[str, Any]:
    return {"for": FILE} if for_file else {}


def _other_copy(url: str, for_file: bool) -> Choice:
    if for_file:
        return Choice(gettext("The letter itself"), url)
    return Choice(gettext("A copy for the file, with the English beside it"), f"{url}?for={FILE}")


def _resting(here: Here[StaffMember], message: Message) -> list[str]:
    """Say that the link in a letter rests: whoever types it meets a page that does not open."""
    link = here.db.get(Invitation, message.invitation_id) if message.invitation_id else None
    return [gettext("The link in this letter rests: it opens for nobody.")] if link and link.paused_at else []


def _stopped(here: Here[StaffMember], member: FamilyMember) -> bool:
    return wishes_words.held_for_good(here, member, Way.PAPER)
