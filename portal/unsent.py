"""Forms of which a draft is saved while they are filled in: the same for a person and for a key worker.

With script each pause saves it (static/writing.js); without, a button of its own does. Whoever comes back finds the
form as it was, and what was written in two places stands in both (portal/review/form_drafts.py).
"""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import jsonify, request
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.days import today
from portal.forms import Form, HiddenField, StringField
from portal.review import drafting
from portal.review.drafting import Outcome, Pad, Saved, Typed, Unsent
from portal.review.form_drafts import Filled, FormDraft
from portal.review.people import FamilyMember, StaffMember
from portal.review.quiet import day_in_england
from portal.review.reviews import NotHere
from portal.sealing import vault_of
from portal.words import clean_of_marks, gettext, moment, time_of_day

_BEGINNING = 60  # characters of what was let go, so that its writer knows which it was
_MOST = 2**31 - 1  # what a column of whole numbers holds
_DIGITS = 20
_OURS = {"csrf_token", "once", "seen", "tab", "turn", "way_back"}  # the form's own, and nothing that anybody fills in


class DraftedForm(Form):
    """The base of a form of which drafts are saved."""

    seen = HiddenField(default="0")
    tab = HiddenField()  # which open page this is, and its turn; only script fills them in
    turn = HiddenField()


@dataclass(frozen=True)
class Device:
    """What script needs to keep words: where to, and the key that locks them on this device without a signal."""

    keep_url: str  # with PLACE where the place stands
    key: str


@dataclass(frozen=True)
class Aside:
    """Words that were let go a while ago, and where they are brought back."""

    url: str
    beginning: str


@dataclass(frozen=True)
class Other:
    """The same form as it was filled in at another place, where one goes on with that, and where it is let go."""

    words: str
    saved_at: datetime
    go_on_url: str
    let_go_url: str


@dataclass(frozen=True)
class Begun:
    """What the page of a form says of its drafts."""

    place: str
    keep_url: str
    let_go_url: str  # nothing where the page does not stand as it was left
    said: str
    others: Sequence[Other]
    aside: Sequence[Aside]
    device: Device


class Drafts:
    """The drafts of one form that lies open at a place: its page, and where what is pressed beside sending goes."""

    def __init__(
        self, db: Session, pad: Pad[FormDraft], place: str, form: DraftedForm, url: str, beside_url: str
    ) -> None:
        self._db, self._pad, self._place, self._form = db, pad, place, form
        self._url, self._beside_url = url, beside_url

    def shown(self, device: Device) -> Begun:
        """Fill the form in as it was left, where nobody has just sent it, and return what its page says."""
        found = drafting.begun(self._db, self._pad, self._place)
        form, fresh = self._form, request.method == "GET"
        named = [one for one in found if str(one.id) == request.args.get("draft") or one.once == form.once.data]
        draft = next(iter(named), found[-1] if found and fresh else None)
        if fresh and draft is not None:
            filled = Filled.of(draft.words)
            for name, value in (filled.typed | filled.chosen).items():
                if name in form:
                    form[name].data = value
            form.once.data, form.seen.data = draft.once, str(draft.saved)
        form.tab.data = form.turn.data = ""
        others = [
            Other(
                Filled.of(one.words).said,
                one.saved_at,
                f"{self._url}?draft={one.id}",
                self._let_go_url(one),
            )
            for one in reversed(found)
            if one is not draft
        ]
        aside = [
            Aside(f"{self._beside_url}?bring_back={one.id}", beginning_of(Filled.of(one.words).said))
            for one in reversed(drafting.begun(self._db, self._pad, self._place, let_go=True))
        ]
        said = saved_sentence(draft.saved_at) if fresh and draft is not None else ""
        let_go_url = self._let_go_url(draft) if fresh and draft is not None else ""
        return Begun(self._place, self._beside_url, let_go_url, said, others, aside, device)

    def _let_go_url(self, draft: FormDraft) -> str:
        return f"{self._beside_url}?let_go={draft.id}"

    def pressed(self) -> str:
        """Do what was pressed beside sending, and return where to go then. Raises NotHere for another's draft."""
        for name, act in (("let_go", drafting.let_go), ("bring_back", drafting.bring_back)):
            if wanted := request.args.get(name):
                act(drafting.one_of(self._db, self._pad, self._place, _id(wanted), lock=True))
                return self._url
        draft = self.save().draft
        return self._url if draft is None else f"{self._url}?draft={draft.id}#saved"

    def save(self) -> Saved[FormDraft]:
        """Save the form as it was sent; one in which nothing is typed takes nothing away."""
        return drafting.save(self._db, self._pad, self._place, self._typed())

    def comes_back(self, afterwards: list[Callable[[Session], None]]) -> None:
        """Save the form although it comes back to be looked at; what a view does before such an answer is undone.

        So it is saved twice: now, for the marks that the page carries, and for good once the answer stands.
        """
        typed_now = self._typed()

        def save(db: Session) -> None:
            drafting.save(db, self._pad, self._place, typed_now)

        if (draft := self.save().draft) is not None:
            self._form.once.data, self._form.seen.data = draft.once, str(draft.saved)
        afterwards.append(save)

    def sent(self) -> None:
        """Note that what the form says is kept elsewhere now."""
        saved = drafting.save(self._db, self._pad, self._place, self._typed(whole=True))
        if saved.draft is not None and saved.outcome in (Outcome.KEPT, Outcome.BESIDE):
            drafting.sent(self._db, saved.draft, "")

    def _typed(self, *, whole: bool = False) -> Typed:
        filled = filled_in(self._form)
        return typed(self._form.once.data or "", filled.as_words() if whole or filled.said else "")


def typed(once: str, words: str) -> Typed:
    """Return what a form says, whatever of its own marks is missing."""
    said = request.form.get
    tab = said("tab", "")
    return Typed(once, words, whole_number(said("seen", "")), tab, whole_number(said("turn", "")) if tab else 0)


def whole_number(text: str) -> int:
    """Return the number that a hidden field holds; 0 for anything else."""
    return min(int(text), _MOST) if text.isascii() and text.isdigit() and len(text) < _DIGITS else 0


def filled_in(form: Form) -> Filled:
    """Return what stands in a form."""
    fields: list[Any] = [field for field in form if field.name not in _OURS]
    lines = {one.name for one in fields if isinstance(one, StringField) and not isinstance(one, HiddenField)}
    return Filled(
        {one.name: one.data or "" for one in fields if one.name in lines},
        {one.name: one.data for one in fields if one.name not in lines},
    )


def saved_sentence(saved_at: datetime) -> str:
    """Say when words were saved, and that they are nobody else's."""
    if day_in_england(saved_at) == today():
        return gettext("Saved at %(time)s. Only you can see this.", time=time_of_day(saved_at))
    return gettext("Saved on %(moment)s. Only you can see this.", moment=moment(saved_at))


def beginning_of(words: str) -> str:
    """Return the beginning of words, on one line."""
    line = " ".join(words.split())
    return line if len(line) <= _BEGINNING else f"{line[:_BEGINNING]}…"


def device_key(db: Session, person: FamilyMember | StaffMember) -> str:
    """Return the key that locks a person's words on their device, which stands in their own pages alone."""
    purpose = "words on a device"
    if isinstance(person, StaffMember):  # whose key is that of the house
        purpose = f"{purpose} {person.id}"
    return base64.b64encode(vault_of(db).derived(db, person.key_id, purpose)).decode()


def answered(saved: Saved[Any]) -> Response:
    """Tell script in a few words what became of a save, which the page then shows."""
    draft: Unsent | None = saved.draft
    if draft is None:
        return jsonify(said="", once="", seen=0)
    if saved.outcome is Outcome.SENT:
        answer: Response = jsonify(said="")
        answer.status_code = 409
        return answer
    if saved.outcome is Outcome.EMPTY:
        return jsonify(said="", once="", seen=0, empty=True)
    said, beside = clean_of_marks(saved_sentence(draft.saved_at)), saved.outcome is Outcome.BESIDE
    return jsonify(said=said, once=draft.once, seen=draft.saved, beside=beside)


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotHere from None
