"""Asking that words are taken out: some or all, without a reason, and taken back with one press."""

from collections.abc import Iterable
from uuid import UUID

from flask import redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.family import bring_pages, places
from portal.family import removal_pages as pages
from portal.family.door import door, review_here
from portal.family.words_pages import standing_of
from portal.family.words_views import label_of
from portal.page import render
from portal.review import contributions, files, questions, removals
from portal.review.changing import TAKEN_BACK, Written
from portal.review.people import FamilyMember
from portal.review.removals import OPEN, RemovalRequest
from portal.review.reviews import NotHere
from portal.words import gettext

_MAY = May.USE_OWN_SPACE
EVERYTHING = "everything"
PLACE = "removal"  # where more can be said about one request: removal-<its id>


@door.show("/<lang:lang>/your-space/take-out", may=_MAY)
def take_out_page(here: Here[FamilyMember]) -> Response:
    """Say what taking out means, and offer to choose what is to be taken out."""
    return _choose(here, frozenset())


@door.change("/<lang:lang>/your-space/take-out", may=_MAY)
def take_out(here: Here[FamilyMember]) -> Response:
    """Keep the request for the key worker."""
    _, key_worker = review_here(here)
    chosen = frozenset(request.form.getlist("what"))
    what = chosen.intersection(one.reference for one in _things(here, key_worker, chosen))
    if EVERYTHING not in chosen and not what:
        return _choose(here, chosen, gettext("Please choose what is to be taken out."), 422)
    asked = removals.ask(here.db, here.caller, () if EVERYTHING in chosen else sorted(what))
    return redirect(url_for("family.taking_out", removal_id=asked.id), 303)


@door.show("/<lang:lang>/your-space/take-out/<uuid:removal_id>", may=_MAY)
def taking_out(here: Here[FamilyMember], removal_id: UUID) -> Response:
    """Show where one request stands."""
    _, key_worker = review_here(here)
    asked = removals.one_of_theirs(here.db, here.caller, removal_id)
    is_open = asked.state in OPEN
    done = asked.state is removals.Removal.DONE
    page = pages.AskedPage(
        not asked.what,
        _linked(here, asked.what),
        pages.removal_standing(asked.state, asked.settled_at),
        asked.asked_at,
        asked.words or "",
        _linked(here, asked.taken_out),
        _linked(here, removals.still_in(here.db, asked) if done else ()),
        places.url_of(f"{PLACE}-{asked.id}") if is_open else "",
        url_for("family.leave_it_in", removal_id=asked.id) if is_open else "",
        key_worker,
    )
    return render(page)


@door.change("/<lang:lang>/your-space/take-out/<uuid:removal_id>/leave-it-in", may=_MAY)
def leave_it_in(here: Here[FamilyMember], removal_id: UUID) -> Response:
    """Take the request back: everything stays."""
    asked = removals.one_of_theirs(here.db, here.caller, removal_id)
    removals.take_back(here.db, here.caller, asked)
    return redirect(url_for("family.taking_out", removal_id=asked.id), 303)


def _choose(here: Here[FamilyMember], chosen: frozenset[str], problem: str = "", status: int = 200) -> Response:
    _, key_worker = review_here(here)
    things = _things(here, key_worker, chosen)
    before = [
        pages.Before(
            url_for("family.taking_out", removal_id=one.id),
            one.asked_at,
            pages.removal_standing(one.state, one.settled_at),
        )
        for one in removals.of_member(here.db, here.caller)
    ]
    page = pages.RemovalPage(things, EVERYTHING in chosen, problem, pages.what_it_means(key_worker), before, key_worker)
    return render(page, status)


def _things(here: Here[FamilyMember], key_worker: str, chosen: frozenset[str]) -> list[pages.Thing]:
    """Return what the person sent and has not taken back, and what of it they chose."""
    sent: list[Written] = [*questions.asked_by(here.db, here.caller), *contributions.told_by(here.db, here.caller)]
    found = [
        pages.Thing(
            one.reference, label_of(one), one.kept_at, standing_of(one.state, key_worker), one.reference in chosen
        )
        for one in sent
        if one.state not in TAKEN_BACK
    ]
    found += [
        pages.Thing(
            one.reference,
            bring_pages.label_of(one),
            one.kept_at or one.begun_at,
            bring_pages.standing_of(one, key_worker),
            one.reference in chosen,
        )
        for one in files.of_member(here.db, here.caller)
        if one.state in files.FOR_STAFF
    ]
    return sorted(found, key=lambda one: one.kept_at, reverse=True)


def _linked(here: Here[FamilyMember], references: Iterable[str]) -> list[tuple[str, str]]:
    """Return references with the addresses of their pages; what the person let go of for good has none."""
    brought = {one.reference for one in files.of_member(here.db, here.caller)}
    views = {True: "family.brought", False: "family.words"}
    return [(one, url_for(views[one in brought], reference=one)) for one in references]


def _sheet(here: Here[FamilyMember], rest: str) -> places.Sheet:
    """Let the person say more about one of their requests, in their own words."""
    asked = _open_one(here.db, here.caller, rest)
    _, key_worker = review_here(here)

    def send(db: Session, member: FamilyMember, words: str, _once: str) -> str:
        theirs = _open_one(db, member, rest)
        if theirs.words != words:
            removals.say_more(db, member, theirs, words)
        return url_for("family.taking_out", removal_id=theirs.id)

    return places.Sheet(
        place=f"{PLACE}-{asked.id}",
        title=gettext("Say more about what is to be taken out"),
        why=(gettext("You do not have to say anything. If you like, you can say what matters to you about it."),),
        label=gettext("In your own words"),
        hint=gettext("In your own language. It does not have to be perfect."),
        who=gettext(
            "Until you send it, only you can see it. After that your %(key_worker)s can read it.", key_worker=key_worker
        ),
        button=gettext("Send it"),
        send=send,
        begin=asked.words or "",
        back_url=url_for("family.taking_out", removal_id=asked.id),
    )


def _open_one(db: Session, member: FamilyMember, rest: str) -> RemovalRequest:
    try:
        asked = removals.one_of_theirs(db, member, UUID(rest))
    except ValueError:
        raise NotHere from None
    if asked.state not in OPEN:
        raise NotHere
    return asked


places.register(PLACE, _sheet)
