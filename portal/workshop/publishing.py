"""A second person lets a version reach readers, or takes a translation away. What cannot be shown is not published."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

import structlog
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from portal import clock
from portal.access import Role
from portal.languages import ENGLISH
from portal.library.article import Library
from portal.library.check.books import Finding
from portal.library.source import Key, Source
from portal.library.standing import Change
from portal.review import history
from portal.review.people import StaffMember
from portal.review.questions import NotNow
from portal.workshop import wording
from portal.workshop.models import REACHED_READERS, ContentVersion, VersionState
from portal.workshop.shop import Shop
from portal.workshop.versions import SamePerson, add, base_of, begun_from, keep, mark_of

log = structlog.get_logger("portal")


class Unfit(Exception):
    """A text that readers must not get; ``found`` says what is wrong with it, where, and what to do."""

    def __init__(self, found: Sequence[Finding]) -> None:
        super().__init__(f"{len(found)} things to put right")
        self.found = found


class Outdated(Exception):
    """Readers have been given another text since this one was begun; its author has to look at both."""


def today() -> date:
    """Return the day that is written beside a signature."""
    return clock.now().date()


def hand_on(
    db: Session,
    shop: Shop,
    staff: StaffMember,
    key: Key,
    source: Source,
    *,
    base: ContentVersion | None,
    note: str = "",
) -> ContentVersion:
    """Keep a version that waits for a second person. Raises Unfit for a text that could not be published."""
    _must_fit(shop, key, source)
    return keep(db, staff, key, source, base=base, note=note, state=VersionState.WAITING)


def signed(library: Library, version: ContentVersion, by: str, *, read_all: bool) -> Source:
    """Return a version's text with what publishing writes into it: what it makes older, who cleared and checked it."""
    key, text, live = version.key, version.source, library.source(version.key)
    day = today()
    if key.language == ENGLISH:
        text = wording.naming_the_older(library, key, live, text)
        sound = live is not None and not _changed_in_meaning(live, text)
    else:
        text = wording.countersigned(live, text, by, day)
        sound = live is not None and live.body == text.body and live.title == text.title
    kept = str(live.meta.get("checked_by") or "") if live is not None and sound else ""
    return text.saying(checked_by=by if read_all else kept, withdrawn=None)


def publish(db: Session, shop: Shop, staff: StaffMember, version: ContentVersion, *, read_all: bool = False) -> None:
    """Let a version reach readers. Raises SamePerson, Outdated, Unfit, and NotNow where it does not wait."""
    if version.state is not VersionState.WAITING:
        raise NotNow
    if version.author_id == staff.id:
        raise SamePerson
    library = shop.library
    live = library.source(version.key)
    if is_outdated(db, library, version):
        raise Outdated
    text = signed(library, version, wording.signature(staff), read_all=read_all)
    _must_fit(shop, version.key, text)
    begun_from(db, version.key, live)
    version.text = text.dump()
    _reach_readers(db, staff, version, VersionState.PUBLISHED, "text published")


def is_outdated(db: Session, library: Library, version: ContentVersion) -> bool:
    """Whether readers have been given another text since a version was begun."""
    live = library.source(version.key)
    base = base_of(db, version)
    return mark_of(base.source if base else None) != mark_of(live)


def withdraw(db: Session, library: Library, editor: StaffMember, key: Key, why: str) -> ContentVersion:
    """Take a translation away at once: its readers get the English, which is always safe."""
    live = library.source(key)
    if key.language == ENGLISH or live is None or live.meta.get("withdrawn"):
        raise NotNow
    day = today()
    gone = live.saying(withdrawn=f"{day.isoformat()}: {' '.join(why.split())}", checked_by="")
    made = add(db, key, None, gone, VersionState.PUT_ASIDE, begun_from(db, key, live), why.strip())
    _reach_readers(db, editor, made, VersionState.WITHDRAWN, "text withdrawn")
    return made


def newest(db: Session) -> tuple[int, UUID | None]:
    """Return the number and the id of the last thing that reached readers; nothing yet is 0."""
    last = select(ContentVersion.serial, ContentVersion.id).where(ContentVersion.serial.is_not(None))
    found = db.execute(last.order_by(ContentVersion.serial.desc()).limit(1)).first()
    return (found[0] or 0, found[1]) if found else (0, None)


def published(db: Session, files: Mapping[Key, Source]) -> dict[Key, Source]:
    """Return the texts that stand over the files. One that cannot be shown is left out, and the log says which."""
    last = (
        select(func.max(ContentVersion.serial))
        .where(ContentVersion.state.in_(REACHED_READERS))
        .group_by(ContentVersion.panel, ContentVersion.language, ContentVersion.page)
    )
    rows = db.scalars(select(ContentVersion).where(ContentVersion.serial.in_(last)).order_by(ContentVersion.serial))
    texts: dict[Key, Source] = {}
    for row in rows:
        if (text := _sound(row, files)) is not None:
            texts[row.key] = text
        else:
            log.error("a published text cannot be shown, so its file stands", number=row.serial)
    return texts


def _sound(row: ContentVersion, files: Mapping[Key, Source]) -> Source | None:
    """Return a row's text if a page can be made of it."""
    try:
        text = row.source
        whole = bool(text.title.strip()) and isinstance(text.meta.get("source", {}), dict)
        whole = whole and all(isinstance(text.meta.get(name, []), list) for name in ("changes", "cleared", "hard"))
        file = files.get(row.key)
        placed = file is None or "order" not in file.meta or str(text.meta.get("order", "")).isdigit()
        return text if whole and placed and text.sections else None
    except (ValueError, TypeError, AttributeError):
        return None


def _must_fit(shop: Shop, key: Key, source: Source) -> None:
    if found := shop.problems(key, source):
        raise Unfit(found)


def _changed_in_meaning(live: Source, text: Source) -> bool:
    kinds = wording.kinds_chosen(live, text)
    changed = wording.changed_sections(live, text)
    same_parts = live.sections.keys() == text.sections.keys()
    return not same_parts or any(kinds.get(one) is not Change.WORDING for one in changed)


def _reach_readers(db: Session, staff: StaffMember, version: ContentVersion, state: VersionState, verb: str) -> None:
    version.published_at, version.published_by, version.state = clock.now(), staff.id, state
    with db.no_autoflush:  # nothing half said may be flushed
        version.serial = newest(db)[0] + 1
    try:
        db.flush()
    except IntegrityError:  # something else reached readers at the same moment: its turn, then this one's
        raise NotNow from None
    history.add(db, staff, verb, subject_id=version.id)


def may_publish(staff: StaffMember, key: Key, author_id: UUID | None) -> bool:
    """Whether a person may be the second one: never the author, and for the English an editor."""
    return author_id != staff.id and (key.language != ENGLISH or staff.holds(Role.EDITOR))
