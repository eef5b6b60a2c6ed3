"""A small world with everybody and everything in it, and a way to send each of them to every address of the portal.

Each word that somebody must be able to rely on is a canary: a token that stands nowhere else, with the names of those
who may meet it. What nobody is named for, nobody may meet.
"""

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from portal import clock
from portal.access import Role
from portal.courier.courier import deliver_all
from portal.house import House
from portal.library.source import Key
from portal.review import answers, clearness, contributions, invitations, kept, meetings, messages, people, questions
from portal.review.answers import Hearing, Outcome, ToldHow
from portal.review.clearness import Clear, Clearness, Shape
from portal.review.meetings import MeetingKind
from portal.review.models import metadata
from portal.review.people import FamilyMember, StaffMember, Way
from portal.review.questions import Question, Standing
from portal.review.reviews import Review
from tests import make
from tests.browser import as_family, as_staff

PANEL, OTHER_PANEL = "west-of-england", "worcestershire"
OUR_PANEL = ("coordinator", "chair", "panel member")
ANYONE = "anyone"
LINK_PAGES = re.compile(r"^/(?:[a-z]{2}/)?i/")
LINK = re.compile(r"/i/([0-9a-z]{26})\b")


@dataclass(frozen=True)
class Canary:
    """A token, who may meet it, and where alone, if not everywhere."""

    token: str
    readers: frozenset[str]
    where: re.Pattern[str] | None = None

    def may_be_met(self, who: str, path: str) -> bool:
        """Whether this reader may find the token on the page at this path."""
        if self.token in path:
            return True  # whoever came with it has it
        return who in self.readers and (self.where is None or self.where.search(path) is not None)


@dataclass
class Visit:
    """One request, and everything that came back."""

    who: str
    method: str
    path: str
    status: int
    headers: str
    body: str


@dataclass
class World:
    """Everybody, everything, and what was answered to whom."""

    app: Flask
    house: House
    clients: dict[str, FlaskClient] = field(default_factory=dict)
    canaries: dict[str, Canary] = field(default_factory=dict)
    ids: dict[str, list[str]] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)
    secrets: dict[str, str] = field(default_factory=dict)
    visits: list[Visit] = field(default_factory=list)

    def canary(self, name: str, *readers: str, where: str = "") -> str:
        """Make a canary, and return its token."""
        token = f"Canary{re.sub('[^A-Za-z]', '', name.title())}{len(self.canaries):02d}x"
        self.canaries[token] = Canary(token, frozenset(readers), re.compile(where) if where else None)
        return token

    def note(self, kind: str, *ids: UUID | str) -> None:
        """Keep the ids of a kind, for the addresses."""
        self.ids.setdefault(kind, []).extend(map(str, ids))

    def ask(self, who: str, method: str, path: str, data: dict[str, str] | None = None) -> TestResponse:
        """Send somebody to an address, and keep what came back."""
        answer = self.clients[who].open(path, method=method, data=data)
        headers = "\n".join(f"{name}: {value}" for name, value in answer.headers)
        body = answer.get_data(as_text=True)
        self.visits.append(Visit(who, method, path, answer.status_code, headers, body))
        return answer

    def addresses(self, method: str, who: str, *, every: bool = True) -> Iterator[str]:
        """Return every address of the portal, with everything that there is for those who can stand at its door."""
        # Last those of the sign-in, because one of them ends it.
        for rule in sorted(self.app.url_map.iter_rules(), key=lambda rule: rule.endpoint.startswith("security.")):
            if rule.endpoint.startswith("public.") and who not in (ANYONE, "mother", "coordinator"):
                continue  # these know nobody
            if method in (rule.methods or ()) and rule.endpoint != "static":
                yield from self._filled(rule, every=every and self._stands_at(who, rule))

    def _stands_at(self, who: str, rule: Rule) -> bool:
        door = rule.endpoint.split(".")[0]
        return who in AT_EVERY_THING.get(door, ()) or (
            door == "panel" and "person_id" in rule.arguments and "admin" in who
        )

    def _filled(self, rule: Rule, *, every: bool) -> Iterator[str]:
        fixed = {"lang": ["en"], "panel": [PANEL], "page": ["support"], "code": ["en", "ur"], "token": ["t0ken"]}
        fixed["short"] = ["w1"]
        fixed["text"] = ["letter-first-days"]  # a text for professionals
        paths = [rule.rule]
        for name in rule.arguments:
            values = self.ids.get(name) or fixed[name]
            part = re.compile(rf"<(?:\w+:)?{name}>")
            paths = [part.sub(value, path) for path in paths for value in (values if every else values[:1])]
        yield from paths


FAMILY = ("mother", "father", "stranger")
# Who is sent to everything that there is at a door; the others go to one thing of each kind.
AT_EVERY_THING = {
    "family": ("mother", "father"),
    "keyworker": ("key worker", "key worker of another family"),
    "panel": ("coordinator",),
    "link": (ANYONE,),
}
_STEPS = {
    "mother": (Standing.ASKED, Standing.DRAFTED, Standing.CHECKED, Standing.ANSWERED, Standing.WITHDRAWN),
    "father": (Standing.ASKED, Standing.ANSWERED),
    "stranger": (Standing.ASKED, Standing.CHECKED),
}


def everybody(app: Flask, house: House) -> World:
    """Fill an empty database with everybody and everything."""
    world = World(app, house)
    world.clients[ANYONE] = app.test_client()
    with house.database.writing() as db:
        staff = _staff(world, db)
        members = _families(world, db, staff)
        _words(world, db, staff, members)
        ids = {who: member.id for who, member in members.items()}
        meeting = meetings.plan(db, staff["coordinator"], MeetingKind.PANEL_MEETING, clock.now().date())
        world.note("meeting_id", meeting.id)
        text = make.a_waiting_text(db, house, staff["translator"], Key("", "ur", "support"))
        world.note("version_id", text.id)
        unknown = world.canary("reader", "editor", where="^/panel/clearness$")
        clearness.say(db, "support", "en", Shape.PAGE, Clear.NO, unknown, uuid4().hex)
        world.note("clearness_id", *db.scalars(select(Clearness.id)))
    with app.app_context():
        deliver_all(house, app)
    with house.database.reading() as db:
        links = {who: _link(world, db, who, db.get_one(FamilyMember, one)) for who, one in ids.items()}
    for who, invitation_id in links.items():
        world.clients[who] = as_family(app, house, invitation_id).client
    return world


def _staff(world: World, db: Session) -> dict[str, StaffMember]:
    wanted = {
        "key worker": (Role.KEY_WORKER, PANEL),
        "key worker of another family": (Role.KEY_WORKER, PANEL),
        "key worker elsewhere": (Role.KEY_WORKER, OTHER_PANEL),
        "coordinator": (Role.COORDINATOR, PANEL),
        "chair": (Role.CHAIR, PANEL),
        "panel member": (Role.PANEL_MEMBER, PANEL),
        "editor": (Role.EDITOR, PANEL),
        "translator": (Role.TRANSLATOR, PANEL),
        "administrator": (Role.ADMINISTRATOR, PANEL),
        "coordinator elsewhere": (Role.COORDINATOR, OTHER_PANEL),
        "administrator elsewhere": (Role.ADMINISTRATOR, OTHER_PANEL),
    }
    staff = {}
    for who, (role, panel) in wanted.items():
        looks_after = "administrator elsewhere" if panel == OTHER_PANEL else "administrator"
        email = world.canary(f"email {who}", looks_after, who)
        person = people.add_staff(db, panel, f"Robin {who.title()}", f"{email}@example.org", [role], uuid4().hex)
        person.tf_primary_method = "authenticator"
        db.flush()
        client = as_staff(world.app, person).client
        with client.session_transaction() as session:
            session["since"] = session["seen"] = time.time()
        world.clients[who] = client
        world.note("person_id", person.id)
        staff[who] = person
    return staff


def _families(world: World, db: Session, staff: dict[str, StaffMember]) -> dict[str, FamilyMember]:
    members = {}
    reviews: dict[str, Review] = {}
    ways = {"mother": ("key worker", Way.EMAIL), "father": ("key worker", Way.PAPER)}
    for who in FAMILY:
        key_worker, way = ways.get(who, ("key worker of another family", Way.TEXT))
        if key_worker not in reviews:
            child = world.canary(f"child {key_worker}", key_worker)
            reviews[key_worker] = make.a_review(db, staff[key_worker], child)
            world.note("review_id", reviews[key_worker].id)
        name = world.canary(f"name {who}", key_worker)
        local = world.canary(f"address {who}", key_worker)
        addresses = {Way.EMAIL: f"{local}@example.org", Way.TEXT: "07700 900123", Way.PAPER: f"1 {local}"}
        member = make.a_family_member(db, reviews[key_worker], name, "en", way, addresses[way])
        member.care = world.canary(f"care {who}", key_worker)
        invitation = invitations.invite(db, staff[key_worker], member, way)
        invitations.give_number(db, staff[key_worker], member, world.house.numbers)
        assert member.number
        world.numbers.append(member.number)
        page = rf"^/keyworker/people/{member.id}$"
        for shape in (member.number, f"{member.number[:4]} {member.number[4:]}"):
            world.canaries[shape] = Canary(shape, frozenset({key_worker}), re.compile(page))
        world.note("member_id", member.id)
        world.note("invitation_id", invitation.id)
        members[who] = member
        db.flush()
    return members


def _words(world: World, db: Session, staff: dict[str, StaffMember], members: dict[str, FamilyMember]) -> None:
    for who, member in members.items():
        key_worker = "key worker of another family" if who == "stranger" else "key worker"
        readers = (who, key_worker, *OUR_PANEL)
        told = contributions.tell(db, member, world.canary(f"told {who}", *readers), uuid4().hex)
        world.note("contribution_id", told.id)
        world.note("reference", told.reference)
        for state in _STEPS[who]:
            for hearing in (Hearing.NOT_SAID, Hearing.NOW) if state is Standing.ANSWERED else (Hearing.NOT_SAID,):
                question = _question(world, db, staff, member, who, readers, state, hearing)
                world.note("question_id", question.id)
                world.note("reference", question.reference)


def _question(
    world: World,
    db: Session,
    staff: dict[str, StaffMember],
    member: FamilyMember,
    who: str,
    readers: Sequence[str],
    state: Standing,
    hearing: Hearing,
) -> Question:
    alone = state is Standing.WITHDRAWN
    words = world.canary(f"asked {who} {state.value}", *((who,) if alone else readers))
    question = questions.ask(db, member, words, uuid4().hex)
    if alone:
        questions.withdraw(db, member, question)
    if state in (Standing.ASKED, Standing.WITHDRAWN):
        return question
    key_worker, coordinator = staff[readers[1]], staff["coordinator"]
    questions.take_up(db, coordinator, question)
    translation = world.canary(f"translated {who} {state.value}", *readers)
    kept.translate(db, coordinator, question, translation, world.canary(f"translator {who} {state.value}", *readers))
    theirs = OUR_PANEL if state is Standing.DRAFTED else readers[1:]
    shown = readers if hearing is Hearing.NOW else theirs
    answer = answers.draft(
        db, coordinator, question, Outcome.WHOLE, world.canary(f"answer {who} {state.value} {hearing.value}", *shown)
    )
    if state is Standing.DRAFTED:
        answer.remark = world.canary(f"remark {who}", *OUR_PANEL)
        return question
    answers.check(db, staff["chair"], question, answer)
    if state is Standing.ANSWERED:
        answers.release(db, key_worker, question, answer, ToldHow.IN_PERSON, clock.now().date())
        if hearing is not Hearing.NOT_SAID:
            answers.choose(db, member, question, answer, hearing)
    return question


def _link(world: World, db: Session, who: str, member: FamilyMember) -> UUID:
    """Find a person's link where it went, make of its secret a canary, and return the id of its invitation."""
    message = messages.to_family(db, member)[0]
    world.note("message_id", message.id)
    # The demonstration shows everybody what it sent; else a link stands on the letter that carries it, and nowhere.
    if message.way is Way.PAPER:
        text, readers, where = message.text or "", {"key worker"}, rf"^/keyworker/messages/{message.id}/letter$"
    else:
        folder = world.house.settings.messages_folder
        text = next(folder.glob(f"*{message.id}*.json")).read_text("utf-8").replace("\\n", "\n")
        readers, where = {ANYONE, *world.clients, *FAMILY}, r"^/demo/messages$"
    found = LINK.search(text)
    assert found is not None
    assert message.invitation_id is not None
    world.secrets[who] = found[1]
    world.canaries[found[1]] = Canary(found[1], frozenset(readers), re.compile(where))
    world.note("secret", found[1])
    return message.invitation_id


def emptied(app: Flask) -> House:
    """Take everybody and everything away, as before every test."""
    house: House = app.extensions["house"]
    with house.database.writing() as db:
        for table in reversed(metadata.sorted_tables):
            db.execute(table.delete())
        house.vault.prepare(db)
    for path in house.settings.messages_folder.glob("*"):
        path.unlink()
    return house


def dump(house: House, *without: str) -> dict[str, list[str]]:
    """Return every row of every table as text, but for some columns."""
    found = {}
    with house.database.reading() as db:
        for table in metadata.sorted_tables:
            columns = [column for column in table.columns if f"{table.name}.{column.name}" not in without]
            rows = db.execute(select(*columns).order_by(table.c.id))
            found[table.name] = [repr(tuple(row)) for row in rows]
    return found
