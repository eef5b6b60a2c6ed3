"""What is kept of a text: its versions, who has one in hand, and the one that its readers have.

Two people may write at the same text at once. Nobody's words are ever written over: each keeps versions of their own,
each names the text it was begun from, and the later of the two is told before anything of theirs can reach readers.
"""

import hashlib
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal import clock
from portal.library.article import Library
from portal.library.source import Key, Source
from portal.review import history
from portal.review.kept import clean
from portal.review.people import StaffMember
from portal.review.questions import NotNow
from portal.review.reviews import NotHere
from portal.sealing import HOUSE_KEY
from portal.workshop.models import ON_THE_WAY, ContentVersion, VersionState

_TRIES = 20  # as many as may keep a version of one text at one moment


class SamePerson(Exception):
    """What one person wrote is checked and sent back by another."""


def mark_of(source: Source | None) -> str:
    """Return what stands for exactly this text; a text that is not there has a mark too."""
    return hashlib.sha256((source.dump() if source else "").encode()).hexdigest()[:16]


def may_touch(staff: StaffMember, key: Key) -> bool:
    """Whether a text is this person's to work on: that of all, or their own panel's."""
    return key.panel in ("", staff.panel)


def of_text(db: Session, key: Key) -> Sequence[ContentVersion]:
    """Return every version of a text, the newest first."""
    mine = select(ContentVersion).where(
        ContentVersion.panel == key.panel, ContentVersion.language == key.language, ContentVersion.page == key.page
    )
    return db.scalars(mine.order_by(ContentVersion.number.desc())).all()


def one_of_mine(db: Session, staff: StaffMember, version_id: UUID) -> ContentVersion:
    """Return a version that this person may work on. Raises NotHere for another panel's, or none."""
    found = db.get(ContentVersion, version_id)
    if found is None or not may_touch(staff, found.key):
        raise NotHere
    return found


def waiting(db: Session, staff: StaffMember) -> Sequence[ContentVersion]:
    """Return what waits for a second person, of all texts that are this person's to work on, the oldest first."""
    mine = select(ContentVersion).where(
        ContentVersion.state == VersionState.WAITING, ContentVersion.panel.in_(("", staff.panel))
    )
    return db.scalars(mine.order_by(ContentVersion.created_at, ContentVersion.id)).all()


def in_hand(db: Session, staff: StaffMember, key: Key) -> ContentVersion | None:
    """Return this person's own newest version of a text that is still on its way."""
    return next((one for one in of_text(db, key) if one.author_id == staff.id and one.state in ON_THE_WAY), None)


def of_others(db: Session, staff: StaffMember, key: Key) -> list[ContentVersion]:
    """Return what others have in hand of the same text."""
    return [one for one in of_text(db, key) if one.author_id != staff.id and one.state in ON_THE_WAY]


def with_mark(db: Session, key: Key, mark: str) -> ContentVersion | None:
    """Return the newest version whose whole text has a mark."""
    return next((one for one in of_text(db, key) if mark_of(one.source) == mark), None)


def begun_from(db: Session, key: Key, live: Source | None) -> ContentVersion | None:
    """Return the version that readers have now, having noted it down if it stood in the files alone."""
    if live is None:
        return None
    found = with_mark(db, key, mark_of(live))
    return found or add(db, key, None, live, VersionState.FROM_FILES, None, "")


def base_of(db: Session, version: ContentVersion) -> ContentVersion | None:
    """Return the version that a version was begun from."""
    return db.get(ContentVersion, version.based_on) if version.based_on else None


def keep(
    db: Session,
    staff: StaffMember,
    key: Key,
    source: Source,
    *,
    base: ContentVersion | None,
    note: str = "",
    state: VersionState = VersionState.DRAFT,
) -> ContentVersion:
    """Keep what somebody wrote as a version of its own; their version before it is put aside, and kept."""
    if not may_touch(staff, key):
        raise NotHere
    before = in_hand(db, staff, key)
    if before is not None and (before.text, before.state) == (source.dump(), state):
        return before  # the same form sent twice
    if before is not None:
        before.state = VersionState.PUT_ASIDE
    made = add(db, key, staff, source, state, base, clean(note).strip())
    verb = "text kept" if state is VersionState.DRAFT else "text handed on"
    history.add(db, staff, verb, subject_id=made.id)
    return made


def send_back(db: Session, staff: StaffMember, version: ContentVersion, remark: str) -> None:
    """Give a version back to its author for other words; its author may take it back without any."""
    if version.state is not VersionState.WAITING:
        raise NotNow
    version.state, version.remark = VersionState.DRAFT, clean(remark).strip() or None
    history.add(db, staff, "text sent back", subject_id=version.id)


def put_aside(db: Session, staff: StaffMember, version: ContentVersion) -> None:
    """Put one's own version aside; it stays among the versions."""
    if version.state not in ON_THE_WAY:
        raise NotNow
    if version.author_id != staff.id:
        raise SamePerson
    version.state = VersionState.PUT_ASIDE
    history.add(db, staff, "text put aside", subject_id=version.id)


def restore(db: Session, library: Library, staff: StaffMember, version: ContentVersion) -> ContentVersion:
    """Take up an old version again as a draft over what readers have now; it goes the way of any other text."""
    live, old = library.source(version.key), version.source
    around = live.meta if live else old.meta
    words = {"title": old.meta.get("title"), "summary": old.meta.get("summary")}
    made_from = {name: old.meta.get(name) for name in ("source", "cleared", "translated_by")}
    again = Source({**around}, old.body).saying(**words, **made_from, withdrawn=None)
    return keep(db, staff, version.key, again, base=begun_from(db, version.key, live))


def add(
    db: Session,
    key: Key,
    author: StaffMember | None,
    source: Source,
    state: VersionState,
    base: ContentVersion | None,
    note: str,
) -> ContentVersion:
    """Add a version to a text's versions."""
    last = select(func.max(ContentVersion.number)).where(
        ContentVersion.panel == key.panel, ContentVersion.language == key.language, ContentVersion.page == key.page
    )
    for left in reversed(range(_TRIES)):
        made = ContentVersion(
            panel=key.panel,
            language=key.language,
            page=key.page,
            number=(db.scalar(last) or 0) + 1,
            text=source.dump(),
            author_id=author.id if author else None,
            state=state,
            based_on=base.id if base else None,
            key_id=HOUSE_KEY,
            note=note or None,
            created_at=clock.now(),
        )
        try:
            with db.begin_nested():
                db.add(made)
        except IntegrityError:  # somebody else has kept one at the same moment
            if not left:
                raise
        else:
            return made
    raise AssertionError("the last try ends above")


def english_before(db: Session, english: Key, section: str, made_from: str) -> str:
    """Return a section of the English as it was when a translation was made of it, if it is kept here."""
    for one in of_text(db, english):
        found = one.source.sections.get(section)
        if found is not None and found.hash == made_from:
            return found.text
    return ""
