"""Showing one thing to one relative, by own choice, and seeing what a relative shows: both undone in one press."""

from uuid import UUID

from flask import redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.downloads import hand_out
from portal.family import places
from portal.family import sharing_pages as pages
from portal.family.door import door, review_here
from portal.family.places import Sheet
from portal.headers import Freedom, grant
from portal.looking.kinds import Kind
from portal.page import render
from portal.review import changing, files, questions, sharing
from portal.review.files import File
from portal.review.people import FamilyMember
from portal.review.questions import Question
from portal.review.reviews import NotHere
from portal.review.sharing import Consent, Looking, Share, Subject, Thing
from portal.words import gettext

_PLACE, _ANSWER, _FILE = "show", "answer-", "file-"


@door.show("/<lang:lang>/your-space/sharing", may=May.USE_OWN_SPACE)
def sharing_page(here: Here[FamilyMember]) -> Response:
    """Show what the person shows, and what is shown to them; nothing of who else is here."""
    _, key_worker = review_here(here)
    showing = [_showing(here, share, key_worker) for share in sharing.wished_by(here.db, here.caller)]
    shown = [
        (url_for("family.shown", share_id=share.id), sharing.called(share) or "")
        for share in sharing.shown_to(here.db, here.caller)
    ]
    return render(pages.SharingPage(showing, shown, key_worker))


@door.change("/<lang:lang>/your-space/sharing/<uuid:share_id>/stop", may=May.USE_OWN_SPACE)
def stop_showing(here: Here[FamilyMember], share_id: UUID) -> Response:
    """Stop showing something, or take the wish back; no reason is asked."""
    sharing.undo(here.db, here.caller, sharing.one_of_theirs(here.db, here.caller, share_id))
    return redirect(url_for("family.sharing_page"), 303)


@door.show("/<lang:lang>/your-space/shown/<uuid:share_id>", may=May.USE_OWN_SPACE)
def shown(here: Here[FamilyMember], share_id: UUID) -> Response:
    """Show from whom something is and what kind of thing; the thing itself only to who said so."""
    _, key_worker = review_here(here)
    share = sharing.one_shown_to(here.db, here.caller, share_id)
    is_shown = share.looking is Looking.SHOWN
    texts = sharing.texts(here.db, share, here.caller.language) if is_shown else []
    foreign = all(text.language != here.caller.language for text in texts) and is_shown
    put_away = share.looking is Looking.PUT_AWAY
    file = sharing.item(here.db, share) if is_shown else None
    kind = file.kind if isinstance(file, File) else None
    if kind is Kind.SOUND:
        grant(Freedom.SOUND)
    url = url_for("family.shown_file", share_id=share.id) if kind else ""
    page = pages.ShownPage(
        sharing.called(share) or "",
        pages.what_is(share.kind),
        texts,
        foreign,
        is_shown,
        put_away,
        url if kind is Kind.PICTURE else "",
        url if kind is Kind.SOUND else "",
        url if kind is Kind.DOCUMENT else "",
        key_worker,
    )
    return render(page)


@door.show("/<lang:lang>/your-space/shown/<uuid:share_id>/file", may=May.USE_OWN_SPACE)
def shown_file(here: Here[FamilyMember], share_id: UUID) -> Response:
    """Give out what somebody brought and shows; of a picture the clean copy, which tells of no place and no device."""
    share = sharing.one_shown_to(here.db, here.caller, share_id)
    file = sharing.item(here.db, share)
    if share.looking is not Looking.SHOWN or not isinstance(file, File):
        raise NotHere
    return hand_out(here.db, here.house.database, file, shown=file.kind is Kind.PICTURE, named=False)


@door.change("/<lang:lang>/your-space/shown/<uuid:share_id>", may=May.USE_OWN_SPACE)
def look(here: Here[FamilyMember], share_id: UUID) -> Response:
    """Keep whether the person wants to see it."""
    share = sharing.one_shown_to(here.db, here.caller, share_id)
    chosen = request.form.get("looking", "")
    if chosen not in (Looking.SHOWN.value, Looking.PUT_AWAY.value):
        raise NotHere
    sharing.look(here.db, here.caller, share, Looking(chosen))
    return redirect(url_for("family.shown", share_id=share_id), 303)


def _wish(here: Here[FamilyMember], rest: str) -> Sheet:
    """Return the place at which a person says for whom something is; "show-K7M-4TQ", or "show-answer-K7M-4TQ"."""
    _, key_worker = review_here(here)
    thing, subject = _thing(here.db, here.caller, rest)

    def send(db: Session, member: FamilyMember, words: str, once: str) -> str:
        sharing.wish(db, member, *_thing(db, member, rest), words, once)
        return url_for("family.sharing_page")

    return Sheet(
        place=f"{_PLACE}-{rest}",
        title=gettext("Show this to somebody in my family"),
        why=(
            gettext("They see only this. They see nothing else of your space, and not what becomes of this."),
            gettext(
                "Your %(key_worker)s speaks with both of you first. It is shown only when you both agree.",
                key_worker=key_worker,
            ),
            gettext("You can stop at any time, and nobody asks you why. But somebody who has read it may remember it."),
            gettext("If you change it later, they see the changed words. If you take it back, they see nothing of it."),
        ),
        label=gettext("Who is it for?"),
        hint=gettext(
            "In your own words: a name, or who they are to you. There is no list here, because nobody is shown who "
            "else has a space."
        ),
        who=places.read_by_the_key_worker(key_worker),
        button=gettext("Ask my %(key_worker)s to show it", key_worker=key_worker),
        send=send,
        danger=False,
        back_url=_url(thing, subject.reference),
    )


def _thing(db: Session, member: FamilyMember, rest: str) -> tuple[Thing, Subject]:
    """Return what a person wants to show. Raises NotHere for what is not theirs to show, now or at all."""
    if rest.startswith(_ANSWER):
        question = questions.one_of_theirs(db, member, rest.removeprefix(_ANSWER))
        if sharing.opened_answer(db, question) is None:
            raise NotHere
        return Thing.ANSWER, question
    found: Subject
    if rest.startswith(_FILE):
        kind, found = Thing.FILE, files.one_of_theirs(db, member, rest.removeprefix(_FILE))
    else:
        found = changing.one_of_theirs(db, member, rest)
        kind = Thing.QUESTION if isinstance(found, Question) else Thing.CONTRIBUTION
    if not sharing.may_be_shown(found):
        raise NotHere
    return kind, found


places.register(_PLACE, _wish)


def _showing(here: Here[FamilyMember], share: Share, key_worker: str) -> pages.Showing:
    subject = sharing.subject(here.db, share)
    reference = subject.reference if subject else ""
    agreed = share.state is Consent.AGREED
    return pages.Showing(
        _url(share.kind, reference) if reference else "",
        pages.label_of(share.kind),
        reference,
        share.wish,
        pages.standing_of(share.state, key_worker),
        gettext("Stop showing this") if agreed else gettext("Take this wish back"),
        url_for("family.stop_showing", share_id=share.id),
    )


def _url(thing: Thing, reference: str) -> str:
    views = {Thing.ANSWER: "family.answer", Thing.FILE: "family.brought"}
    return url_for(views.get(thing, "family.words"), reference=reference)
