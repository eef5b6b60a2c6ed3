"""Published texts into files, and changed files into versions: between the workshop and whoever works with files."""

from collections.abc import Callable, Mapping
from pathlib import Path

from sqlalchemy.orm import Session

from portal.library.source import Key, Source, Texts
from portal.review.people import StaffMember
from portal.workshop import publishing, versions
from portal.workshop.shop import Shop


def export(db: Session, files: Mapping[Key, Source], folder: Path) -> list[Key]:
    """Write every published text into its file, where the file does not say the same yet; return which they were."""
    written = []
    for key, text in sorted(publishing.published(db, files).items()):
        path = folder / key.path
        if not path.exists() or Source.parse(path.read_text(encoding="utf-8")) != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(".part")
            part.write_text(text.dump(), encoding="utf-8")
            part.replace(path)
            written.append(key)
    return written


def bring_in(
    db: Session, shop: Shop, staff: StaffMember, folder: Path, unfit: Callable[[Key, publishing.Unfit], None]
) -> list[Key]:
    """Make of every changed file a version that waits for a second person; return which they were.

    A file that says what a kept version says already is no news: it is only older. One that could not be published is
    told to ``unfit`` and left where it is.
    """
    brought = []
    for key, text in sorted(Texts(folder).items(), key=lambda one: one[0]):
        theirs = key.language in shop.library.offered and versions.may_touch(staff, key)
        if not theirs or text == shop.library.source(key):
            continue
        if any(one.source == text for one in versions.of_text(db, key)):
            continue
        base = versions.begun_from(db, key, shop.library.source(key))
        try:
            publishing.hand_on(db, shop, staff, key, text, base=base, note="From the files.")
        except publishing.Unfit as found:
            unfit(key, found)
        else:
            brought.append(key)
    return brought
