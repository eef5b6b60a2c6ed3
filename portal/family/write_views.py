"""Writing, at every place of the space: what is asked, what was begun, a look at it, and one press that sends it."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from flask import abort, g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal import languages
from portal.access import May
from portal.door import Here
from portal.family import asked, own_forms, places, writing
from portal.family.comeback import come_back, from_another_space
from portal.family.door import door, review_here, way_back
from portal.family.forms import WriteForm
from portal.family.places import NotKept, Sheet
from portal.family.write_pages import (
    CheckPage,
    LeftOver,
    LeftOverPage,
    OneOfSeveral,
    Prompted,
    SeveralPage,
    TellPage,
    WritePage,
)
from portal.family.writing import Then
from portal.page import frame, render
from portal.review import contributions, drafts, questions, spaces
from portal.review.drafts import Draft, Outcome
from portal.review.people import FamilyMember
from portal.review.reviews import NotHere
from portal.sealing import opened
from portal.unsent import answered, saved_sentence
from portal.words import gettext

_PLACE = "/<lang:lang>/your-space/write/<place>"
_DRAFT = f"{_PLACE}/<uuid:draft_id>"
_CHECK = f"{_PLACE}/check/<uuid:draft_id>"


@door.show("/<lang:lang>/your-space/tell", may=May.USE_OWN_SPACE)
def tell_page(here: Here[FamilyMember]) -> Response:
    """Offer everything that a person may want to tell, one idea at a time."""
    _, key_worker = review_here(here)
    begun = {one.place for one in drafts.begun_by(here.db, here.caller)}
    sent = {one.prompt for one in contributions.told_by(here.db, here.caller)}
    sent |= {asked.ASK} if questions.asked_by(here.db, here.caller) else set()
    prompted = []
    for place in asked.in_order():
        sheet = places.sheet(here, place)
        standing = ""
        if place in begun:
            standing = gettext("You began to write here.")
        elif place in sent:
            standing = gettext("You sent something here. You can write more.")
        prompted.append(Prompted(places.url_of(place), sheet.title, sheet.why[0], standing))
    return render(TellPage(prompted, places.rather_talk(key_worker)))


@door.show(_PLACE, _DRAFT, may=May.USE_OWN_SPACE)
def write_page(here: Here[FamilyMember], place: str, draft_id: UUID | None = None) -> Response:
    """Offer a page to write: an empty one, or what was begun; everything that was begun if it is more than one."""
    found = drafts.begun_by(here.db, here.caller, place)
    sheet = writing.sheet_or_none(here, place)
    if sheet is None:
        return _left_over(here, found)
    if draft_id is None and len(found) > 1:
        return _several(here, sheet)
    draft = found[0] if found else None
    if draft_id is not None:
        wanted = drafts.one_of_theirs(here.db, here.caller, place, draft_id)
        if _words(wanted) is None:
            return redirect(wanted.sent_to or places.url_of(place))
        draft = wanted
    form = WriteForm(formdata=None)
    form.words.data = (draft.words if draft else sheet.begin) or ""
    form.once.data = draft.once if draft else str(uuid4())
    form.seen.data = str(draft.saved if draft else 0)
    return _write(here, sheet, form, draft)


@door.change(_PLACE, may=May.USE_OWN_SPACE)
def write(here: Here[FamilyMember], place: str) -> Response:
    """Keep what was written, and go where the press leads: to look at it, to write on, or in another language."""
    if from_another_space(here):
        return come_back()
    typed, then = writing.typed_here(), writing.pressed(request.form.get("then", ""))
    sheet = writing.sheet_or_none(here, place)
    if sheet is None:
        return _left_over(here, drafts.begun_by(here.db, here.caller, place), 422, typed.words)
    language = request.form.get("go_on_in", "")
    moves = language in here.house.settings.languages
    form = WriteForm()
    if then is Then.LOOK and not moves and not form.validate():
        return _write(here, sheet, form, None, 422)
    language = language if moves else here.language
    begin = sheet.begin if moves or then is not Then.LOOK else ""
    saved = drafts.save(here.db, here.caller, place, typed, begin)
    draft = saved.draft
    if draft is None:
        return redirect(url_for("family.write_page", lang=language, place=place), 303)
    if saved.outcome is Outcome.SENT:
        return redirect(draft.sent_to or url_for("family.your_words"), 303)
    if then is Then.LET_GO and not moves:
        drafts.let_go(draft)
        return redirect(places.url_of(place), 303)
    if saved.outcome is Outcome.BESIDE and len(drafts.begun_by(here.db, here.caller, place)) > 1:
        return redirect(url_for("family.write_page", lang=language, place=place), 303)
    if moves or then is not Then.LOOK:
        return redirect(f"{writing.go_on_url(draft, language)}#kept", 303)
    return redirect(writing.check_url(draft, language), 303)


@door.change(f"{_PLACE}/keep", may=May.USE_OWN_SPACE, own_session=True)
def keep(here: Here[FamilyMember], place: str) -> Response:
    """Keep what script sends while somebody writes; it answers in a few words, which the page then shows."""
    with here.house.database.writing() as db:
        inside = Here(db.get_one(FamilyMember, here.caller.id), here.house, here.language, db)
        if from_another_space(inside):
            return Response(status=401)
        if (form := own_forms.drafts_at(inside, place)) is not None:
            spaces.seen(db, g.visit.id)
            return answered(form.save())
        sheet = writing.sheet_or_none(inside, place)
        if sheet is None and not drafts.begun_by(db, inside.caller, place):
            abort(404)
        spaces.seen(db, g.visit.id)
        return answered(drafts.save(db, inside.caller, place, writing.typed_here(), sheet.begin if sheet else ""))


@door.show(_CHECK, may=May.USE_OWN_SPACE)
def check_page(here: Here[FamilyMember], place: str, draft_id: UUID) -> Response:
    """Show the words as others will read them, and who will."""
    draft = drafts.one_of_theirs(here.db, here.caller, place, draft_id)
    words = _words(draft)
    sheet = writing.sheet_or_none(here, place)
    if words is None:
        return redirect(draft.sent_to or places.url_of(place))
    if sheet is None:
        return _left_over(here, [draft])
    return _check(here, sheet, draft)


@door.change(_CHECK, may=May.USE_OWN_SPACE)
def send(here: Here[FamilyMember], place: str, draft_id: UUID) -> Response:
    """Send the words that were looked at, once."""
    if from_another_space(here):
        return come_back()
    typed = writing.typed_here()
    sheet = writing.sheet_or_none(here, place)
    if sheet is None:
        return _left_over(here, drafts.begun_by(here.db, here.caller, place), 422, typed.words)
    draft = writing.theirs_or_none(here, place, draft_id)
    if draft is not None and draft.sent_at is not None and (not typed.words or _was_sent(here, draft, typed.words)):
        return redirect(draft.sent_to or url_for("family.your_words"), 303)
    if draft is None or _words(draft) is None:
        saved = drafts.save(here.db, here.caller, place, typed)
        if saved.draft is None:
            raise NotHere
        return redirect(writing.check_url(saved.draft, here.language), 303)
    if writing.is_newer(draft, typed):
        newer = gettext(
            "You wrote something newer in another place. Here it is. Nothing was sent: please look at it once more."
        )
        return _check(here, sheet, draft, newer, 422)
    _, key_worker = review_here(here)
    try:
        return redirect(writing.send(here.db, here.caller, sheet, draft, key_worker), 303)
    except NotKept as problem:
        here.db.rollback()
        draft = drafts.one_of_theirs(here.db, here.caller, place, draft_id)
        return _check(here, sheet, draft, str(problem), 422)


def _words(draft: Draft) -> str | None:
    return opened(lambda: draft.words)


def _was_sent(here: Here[FamilyMember], draft: Draft, words: str) -> bool:
    return drafts.was_sent(here.db, draft, words)


@door.change(f"{_PLACE}/put-together", may=May.USE_OWN_SPACE)
def put_together(here: Here[FamilyMember], place: str) -> Response:
    """Put everything that was begun at a place one after the other into one."""
    draft = drafts.put_together(here.db, here.caller, place)
    url = writing.go_on_url(draft, here.language) if draft else places.url_of(place)
    return redirect(url, 303)


@door.change(f"{_DRAFT}/let-go", may=May.USE_OWN_SPACE)
def let_draft_go(here: Here[FamilyMember], place: str, draft_id: UUID) -> Response:
    """Put one of several drafts aside; one press brings it back."""
    drafts.let_go(drafts.one_of_theirs(here.db, here.caller, place, draft_id, lock=True))
    return redirect(places.url_of(place), 303)


@door.change(f"{_DRAFT}/bring-back", may=May.USE_OWN_SPACE)
def bring_draft_back(here: Here[FamilyMember], place: str, draft_id: UUID) -> Response:
    """Take up again what was let go."""
    drafts.bring_back(drafts.one_of_theirs(here.db, here.caller, place, draft_id, lock=True))
    return redirect(places.url_of(place), 303)


@door.change(f"{_DRAFT}/move", may=May.USE_OWN_SPACE)
def move_draft(here: Here[FamilyMember], place: str, draft_id: UUID) -> Response:
    """Go on with words whose place is there no more, as something to tell."""
    draft = drafts.one_of_theirs(here.db, here.caller, place, draft_id, lock=True)
    drafts.move(draft, asked.FREELY)
    return redirect(writing.go_on_url(draft, here.language), 303)


def _write(here: Here[FamilyMember], sheet: Sheet, form: WriteForm, draft: Draft | None, status: int = 200) -> Response:
    _, key_worker = review_here(here)
    frame().offers_languages = False  # a link would leave the words behind: the form has buttons
    form.words.label.text = sheet.label
    form.words.description = sheet.hint
    form.way_back.data = way_back(g.visit.invitation_id)
    form.tab.data = form.turn.data = ""
    offered = [languages.language(code) for code in here.house.settings.languages if code != here.language]
    page = WritePage(
        sheet,
        form,
        draft is not None or form.seen.data not in ("", "0", None),
        saved_sentence(draft.saved_at) if draft else "",
        writing.aside(here, sheet.place),
        places.rather_talk(key_worker),
        offered,
        writing.device(here),
    )
    return render(page, status)


def _check(here: Here[FamilyMember], sheet: Sheet, draft: Draft, trouble: str = "", status: int = 200) -> Response:
    _, key_worker = review_here(here)
    words = draft.words or ""
    form = WriteForm(formdata=None)
    form.words.data, form.once.data, form.seen.data = words, draft.once, str(draft.saved)
    form.way_back.data = way_back(g.visit.invitation_id)
    change = writing.go_on_url(draft, here.language)
    return render(CheckPage(sheet, words, form, trouble, change, places.rather_talk(key_worker)), status)


def _several(here: Here[FamilyMember], sheet: Sheet) -> Response:
    review_here(here)
    found = [
        OneOfSeveral(
            one.words or "",
            one.saved_at,
            writing.go_on_url(one, here.language),
            url_for("family.let_draft_go", place=one.place, draft_id=one.id),
        )
        for one in drafts.begun_by(here.db, here.caller, sheet.place)
    ]
    together = url_for("family.put_together", place=sheet.place)
    return render(SeveralPage(sheet.title, found, together, writing.aside(here, sheet.place)))


def _left_over(here: Here[FamilyMember], found: Sequence[Draft], status: int = 200, words: str = "") -> Response:
    """Show the words of a place that is there no more; without words there is nothing to show."""
    review_here(here)
    texts = [
        LeftOver(one.words or "", url_for("family.move_draft", place=one.place, draft_id=one.id))
        for one in found
        if one.words != words
    ]
    if words.strip():
        frame().offers_languages = False
        texts.insert(0, LeftOver(words, places.url_of(asked.FREELY)))
    if not texts:
        raise NotHere
    return render(LeftOverPage(texts, way_back(g.visit.invitation_id)), status)
