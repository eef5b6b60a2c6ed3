"""How long a sign-in stands: until nothing was done for a while, for ten hours at most, and never once it was ended.

The cookie carries only the person's changing mark and three times. Whoever is switched off, or whose mark has changed,
is signed out with the very next request.
"""

from datetime import timedelta

from flask import session
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.house import house
from portal.review.people import StaffMember

LONGEST = timedelta(hours=10)
FRESH = timedelta(minutes=30)
_STEP = 30  # seconds; the cookie is not written anew more often than this
_OF_A_SIGN_IN = ("_user_id", "_fresh", "_id", "fs_paa", "fs_gexp", "since", "seen")


def stands() -> bool:
    """Whether the cookie's sign-in is still in time; if so, it was used just now."""
    if "_user_id" not in session:
        return False
    now = clock.now().timestamp()
    # The extension notes when the password was given; with the first request after that, the sign-in's own times begin.
    since = session.setdefault("since", session.get("fs_paa", 0))
    idle = now - session.get("seen", since)
    if idle > house().settings.staff_idle_minutes * 60 or now - since > LONGEST.total_seconds():
        forget()
        return False
    if idle > _STEP:
        session["seen"] = now
    return True


def forget() -> None:
    """End the sign-in of this cookie. The form token stays, so that kept words can be sent after signing in again."""
    for name in _OF_A_SIGN_IN:
        session.pop(name, None)


def signed_in(db: Session) -> StaffMember | None:
    """Return who is signed in, if somebody is and may still work here."""
    if not stands():
        return None
    mine = select(StaffMember).where(StaffMember.fs_uniquifier == str(session["_user_id"]))
    person = db.scalars(mine).one_or_none()
    if person is None or not person.active:
        forget()
        return None
    return person


def fresh() -> bool:
    """Whether the password was given within the last half hour."""
    return clock.now().timestamp() - float(session.get("fs_paa", 0)) <= FRESH.total_seconds()
