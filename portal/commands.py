"""What an operator can say to the portal: ``python -m portal run | demo | deliver | keys | pages | check`` and more."""

import os
import shutil
import sys
import threading
from pathlib import Path
from typing import TextIO, cast
from uuid import uuid4

import click
import structlog
from flask import Flask
from passlib.totp import TOTP
from sqlalchemy import select

from portal import clock, paper, schema
from portal.access import Role
from portal.app import NotSafe, build_house, create_app
from portal.content_commands import content, stamp_translations
from portal.courier import bounces, courier
from portal.demo import make as demonstration
from portal.house import House
from portal.library.article import Freshness, Library
from portal.library.check import everything
from portal.library.panels import Panels
from portal.library.source import Key
from portal.library.standing import Standing
from portal.review import people
from portal.review.people import StaffMember
from portal.sealing import Keyring
from portal.serving.lines import Lines
from portal.serving.server import serve
from portal.settings import ROOT, Settings, unsafe, var_folder
from portal.signin.mail import link_for

DEMO_TOML = """# Made for the demonstration. A real portal says demo = false and its base_url: see docs/settings.md.
demo = true
"""


@click.group()
def main() -> None:
    """Run and look after the portal."""
    os.umask(0o077)  # what the portal writes is for its own user alone


@main.command()
@click.option("--port", default=8000, show_default=True, help="Where to listen.")
@click.option("--host", default="127.0.0.1", show_default=True, help="On which address to listen.")
def run(port: int, host: str) -> None:
    """Set up what is missing, then serve the portal and send what waits."""
    settings = _prepared(port, host)
    app = _app(settings)
    home: House = app.extensions["house"]
    schema.upgrade(home.database, home.vault)
    if settings.demo and _is_empty(home):
        click.echo("Making the demonstration ...")
        _make_demonstration(app)
    stop = threading.Event()
    sending = threading.Thread(target=courier.run, args=(home, app, stop), name="courier", daemon=True)
    sending.start()
    threading.Thread(target=paper.ready, name="paper", daemon=True).start()  # so that nobody waits for its first answer
    try:
        serve(
            app,
            host=host,
            port=port,
            static_dir=ROOT / "static",
            var=settings.var,
            started=lambda: _say_where(settings),
        )
    except OSError as problem:
        raise click.ClickException(f"Port {port} is taken: {problem.strerror}. Try: make run PORT={port + 1}") from None
    finally:
        stop.set()
        sending.join(timeout=10)


@main.command()
@click.option("--reset", is_flag=True, help="Throw the present demonstration away first.")
@click.option("--port", default=8000, show_default=True, help="The port that its links name.")
def demo(reset: bool, port: int) -> None:
    """Make the demonstration, or start it anew."""
    settings = _prepared(port, "127.0.0.1")
    if not settings.demo:
        raise click.ClickException("This portal is not a demonstration; nothing was touched.")
    if reset:
        _clear(settings)
        settings = _prepared(port, "127.0.0.1")
    app = _app(settings)
    home: House = app.extensions["house"]
    schema.upgrade(home.database, home.vault)
    if not _is_empty(home):
        raise click.ClickException("There is a demonstration already. To start it anew: make demo-reset")
    _make_demonstration(app)
    click.echo(f"The demonstration is new. How to walk it stands in {settings.var / 'demo.json'}.")
    if reset:
        click.echo("If the portal is running, stop it and start it again: its keys are new, too.")


@main.command()
def migrate() -> None:
    """Bring the database up to date."""
    home = _house(Settings())
    schema.upgrade(home.database, home.vault)
    click.echo("The database is up to date.")


@main.command()
@click.argument("message")
def revision(message: str) -> None:
    """For developers: write the migration from what the models have and the database has not."""
    home = _house(Settings())
    schema.new_revision(home.database, message, clock.now().strftime("%Y%m%d_%H%M"))


@main.command()
def deliver() -> None:
    """Do once what the courier beside the web server does: send what waits, ask what became of it, and tidy."""
    app = _app(Settings())
    home: House = app.extensions["house"]
    courier.every_minute(home)
    count = courier.deliver_all(home, app)
    courier.every_hour(home)
    click.echo(f"{count} messages were taken.")


@main.command()
def bounce() -> None:
    """Take in one mail that came back, from standard input; if that cannot be now, its mail server keeps it."""
    try:
        home = _house(Settings())
        _keep_log(home.settings)
        mail = sys.stdin.buffer.read()[: bounces.MOST]  # all of it, or its mail server would stumble
        mailed = bounces.take_in(home, mail)
    except Exception as problem:  # whatever it is, nobody may think that the mail was taken in
        click.echo(f"Not taken in now: {type(problem).__name__}", err=True)
        sys.exit(os.EX_TEMPFAIL)
    if mailed is bounces.Mailed.SOMEBODYS_WORDS:
        sys.exit(os.EX_NOUSER)  # whoever wrote it learns from their mail server that nobody reads this address


@main.command()
def keys() -> None:
    """Make the key file, once. Keep a copy away from the database's backups: without it every word is unreadable."""
    path = Settings().keyring
    try:
        Keyring.make(path)
    except FileExistsError:
        raise click.ClickException(f"{path} is there already; nothing was touched.") from None
    click.echo(f"Made {path}. Print it or keep a copy in a safe, apart from the backups.")


@main.command()
@click.argument("email")
def code(email: str) -> None:
    """In the demonstration: say the sign-in code of a member of staff, as their authenticator would."""
    settings = Settings()
    path = settings.var / "demo.json"
    if not settings.demo or not path.exists():
        raise click.ClickException("Only the demonstration can say codes.")
    found = [one for one in demonstration.read(path)["staff"] if one["email"] == email]
    if not found:
        raise click.ClickException("Nobody in the demonstration has this address.")
    click.echo(TOTP(key=found[0]["totp_secret"], format="base32").generate().token)


@main.command()
@click.argument("panel")
@click.argument("email")
@click.argument("name")
def administrator(panel: str, email: str, name: str) -> None:
    """Add the first administrator of a panel, and say the address at which they choose their password."""
    app = _app(Settings())
    home: House = app.extensions["house"]
    if home.panels.named(panel) is None:
        served = ", ".join(one.slug for one in home.panels.all)
        raise click.ClickException(f"There is no panel {panel}. The panels are: {served}")
    try:
        with home.database.writing() as db:
            person = people.add_staff(db, panel, name, email, [Role.ADMINISTRATOR], uuid4().hex)
            with app.test_request_context(base_url=home.settings.base_url):
                link = link_for(person)
    except ValueError as problem:
        raise click.ClickException(str(problem)) from None
    click.echo(f"Give this address to {name} alone. It opens once, within a day:\n{link}")


@main.command()
def pages() -> None:
    """Say how each page stands in each language, and which sections are not what the English says now."""
    settings = Settings()
    panels = Panels(settings.content_folder, settings.panels, settings.languages)
    library = Library(settings.content_folder, settings.languages, panels)
    for page in [*library.pages, "opening"]:
        click.echo(page)
        for code in settings.languages:
            standing = library.standing(Key("", code, page))
            behind = [f"{section} ({how.value})" for section, how in standing.items() if how is not Standing.CURRENT]
            freshness = library.freshness(page, code)
            named = f": {', '.join(behind)}" if freshness is Freshness.OLDER else ""
            click.echo(f"  {code}: {freshness.value}{named}")


main.add_command(content)
main.add_command(stamp_translations)


@main.command()
def check() -> None:
    """Say what is missing or unsafe, and what is wrong with the content, in plain sentences; fail if anything is."""
    settings = Settings()
    findings = unsafe(settings)
    for name, found in everything(settings.content_folder, settings.translations_folder, clock.now().date()):
        if sys.stderr.isatty():
            click.echo(f"Looked at {name}: {len(found) or 'nothing'} to mend", err=True)
        findings += [str(one) for one in found]
    if not unsafe(settings):
        home = _house(settings)
        if not schema.up_to_date(home.database):
            findings.append("The database is not up to date. Run: python -m portal migrate")
        elif schema.differences(home.database):
            findings.append("The database differs from what this version expects.")
    for finding in findings:
        click.echo(finding)
    if findings:
        sys.exit(1)
    click.echo("Nothing is missing.")


def _prepared(port: int, host: str) -> Settings:
    """Return the settings, having made what a first demonstration needs."""
    var = var_folder()
    if not any(name.startswith("PORTAL_BASE_URL") for name in os.environ) and not (var / "portal.toml").exists():
        var.mkdir(parents=True, exist_ok=True)
        (var / "portal.toml").write_text(DEMO_TOML, encoding="utf-8")
    settings = Settings()
    if settings.demo:
        if not settings.keyring.exists():
            Keyring.make(settings.keyring)
        if not settings.base_url:
            settings = settings.model_copy(update={"base_url": f"http://{host}:{port}"})
    return settings


def _keep_log(settings: Settings) -> None:
    """Write what happens as JSON lines: ids and states, never a word, name or address. The demonstration has a file."""
    lines = sys.stderr
    if settings.demo:
        file = (settings.var / "portal.log").open("a", encoding="utf-8")
        lines = click.get_current_context().with_resource(file)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, Lines(lines))),
    )


def _house(settings: Settings) -> House:
    try:
        home = build_house(settings)
    except NotSafe as problem:
        raise click.ClickException(str(problem)) from None
    click.get_current_context().call_on_close(home.database.engine.dispose)
    return home


def _app(settings: Settings) -> Flask:
    settings.var.mkdir(parents=True, exist_ok=True)
    _keep_log(settings)
    return create_app(settings, _house(settings))


def _is_empty(home: House) -> bool:
    with home.database.reading() as db:
        return db.scalars(select(StaffMember.id).order_by(StaffMember.id).limit(1)).first() is None


def _make_demonstration(app: Flask) -> None:
    home: House = app.extensions["house"]
    with app.app_context():
        made = demonstration.make(home, lambda: courier.deliver_all(home, app))
    demonstration.write_down(made, home.settings.var / "demo.json")


def _clear(settings: Settings) -> None:
    if settings.database:
        raise click.ClickException("The demonstration's database is not in the data folder; empty it by hand.")
    for name in ("portal.db", "portal.db-wal", "portal.db-shm", "demo.json", "keyring.json"):
        (settings.var / name).unlink(missing_ok=True)
    shutil.rmtree(settings.messages_folder, ignore_errors=True)


def _say_where(settings: Settings) -> None:
    click.echo(f"\nThe portal is open at {settings.base_url}/ (stop it with Ctrl-C)")
    path = settings.var / "demo.json"
    if settings.demo and path.exists():
        _say_how(demonstration.read(path, settings.base_url), path)


def _say_how(made: dict[str, list[dict[str, str]]], path: Path) -> None:
    click.echo("\nThis is a demonstration; nobody in it has ever lived. To look around:\n")
    click.echo("As a family member: open the link, then put in the number.")
    for one in made["families"]:
        click.echo(f"  {one['name']} ({one['language']}): {one['link']}  number {one['number']}")
    click.echo("\nAs staff: sign in with e-mail address and password, then a code from:")
    click.echo("  .venv/bin/python -m portal code ADDRESS")
    for one in made["staff"]:
        click.echo(f"  {one['role']}, {one['panel']}: {one['email']}  password: {one['password']}")
    click.echo(f"\nMessages that would have been sent: {made['base_url']}/demo/messages")
    click.echo(f"All of this is written in {path}, for scripts too.\n")
