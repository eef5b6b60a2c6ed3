"""Calls, visits and promises as a key worker meets them: what is promised first, then the form, then what was said.

What is due says calmly what was said. It is shown to whoever keeps it, and to nobody of the family or the panel.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from flask import url_for

from portal.door import Here
from portal.keyworker.contacts_forms import LetGoForm, MoveForm, NextForm, TalkForm, way
from portal.keyworker.wording import name_of
from portal.page import Choice, Page
from portal.review import promises, talks
from portal.review.people import FamilyMember, StaffMember
from portal.review.promises import Promise, PromiseOpening, PromiseState
from portal.review.reviews import Review
from portal.review.talks import Talk
from portal.sealing import opened
from portal.words import day, gettext, weekday

_People = dict[UUID, list[FamilyMember]]


@dataclass(frozen=True)
class PromiseRow:
    """One promise: what was said, what belongs to it, and what can be done; an address is empty where it cannot."""

    title: str
    sentences: Sequence[str]
    why: str
    before: Sequence[tuple[str, str]]  # how it was settled before it was to be kept again, and why
    kept_url: str
    move_url: str
    let_go_url: str
    open_url: str


@dataclass(frozen=True)
class TalkRow:
    """One talk, and what whoever wrote it down can do with it."""

    title: str
    said: str
    whose: str
    take_back_url: str
    put_back_url: str


@dataclass(frozen=True)
class ContactsPage(Page):
    """The talks with a family or with one person, and what was promised."""

    template: ClassVar[str] = "keyworker/contacts.html"
    whose: str
    open_promises: Sequence[PromiseRow]
    settled: Sequence[PromiseRow]
    form: TalkForm
    talks: Sequence[TalkRow]
    letters_url: str
    back: Choice


@dataclass(frozen=True)
class PromisePage(Page):
    """One promise, to be moved or let go."""

    template: ClassVar[str] = "keyworker/contacts_promise.html"
    title: str
    promise: PromiseRow
    form: MoveForm | LetGoForm
    button_words: str
    back_url: str


@dataclass(frozen=True)
class NextContactPage(Page):
    """When the key worker will next be in touch with one person."""

    template: ClassVar[str] = "keyworker/contacts_next.html"
    name: str
    last: str
    form: NextForm
    back_url: str


def contacts_page(
    here: Here[StaffMember], review: Review, form: TalkForm, whose: str, back: Choice, only: FamilyMember | None = None
) -> ContactsPage:
    """Return the talks with a family and the promises to it; of one person, those with them and to them."""
    found = talks.of_review(here.db, here.caller, review)
    made = promises.of_review(here.db, review)
    people = talks.people_in(here.db, {*(one.id for one in found), *(one.talk_id for one in made)})

    def belongs(talk_id: UUID) -> bool:
        return only is None or only in people[talk_id]

    rows = [(one.state, _promise(here, one, people)) for one in made if belongs(one.talk_id)]
    return ContactsPage(
        whose,
        [row for state, row in rows if state is PromiseState.OPEN],
        [row for state, row in reversed(rows) if state is not PromiseState.OPEN],
        form,
        [_talk(here, one, people) for one in found if belongs(one.id)],
        url_for("keyworker.letters_of_person", member_id=only.id)
        if only
        else url_for("keyworker.letters_of_family", review_id=review.id),
        back,
    )


def open_promises(here: Here[StaffMember], review: Review) -> list[PromiseRow]:
    """Return what is promised to a family and not settled, by its day."""
    made = [one for one in promises.of_review(here.db, review) if one.state is PromiseState.OPEN]
    people = talks.people_in(here.db, {one.talk_id for one in made})
    return [_promise(here, one, people) for one in made]


def promise_row(here: Here[StaffMember], promise: Promise) -> PromiseRow:
    """Return one promise."""
    return _promise(here, promise, talks.people_in(here.db, [promise.talk_id]))


def waiting(here: Here[StaffMember], reviews: Sequence[Review]) -> list[tuple[UUID, Choice]]:
    """Return the promises that are for today, or were for a day before, of whoever keeps them."""
    return [
        (one.review_id, Choice(_due(here, one), url_of(one))) for one in promises.due(here.db, here.caller, reviews)
    ]


def url_of(promise: Promise) -> str:
    """Return where a promise stands among those to its family, with the button beside it."""
    return url_for("keyworker.contacts_of_family", review_id=promise.review_id, _anchor="promises")


def _due(here: Here[StaffMember], promise: Promise) -> str:
    what, by_day = _what(promise), _long(promise.until_on)
    if promise.made_by == here.caller.id:
        return gettext("You said that you would %(what)s, by %(day)s.", what=what, day=by_day)
    name = _name(here, promise.made_by)
    return gettext("%(name)s said that they would %(what)s, by %(day)s.", name=name, what=what, day=by_day)


def _promise(here: Here[StaffMember], promise: Promise, people: _People) -> PromiseRow:
    is_open = promise.state is PromiseState.OPEN
    names, said_on = _names(people[promise.talk_id]), day(here.db.get_one(Talk, promise.talk_id).was_on)
    sentences = [gettext("Said to %(names)s on %(day)s.", names=names, day=said_on)]
    if moves := promises.moves_of(here.db, promise):
        before = ", ".join(_long(one.until_on) for one in moves)
        sentences.append(gettext("It was to be by %(days)s before.", days=before))
    if is_open:
        keeper = promises.keeper_of(here.db, promise)
        mine = keeper.id == here.caller.id
        sentences.append(
            gettext("You keep it.") if mine else gettext("%(name)s keeps it.", name=_name(here, keeper.id))
        )
    else:
        sentences.append(_settled(here, promise))

    def address(view: str, *, there: bool) -> str:
        return url_for(f"keyworker.{view}", promise_id=promise.id) if there else ""

    return PromiseRow(
        _due(here, promise),
        sentences,
        opened(lambda: promise.why) or "",
        [_before(here, one) for one in promises.openings_of(here.db, promise)],
        address("keep_promise", there=is_open),
        address("move_promise", there=is_open),
        address("let_promise_go", there=is_open),
        address("open_promise_again", there=not is_open),
    )


def _settled(here: Here[StaffMember], one: Promise | PromiseOpening) -> str:
    """Say how a promise was settled, by whom and when."""
    if one.settled_by is None or one.settled_at is None:
        return ""
    values = {"name": _name(here, one.settled_by), "day": day(one.settled_at)}
    if one.state is PromiseState.KEPT:
        return gettext("Kept on %(day)s, says %(name)s.", **values)
    return gettext("Let go on %(day)s by %(name)s.", **values)


def _before(here: Here[StaffMember], one: PromiseOpening) -> tuple[str, str]:
    values = {"before": _settled(here, one), "name": _name(here, one.opened_by), "day": day(one.opened_at)}
    sentence = gettext("%(before)s Still to be kept, said %(name)s on %(day)s.", **values)
    return sentence, opened(lambda: one.why) or ""


def _talk(here: Here[StaffMember], talk: Talk, people: _People) -> TalkRow:
    title = gettext(
        "%(day)s. %(way)s, with %(names)s.", day=_long(talk.was_on), way=way(talk.how), names=_names(people[talk.id])
    )
    if not talk.reached:
        title = gettext("%(title)s They were not reached.", title=title)
    whose = gettext("%(name)s wrote it down.", name=_name(here, talk.written_by))
    back, mine = talk.taken_back_at is not None, talk.written_by == here.caller.id
    if back:
        whose = gettext("%(whose)s Taken back: only you see it here.", whose=whose)
    said = opened(lambda: talk.said or "")
    return TalkRow(
        title,
        gettext("These words cannot be shown") if said is None else said,
        whose,
        url_for("keyworker.take_talk_back", talk_id=talk.id) if mine and not back else "",
        url_for("keyworker.put_talk_back", talk_id=talk.id) if mine and back else "",
    )


def _what(promise: Promise) -> str:
    """Return what was promised so that it stands inside a sentence."""
    what = opened(lambda: promise.what) or gettext("do something whose words cannot be shown")
    return what.rstrip(" .")


def _name(here: Here[StaffMember], staff_id: UUID) -> str:
    person = here.db.get_one(StaffMember, staff_id)
    return opened(lambda: person.name) or gettext("A name that cannot be shown")


def _names(people: Sequence[FamilyMember]) -> str:
    return ", ".join(name_of(one) for one in people) or gettext("the family")


def _long(one: date) -> str:
    return gettext("%(weekday)s %(day)s", weekday=weekday(one.weekday()), day=day(one))
