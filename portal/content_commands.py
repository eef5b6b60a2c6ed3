"""What an operator can say about the library's texts: ``python -m portal content export | import | po-out | po-in``."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy.orm import Session

from portal.app import NotSafe, build_house
from portal.house import House
from portal.languages import ENGLISH
from portal.library.source import Key
from portal.library.stamp import stamp, stamp_facts
from portal.review import people
from portal.review.people import StaffMember
from portal.settings import Settings
from portal.workshop import po, publishing, table, transfer, versions, wording
from portal.workshop.publishing import Unfit
from portal.workshop.shop import Shop

_BY = click.option("--by", "email", required=True, help="Who brings them in: the e-mail address of a member of staff.")
_PANEL = click.option("--panel", default="", help="Whose opening words go along; without it only the texts of all.")


@click.group()
def content() -> None:
    """Move texts between the workshop, files, and an agency."""


@click.command("stamp")
@click.argument("language")
def stamp_translations(language: str) -> None:
    """Write into new translations which English they were made from; older ones need somebody who reads the change."""
    folder = Settings().content_folder
    for key in stamp(folder, language):
        click.echo(key.path)
    for path in stamp_facts(folder, language):
        click.echo(path.relative_to(folder))


@content.command()
@click.option("--to", "folder", type=click.Path(path_type=Path, file_okay=False), help="Another folder to write to.")
def export(folder: Path | None) -> None:
    """Write what was published into the files, so that it can be kept with them."""
    with _house() as home, home.database.reading() as db:
        written = transfer.export(db, home.library.files, folder or home.settings.content_folder)
    for key in written:
        click.echo(key.path)
    click.echo(f"{len(written)} files were written.")


@content.command("import")
@click.option("--from", "folder", type=click.Path(path_type=Path, exists=True, file_okay=False), help="The folder.")
@_BY
def bring_in(folder: Path | None, email: str) -> None:
    """Make of each changed file a version that waits for a second person."""
    with _house() as home, home.database.writing() as db:
        _lay_over(home, db)
        left: list[Key] = []

        def unfit(key: Key, found: Unfit) -> None:
            left.append(key)
            _say(found)

        source = folder or home.settings.content_folder
        brought = transfer.bring_in(db, _shop(home), _person(db, email), source, unfit)
    for key in brought:
        click.echo(key.path)
    click.echo(f"{len(brought)} versions wait for a second person.")
    _fail_if(left)


@content.command("po-out")
@click.argument("language")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--page", "pages", multiple=True, help="Only this page; more than once for more.")
@_PANEL
def po_out(language: str, file: Path, pages: tuple[str, ...], panel: str) -> None:
    """Write the texts of a language, and the sentences of the interface, into one file for an agency."""
    with _house() as home, home.database.reading() as db:
        _lay_over(home, db)
        keys = _keys(home, language, panel, pages)
        file.write_bytes(po.out(home.library, language, keys, _catalogue(home, language)))
    click.echo(f"{len(keys)} texts are in {file}.")


@content.command("po-in")
@click.argument("language")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@_BY
@click.option("--translator", required=True, help="Who translated it: stands under the text as its translator.")
@click.option("--machine", is_flag=True, help="A machine made it, and nobody has rewritten it.")
@click.option("--interface-read-by", default="", help="Who else has read the sentences of the interface.")
@_PANEL
def po_in(
    language: str, file: Path, email: str, translator: str, machine: bool, interface_read_by: str, panel: str
) -> None:
    """Make of each text that came back changed a version that waits for a second person."""
    count, left = 0, list[Key]()
    with _house() as home, home.database.writing() as db:
        _lay_over(home, db)
        staff, shop = _person(db, email), _shop(home)
        came = po.back(home.library, language, _keys(home, language, panel, ()), file)
        for key, (text, sections) in came.texts.items():
            english, live = home.library.source(key.english), home.library.source(key)
            if english is None or not versions.may_touch(staff, key):
                continue
            on = publishing.today()
            made = wording.as_translation(english, live, text, sections, by=translator, on=on, machine=machine)
            try:
                base = versions.begun_from(db, key, live)
                publishing.hand_on(db, shop, staff, key, made, base=base, note=f"From {translator}, by PO file.")
                click.echo(key.path)
                count += 1
            except Unfit as found:
                _say(found)
                left.append(key)
        path = _catalogue(home, language)
    for reason in came.left_out:
        click.echo(f"Left out: {reason}")
    click.echo(f"{count} versions wait for a second person.")
    _sentences(came.sentences, path, translator, interface_read_by)
    _fail_if(left)


def _sentences(came: dict[str, str], path: Path, translator: str, read_by: str) -> None:
    """Put changed sentences of the interface into the catalogue, if a second person has read them."""
    if not path.exists():
        return
    changed = po.differing(path, came)
    if not changed:
        return
    if not read_by.strip() or read_by.strip().casefold() == translator.strip().casefold():
        click.echo(
            f"{len(changed)} sentences of the interface differ and were left as they are. "
            "When somebody else has read them, say who: --interface-read-by NAME"
        )
        return
    po.put_in(path, changed, f"In part by {translator.strip()}, read by {read_by.strip()}.")
    click.echo(f"{len(changed)} sentences of the interface are in {path}. Start the portal again to see them.")


@contextmanager
def _house() -> Iterator[House]:
    try:
        home = build_house(Settings())
    except NotSafe as problem:
        raise click.ClickException(str(problem)) from None
    try:
        yield home
    finally:
        home.database.engine.dispose()


def _lay_over(home: House, db: Session) -> None:
    home.library.lay_over(publishing.published(db, home.library.files))


def _shop(home: House) -> Shop:
    return Shop(home.library, home.settings.content_folder)


def _person(db: Session, email: str) -> StaffMember:
    found = people.staff_member(db, email)
    if found is None:
        raise click.ClickException(f"Nobody with the address {email} works here.")
    return found


def _keys(home: House, language: str, panel: str, pages: tuple[str, ...]) -> list[Key]:
    if language not in home.settings.languages or language == ENGLISH:
        offered = ", ".join(code for code in home.settings.languages if code != ENGLISH)
        raise click.ClickException(f"There is no translation into {language}. The languages are: {offered}")
    keys = [key for key in table.texts(home.library, panel) if key.panel == panel or not key.panel]
    return [key for key in keys if not pages or key.page in pages]


def _catalogue(home: House, language: str) -> Path:
    return home.settings.translations_folder / language / "LC_MESSAGES" / "messages.po"


def _say(found: Unfit) -> None:
    for one in found.found:
        where = f", line {one.line} of the words" if one.line else ""
        click.echo(f"{one.path}{where}: {one.what} {one.advice}")


def _fail_if(left: list[Key]) -> None:
    if left:
        raise click.ClickException(f"{len(left)} texts were left where they are: put right what stands above.")
