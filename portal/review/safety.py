"""Nothing may be sent to a person, because the police, a court or somebody's safety asks for it.

While it stands, the reason lies with the person (``FamilyMember.no_link``), and every way out of the house looks there
(portal/review/wishes.py). Their links may rest as well: then none of them opens, and all of them are there again when
it is lifted. Here lies who set it and who lifted it, each with a reason in their own words.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, LargeBinary, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal import clock
from portal.db import Base
from portal.review import history, invitations, messages, spaces
from portal.review.kept import clean
from portal.review.people import FamilyMember, StaffMember, hold
from portal.review.questions import NotNow
from portal.sealing import Sealed, opened


class LinkStop(Base):
    """One time in which nothing might be sent to a person: from whom and why, until when, and why no longer."""

    __tablename__ = "link_stops"

    key_id: Mapped[UUID] = mapped_column(ForeignKey("data_keys.id"))
    family_member_id: Mapped[UUID] = mapped_column(ForeignKey("family_members.id"), index=True)
    why_ct: Mapped[bytes] = mapped_column(LargeBinary)
    why = Sealed[str]("why_ct")
    set_by: Mapped[UUID] = mapped_column(ForeignKey("staff_members.id"))
    set_at: Mapped[datetime]
    lifted_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff_members.id"))
    lifted_at: Mapped[datetime | None]
    lifted_why_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    lifted_why = Sealed[str | None]("lifted_why_ct")


def stop(db: Session, by: StaffMember, member: FamilyMember, why: str, *, links_rest: bool) -> None:
    """Let nothing be sent to a person from now on; a second reason stands beside the first."""
    hold(db, member)
    why = clean(why)
    if member.no_link_ct is None or opened(lambda: member.no_link) != why:  # else it was pressed twice
        member.no_link = why
        row = LinkStop(key_id=member.key_id, family_member_id=member.id, why=why, set_by=by.id, set_at=clock.now())
        db.add(row)
        history.add(db, by, "nothing may be sent", review_id=member.review_id, subject_id=member.id)
        db.flush()
        messages.hold_all(db, member)
    if links_rest:
        rest(db, by, member)


def rest(db: Session, by: StaffMember, member: FamilyMember) -> None:
    """Let a person's links rest: nobody comes in, and whoever is inside is signed out at once."""
    if member.no_link_ct is None:
        raise NotNow
    if member.links_rest:
        return
    member.links_rest = True
    spaces.end_all(db, member)
    history.add(db, by, "links rest", review_id=member.review_id, subject_id=member.id)


def wake(db: Session, by: StaffMember, member: FamilyMember) -> None:
    """Let a person's links open again; what was tried meanwhile in vain is forgotten."""
    if not member.links_rest:
        return
    member.links_rest = False
    invitations.forget_misses_of(db, member)
    history.add(db, by, "links open again", review_id=member.review_id, subject_id=member.id)


def lift(db: Session, by: StaffMember, member: FamilyMember, why: str, *, send: bool) -> None:
    """Let things be sent to a person again. Raises NotNow when nothing stood in the way.

    What waited for them goes out only when whoever lifts it says so; else it is stopped for good, with its links.
    """
    hold(db, member)
    if member.no_link_ct is None:
        raise NotNow
    stands = select(LinkStop).where(LinkStop.family_member_id == member.id, LinkStop.lifted_at.is_(None))
    for one in db.scalars(stands.order_by(LinkStop.set_at, LinkStop.id)):
        one.lifted_by, one.lifted_at, one.lifted_why = by.id, clock.now(), clean(why)
    if not send:
        for message in messages.on_its_way(db, member, alone=True):
            _stop_for_good(db, by, message)
    member.no_link = None
    db.flush()
    wake(db, by, member)
    if send:
        messages.look_again(db, member)
    history.add(db, by, "may be sent to again", review_id=member.review_id, subject_id=member.id)


def _stop_for_good(db: Session, by: StaffMember, message: messages.Message) -> None:
    """Stop what waits; a link that has not left the house ends with the message that would have carried it."""
    link = db.get(invitations.Invitation, message.invitation_id) if message.invitation_id else None
    if link is not None and link.opened_at is None:
        invitations.end(db, by, link)
    else:
        message.text = None
        messages.settle(message, messages.Travel.STOPPED)


def of(db: Session, member: FamilyMember) -> Sequence[LinkStop]:
    """Return the times in which nothing might be sent to a person, the latest first."""
    theirs = select(LinkStop).where(LinkStop.family_member_id == member.id)
    return db.scalars(theirs.order_by(LinkStop.set_at.desc(), LinkStop.id)).all()
