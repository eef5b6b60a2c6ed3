"""Bringing a photograph, a document or a spoken message: whole in one form, or in parts that go on after a break."""

from flask import g, jsonify, redirect, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.family import bring_pages as pages
from portal.family import own_forms
from portal.family.comeback import come_back, from_another_space
from portal.family.door import door, review_here, still_here, way_back
from portal.headers import Freedom, grant
from portal.looking.kinds import Found, NotTaken, Refusal
from portal.looking.look import look_into
from portal.page import frame, render
from portal.review import files, form_drafts
from portal.review.files import PART, Keeping
from portal.review.people import FamilyMember, hold
from portal.words import gettext

_MEGA = 1024 * 1024
_PLACE = "bring"


def most(here: Here[FamilyMember]) -> int:
    """Return how many bytes one file may have."""
    return here.house.settings.file_megabytes * _MEGA


def room(here: Here[FamilyMember]) -> int:
    """Return how many bytes one person may bring in all."""
    return here.house.settings.files_megabytes * _MEGA


@door.show("/<lang:lang>/your-space/bring", may=May.USE_OWN_SPACE)
def bring_page(here: Here[FamilyMember]) -> Response:
    """Offer to choose a file or to record a message; after a refusal say what to do instead."""
    whys = {one.value: one for one in Refusal}
    return _page(here, pages.BringForm(formdata=None), whys.get(request.args.get("why", "")))


def _page(here: Here[FamilyMember], form: pages.BringForm, why: Refusal | None, status: int = 200) -> Response:
    grant(Freedom.MICROPHONE)
    _, key_worker = review_here(here)
    frame().offers_languages = False  # a link would leave the words behind
    form.way_back.data = way_back(g.visit.invitation_id)
    settings = here.house.settings
    page = pages.BringPage(
        form,
        own_forms.shown(here, _PLACE, form),
        pages.why_not(why, key_worker, settings.file_megabytes) if why else "",
        gettext(
            "One file can have up to %(size)s megabytes. That is more than a photograph from a telephone has.",
            size=settings.file_megabytes,
        ),
        settings.file_megabytes,
        who_sees(key_worker),
        [pages.row_of(one, key_worker) for one in files.of_member(here.db, here.caller)],
        url_for("family.bring_begin"),
        url_for("family.brought", reference="REFERENCE"),
    )
    return render(page, status)


def who_sees(key_worker: str) -> tuple[str, ...]:
    """Say who can see what is brought, in the same words as for what is written."""
    return (
        gettext(
            "Until you send it, only you can see it. After that your %(key_worker)s and the review team can read it. "
            "Nobody else in your family can.",
            key_worker=key_worker,
        ),
        gettext(
            "If it shows that somebody may be in danger, or if a coroner or the police must know, "
            "it may have to be shared."
        ),
    )


@door.change("/<lang:lang>/your-space/bring", may=May.USE_OWN_SPACE, own_session=True)
def bring(here: Here[FamilyMember]) -> Response:
    """Take in a whole file from the plain form; it is looked into outside any session, so that nobody waits."""
    with here.house.database.reading() as db:
        if from_another_space(Here(here.caller, here.house, here.language, db)):
            return come_back()
    form = pages.BringForm()
    sent = request.files.get("file")
    try:
        if not form.validate():
            return _again(here, form, None)
        if sent is None or not (sent.filename or sent.stream.read(1)):
            raise NotTaken(Refusal.NOTHING)
        reference = _kept_whole(here, form, sent)
    except NotTaken as refused:
        return _again(here, form, refused.why)
    return redirect(url_for("family.brought", reference=reference), 303)


def _kept_whole(here: Here[FamilyMember], form: pages.BringForm, sent: FileStorage) -> str:
    sent.stream.seek(0)
    data = sent.stream.read(most(here) + 1)
    if len(data) > most(here):
        raise NotTaken(Refusal.TOO_LARGE)
    found = look_into(data)
    with here.house.database.writing() as db:
        member = db.get_one(FamilyMember, here.caller.id)
        hold(db, member)
        once, name = f"{form.once.data} {sent.filename} {len(data)}", sent.filename or ""
        file = files.begin(db, member, once, name, form.what.data or "", expected=len(data), room=room(here))
        for at in range(file.size, len(data), PART):
            files.add_part(db, file, at, data[at : at + PART], most(here))
        files.whole(db, member, file, found)
        own_forms.drafts_of(Here(member, here.house, here.language, db), _PLACE, form).sent()
        return file.reference


def _again(here: Here[FamilyMember], form: pages.BringForm, why: Refusal | None) -> Response:
    with here.house.database.reading() as db:
        member = db.get_one(FamilyMember, here.caller.id)
        return _page(Here(member, here.house, here.language, db, here.afterwards), form, why, 422)


@door.change("/<lang:lang>/your-space/bring/begin", may=May.USE_OWN_SPACE)
def bring_begin(here: Here[FamilyMember]) -> Response:
    """Begin to take in a file in parts, or go on with one of which a part is here already; for the script."""
    if from_another_space(here):
        return come_back()
    said = request.form
    spoken, size = said.get("spoken") == "1", said.get("size", "")
    expected = int(size) if size.isdecimal() and size.isascii() and len(size) < 12 and not spoken else None
    once, what = f"{said.get('once', '')} {said.get('mark', '')}", pages.BringForm().what.data or ""
    try:
        if expected == 0 or (expected is None and not spoken):
            raise NotTaken(Refusal.EMPTY)
        if expected is not None and expected > most(here):
            raise NotTaken(Refusal.TOO_LARGE)
        mark = said.get("mark", "")[:200]
        name = said.get("name", "")
        file = files.begin(
            here.db, here.caller, once, name, what, mark=mark, expected=expected, spoken=spoken, room=room(here)
        )
    except NotTaken as refused:
        return redirect(url_for("family.bring_page", why=refused.why.value), 303)
    return redirect(url_for("family.brought_so_far", reference=file.reference), 303)


@door.show("/<lang:lang>/your-space/brought/<reference>/so-far", may=May.USE_OWN_SPACE)
def brought_so_far(here: Here[FamilyMember], reference: str) -> Response:
    """Say how much of a file is here, so that the script goes on from there."""
    file = files.one_of_theirs(here.db, here.caller, reference)
    arriving = file.state is Keeping.ARRIVING
    answer: Response = jsonify(reference=file.reference, have=file.size, arriving=arriving)
    return answer


@door.change("/<lang:lang>/your-space/brought/<reference>/part", may=May.USE_OWN_SPACE)
def brought_part(here: Here[FamilyMember], reference: str) -> Response:
    """Take in the next part of a file; it is on disk when this is answered."""
    still_here(here)  # somebody who speaks for an hour presses nothing meanwhile
    file = files.one_of_theirs(here.db, here.caller, reference)
    at, data = request.args.get("at", ""), request.get_data()
    if not (at.isdecimal() and at.isascii() and len(at) < 12) or not 0 < len(data) <= PART:
        return Response(status=422)  # only script asks here; the parts that came stay
    left = most(here)
    if file.expected is None:  # nobody knew how long it would be, so no room was taken for it at the beginning
        left = min(left, file.size + room(here) - files.used(here.db, here.caller))
    try:
        files.add_part(here.db, file, int(at), data, left)
    except NotTaken:
        return Response(status=422)
    return redirect(url_for("family.brought_so_far", reference=reference), 303)


@door.change("/<lang:lang>/your-space/brought/<reference>/whole", may=May.USE_OWN_SPACE, own_session=True)
def brought_whole(here: Here[FamilyMember], reference: str) -> Response:
    """Look into what has come, and keep it; what is not taken goes at once."""
    with here.house.database.reading() as db:
        file = files.one_of_theirs(db, db.get_one(FamilyMember, here.caller.id), reference)
        ready = file.state is Keeping.ARRIVING and files.is_whole(file)
        data = files.original(db, file) if ready else b""
    if not ready:
        return redirect(url_for("family.brought", reference=reference), 303)
    try:
        found: Found | Refusal = look_into(data)
    except NotTaken as refused:
        found = refused.why
    with here.house.database.writing() as db:
        member = db.get_one(FamilyMember, here.caller.id)
        hold(db, member)
        file = files.one_of_theirs(db, member, reference)
        as_looked_into = file.size == len(data)  # else more has come meanwhile, into which nobody has looked
        if as_looked_into and isinstance(found, Found):
            files.whole(db, member, file, found)
            form_drafts.sent_elsewhere(db, form_drafts.pad_of(member), _PLACE, pages.words_of(file))
        elif as_looked_into and file.state is Keeping.ARRIVING:
            files.let_go(db, member, file)
    if as_looked_into and isinstance(found, Refusal):
        return redirect(url_for("family.bring_page", why=found.value), 303)
    return redirect(url_for("family.brought", reference=reference), 303)


own_forms.register(
    _PLACE,
    pages.BringForm,
    "family.bring_page",
    lambda: gettext("Bring a photograph, a document or a spoken message"),
)
