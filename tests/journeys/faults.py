"""What can go wrong on a bad night, done to a real portal from outside; and every form in which somebody types.

The places come from the registry (portal/family/places.py), so that a new one joins by itself. A place that is about
something needs one thing to be about: see ``Town.person``.
"""

import base64
import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from playwright.sync_api import Browser, BrowserContext, Error, Page, TimeoutError
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal import clock
from portal.app import create_app
from portal.db import Base
from portal.family import places
from portal.house import House
from portal.review import aloud, contributions, invitations, removals, spaces
from portal.review.coming_back import WayBackRequest
from portal.review.form_drafts import Filled, FormDraft
from portal.review.messages import Message
from portal.review.people import FamilyMember, StaffMember
from portal.review.reviews import Review
from portal.sealing import Sealed
from portal.settings import Settings
from tests import make
from tests.browser import as_staff
from tests.journeys import live as portal
from tests.journeys.conftest import PHONE
from tests.journeys.live import Live

# It waits a moment for a database that is locked, and not ten seconds.
_IMPATIENT = "from portal import db; db._PRAGMAS += ('busy_timeout=300',); "
_MONTH = 30 * 24 * 3600
_IN_THE_FORM = "form:not(.out, .quickly) "
_OLD, _STAYS = "data-left", "data-stays"
_SEEN = (
    """() => [...document.querySelectorAll("textarea, input, .words, bdi")].map(one => one.value ?? one.textContent)"""
)
# A page that is left is marked, and so is one whose script keeps it where it is and goes on by itself, if at all.
_PRESS = f"""one => {{
  const root = document.documentElement;
  root.setAttribute("{_OLD}", "");
  addEventListener("submit", event => root.toggleAttribute("{_STAYS}", event.defaultPrevented), {{ once: true }});
  one.click();
}}"""
# Everything that is done to a page is done in one go: there are thousands of them.
_FILL = """([typed, ticked]) => {
  const first = selector => document.querySelector(selector);
  const say = (one, kind) => one.dispatchEvent(new Event(kind, { bubbles: true }));
  Object.entries(typed).forEach(([name, words]) => {
    const one = first(`form:not(.out, .quickly) [name=${name}]`);
    one.focus();
    one.value = words;
    say(one, "input");
  });
  ticked.forEach(([name, value]) => {
    const one = first(`[name=${name}][value=${value}]`);
    one.checked = true;
    say(one, "input");
    say(one, "change");
  });
}"""
_HAS_COME = f"""() => document.readyState !== "loading" && !document.documentElement.hasAttribute("{_OLD}")"""
_GO_ON = f"""([typed, number]) => {{
  if (document.querySelector("form[data-sending]")) return false;
  const holds = one => typed.includes((one.value || "").replaceAll("\\r\\n", "\\n"));
  const form = [...document.querySelectorAll("main form")].find(one => [...one.elements].some(holds));
  if (!form) return false;
  const field = document.querySelector("main form input#number");
  if (field) field.value = number;
  ({_PRESS})(form.querySelector("button:not([type=button])"));
  return true;
}}"""


@dataclass(frozen=True)
class Form:
    """One form in which somebody types: where it is, the fields, what is chosen beside them, and its button."""

    name: str
    path: str
    fields: tuple[str, ...] = ("words",)
    chosen: dict[str, str] = field(default_factory=dict)
    line: frozenset[str] = frozenset()  # fields of one line
    place: bool = False  # whether it stands on the machine of writing, where words are looked at before they are sent
    drafts: bool = True  # whether drafts of it are saved
    keep: str = "button[formaction]"  # the button that saves one without script
    staff: bool = False


@dataclass
class Person:
    """Somebody with a space, everything that the forms can be about, and who looks after them."""

    member_id: UUID
    number: str
    visit: str
    about: dict[str, str]


@dataclass
class Town:
    """A running portal, and the same house opened from outside to make people and to read what was kept."""

    live: Live
    app: Flask
    key_worker_id: UUID
    review_id: UUID

    @property
    def house(self) -> House:
        """The house over the same folder."""
        found: House = self.app.extensions["house"]
        return found

    def person(self, code: str) -> Person:
        """Invite somebody who reads a language and has sent, said, brought and asked for something already."""
        with self.house.database.writing() as db:
            key_worker = db.get_one(StaffMember, self.key_worker_id)
            member = make.a_family_member(db, db.get_one(Review, self.review_id), language=code)
            _, number = make.a_link(db, self.house, key_worker, member)
            db.flush()
            db.execute(delete(Message).where(Message.family_member_id == member.id))  # a letter would make another link
            invitation = _invitation(db, member)
            question = make.a_question(db, member)
            told = contributions.tell(db, member, "It rained.", uuid4().hex)
            said = aloud.write_down(db, key_worker, member, None, "As I said", code, clock.now().date(), uuid4().hex)
            asked = removals.ask(db, member, [told.reference])
            about = {
                "change": question.reference,
                "add": question.reference,
                "told": said.reference,
                "removal": str(asked.id),
                "show": told.reference,
            }
            visit, member_id = spaces.enter(db, invitation), member.id
        return Person(member_id, number, visit, about)

    def desk(self) -> str:
        """Let the key worker sign in, and return their cookie."""
        with self.house.database.reading() as db:
            cookie = as_staff(self.app, db.get_one(StaffMember, self.key_worker_id)).client.get_cookie("session")
        assert cookie is not None
        return cookie.value

    def visit(self, person: Person) -> str:
        """Let somebody open their space on another device, and return its cookie."""
        with self.house.database.writing() as db:
            return spaces.enter(db, _invitation(db, db.get_one(FamilyMember, person.member_id)))

    def forms(self, code: str, person: Person) -> list[Form]:
        """Return every form in which this person, or their key worker for them, types."""
        names = [*places.plain(), *(f"{prefix}-{person.about[prefix]}" for prefix in places._OF_SOMETHING)]
        space = f"/{code}/your-space"
        found = [Form(name, f"{space}/write/{name}", place=True, keep="[name=then][value=keep]") for name in names]
        found += [
            Form(
                "way back",
                f"/{code}/ask-for-my-link",
                ("name", "reach", "words"),
                line=frozenset({"name", "reach"}),
                drafts=False,
                keep="",
            ),
            Form("bring", f"{space}/bring", ("what",), {"file": "sea.txt"}, frozenset({"what"}), keep=""),
            Form("ways", f"{space}/reaching/ways", ("words", "interpreter"), line=frozenset({"interpreter"})),
            Form("who may know", f"{space}/reaching/who-may-know"),
            Form(
                "quiet day",
                f"{space}/reaching/quiet-days",
                ("words",),
                {"first": "24 November 2031"},
                frozenset({"words"}),
            ),
        ]
        if code == "en":
            chosen = {"what": "question", "said_on": "1 November 2026", "read_back": "y"}
            found.append(Form("told aloud", f"/keyworker/people/{person.member_id}/tell", chosen=chosen, staff=True))
        return found

    def kept(self, member_id: UUID) -> list[str]:
        """Return every sealed text of this person, and of requests that belong to nobody yet."""
        found: list[str] = []
        with self.house.database.reading() as db:
            key_id = db.get_one(FamilyMember, member_id).key_id
            for model in sealed_models():
                rows = select(model).order_by(model.id)
                rows = rows if model is WayBackRequest else rows.where(model.key_id == key_id)
                names = [name for kind in model.__mro__ for name, one in vars(kind).items() if isinstance(one, Sealed)]
                for row in db.scalars(rows):
                    found += [getattr(row, name) or "" for name in names]
                    found += Filled.of(row.words).typed.values() if model is FormDraft else ()
        return found

    # What goes wrong.

    def again(self, *, kill: bool = False, keys: bool = False) -> None:
        """Stop the portal, as it should be or as when the power is cut, and start it over the same folder."""
        if kill:
            self.live.process.kill()
            self.live.process.wait()
        else:
            assert self.live.stop() == 0
        if keys:
            _change_keys(self.live.var / "keyring.json")
            self.house.database.engine.dispose()
        self.live = portal.start(self.live.var, int(self.live.base.rpartition(":")[2]), _IMPATIENT)
        if keys:
            self.app = _app(self.live)

    @contextmanager
    def failing(self) -> Iterator[None]:
        """Let every attempt to keep words fail inside the database."""
        with closing(sqlite3.connect(self.live.var / "portal.db", timeout=10)) as db:
            tables = sorted({model.__table__.name for model in sealed_models()} - {"staff_members", "messages"})
            for table in tables:
                for act in ("INSERT", "UPDATE"):
                    db.execute(
                        f"CREATE TRIGGER fault_{act}_{table} BEFORE {act} ON {table} "
                        "BEGIN SELECT RAISE(ABORT, 'something of ours'); END"
                    )
            db.commit()
            yield
            for table in tables:
                for act in ("INSERT", "UPDATE"):
                    db.execute(f"DROP TRIGGER fault_{act}_{table}")
            db.commit()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the database, so that nobody else can write, for longer than the portal waits."""
        with closing(sqlite3.connect(self.live.var / "portal.db", timeout=10, isolation_level=None)) as db:
            db.execute("BEGIN EXCLUSIVE")
            yield
            db.execute("ROLLBACK")

    def old_token(self) -> str:
        """Return the mark that a form had thirty days ago."""
        signer = URLSafeTimedSerializer(str(self.app.secret_key), salt="wtf-csrf-token")
        maker: Any = signer.make_signer(signer.salt)
        maker.get_timestamp = lambda: int(time.time()) - _MONTH
        signed = maker.sign(base64.urlsafe_b64encode(json.dumps(os.urandom(20).hex()).encode()).rstrip(b"="))
        return str(signed.decode())


def sealed_models() -> list[Any]:
    """Return every model that holds somebody's words."""
    models = {mapper.class_.__name__: mapper.class_ for mapper in Base.registry.mappers}
    return [
        one
        for one in models.values()
        if hasattr(one, "key_id") and any(c.name.endswith("_ct") for c in one.__table__.c)
    ]


def _invitation(db: Session, member: FamilyMember) -> invitations.Invitation:
    theirs = select(invitations.Invitation).where(invitations.Invitation.family_member_id == member.id)
    return db.scalars(theirs.order_by(invitations.Invitation.id)).one()


def _change_keys(path: Path) -> None:
    """Give the key file a new first key, and the site new secrets."""
    ring = json.loads(path.read_text())
    number = str(ring["primary"] + 1)
    new = {name: base64.b64encode(os.urandom(32)).decode() for name in (number, "site")}
    ring["keys"][number], ring["primary"], ring["site"] = new[number], int(number), new["site"]
    path.chmod(0o600)
    path.write_text(json.dumps(ring))
    path.chmod(0o400)


def _app(live: Live) -> Flask:
    return create_app(Settings(var=live.var, base_url=live.base, demo=True, argon2_kib=8))


@contextmanager
def town(var: Path) -> Iterator[Town]:
    """Start a portal, and open its house from outside."""
    live = portal.start(var, 0, _IMPATIENT)
    app = _app(live)
    house: House = app.extensions["house"]
    with house.database.writing() as db:
        key_worker = make.a_key_worker(db)
        review = make.a_review(db, key_worker)
        found = Town(live, app, key_worker.id, review.id)
    try:
        yield found
    finally:
        found.house.database.engine.dispose()
        found.live.stop()


@dataclass
class Seat:
    """One form in one tab, and what was typed into it."""

    town: Town
    person: Person
    form: Form
    page: Page
    typed: dict[str, str] = field(default_factory=dict)

    def open(self, wait: bool = True) -> None:
        """Go to the form."""
        self.page.goto(f"{self.town.live.base}{self.form.path}", wait_until="load" if wait else "commit")

    def type(self, texts: dict[str, str], choose: bool = True) -> None:
        """Type into every field, and choose what is chosen."""
        for name in self.form.fields:
            words = texts["line" if name in self.form.line else "lines"]
            self.typed[name] = words.replace("WHERE", f"{self.form.name} {name}")
        chosen = dict(self.form.chosen) if choose else {}
        if file := chosen.pop("file", ""):
            self.page.locator("#file").set_input_files({"name": file, "mimeType": "text/plain", "buffer": b"The sea"})
        ticked = [(name, chosen.pop(name)) for name in ("what", "read_back") if name in chosen]
        self.page.evaluate(_FILL, [self.typed | chosen, ticked])

    def press(self, selector: str = "") -> None:
        """Press the form's button; where that leads is looked at later."""
        mine = f"form:has([name={self.form.fields[0]}])"
        plain = f"{mine} button.govuk-button:not([type=button]), {mine} button.button"
        selector = selector or ("[name=then][value=look]" if self.form.place else plain)
        self._act(selector)

    def _act(self, selector: str) -> None:
        self.page.locator(selector).first.evaluate(_PRESS)

    def mend(self) -> None:
        """Put right what was wrong beside the words, where the form came back because of it."""
        for name, value in (*self.form.chosen.items(), *((("name", "Amina"),) if "name" in self.form.fields else ())):
            if name in ("first", "said_on", "name") and (box := self.page.locator(f"main [name={name}]")).count():
                box.first.fill(value)

    def once_more(self) -> None:
        """Load a page anew that did not come, or press again where the press led nowhere."""
        if self.page.url.startswith("chrome-error"):
            self.page.reload()
        elif self.page.locator(f"html[{_OLD}]").count() and self.form.name != "bring":
            with suppress(Error):  # the page goes on just now
                self.page.evaluate(f"() => document.documentElement.removeAttribute('{_OLD}')")
                self.press()

    def arrive(self) -> "Seat":
        """Wait for the page to which a press leads; where script goes on by itself the page may stay as it is."""
        with suppress(Error):  # the page goes on just now
            if self.page.evaluate(_HAS_COME):
                return self
        waits = 1_500 if self.page.locator(f"html[{_STAYS}]").count() else 45_000
        with suppress(TimeoutError):
            self.page.locator(f"html:not([{_OLD}])").wait_for(state="attached", timeout=waits)
        self.page.wait_for_load_state("domcontentloaded")
        return self

    def shows(self) -> set[str]:
        """Return what stands in the fields of the page and in its words."""
        for _ in range(3):
            self.arrive()
            with suppress(Error):  # the page went on just now
                return {_plain(one) for one in self.page.evaluate(_SEEN)}
        raise AssertionError(f"{self.form.name} goes on and on: {self.page.url}")

    def rescue(self) -> None:
        """Do what a person does with the page in front of them, until there is nothing to be done any more."""
        typed = [_plain(one) for one in self.typed.values()]
        for _ in range(5):
            self.arrive()
            with suppress(Error):  # the page goes on just now
                if not self.page.evaluate(_GO_ON, [typed, self.person.number]):
                    return
        self.arrive()

    def lost(self, kept: list[str], shown: set[str] | None = None) -> list[str]:
        """Return the fields of which a character is missing, in what was kept and on the page."""
        if self.form.place:
            return [name for name, words in self.typed.items() if words not in {*kept, *(shown or ())}]
        # Elsewhere the blanks around a line are not kept, and a page may show two fields as one text.
        return [
            name
            for name, words in self.typed.items()
            if not any(words.strip() in one for one in (*kept, *(shown or ())))
        ]


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n")


def cookies(town: Town, context: BrowserContext, visit: str) -> None:
    """Let a browser be where somebody has opened their space, and their key worker has signed in."""
    pairs = {"family": visit, "session": town.desk()}
    context.add_cookies([{"name": name, "value": one, "url": town.live.base} for name, one in pairs.items() if one])


def tabs(browser: Browser, town: Town, *, script: bool) -> BrowserContext:
    """Open a browser of somebody's own."""
    context = browser.new_context(base_url=town.live.base, java_script_enabled=script, **PHONE)
    context.set_default_timeout(45_000)
    return context
