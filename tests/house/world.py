"""A small world with everybody and everything in it, and a way to send each of them to every address of the portal.

Each word that somebody must be able to rely on is a canary: a token that stands nowhere else, with the names of those
who may meet it. What nobody is named for, nobody may meet.
"""

import io
import re
import time
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pypdfium2
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
from portal.looking.kinds import Form, Found
from portal.review import (
    aloud,
    answers,
    brought,
    clearness,
    codes,
    coming_back,
    concerns,
    contributions,
    cover,
    drafts,
    files,
    hearing_news,
    invitations,
    kept,
    leaves,
    meetings,
    messages,
    news,
    notes,
    people,
    promises,
    questions,
    quiet_days,
    removals,
    safety,
    sharing,
    spaces,
    talks,
    wishes,
)
from portal.review.answers import Hearing, Outcome, ToldHow
from portal.review.clearness import Clear, Clearness, Shape
from portal.review.concerns import FamilyTold
from portal.review.invitations import Invitation
from portal.review.meetings import MeetingKind
from portal.review.models import metadata
from portal.review.news import About, Piece
from portal.review.people import FamilyMember, StaffMember, Way
from portal.review.questions import Question, Standing
from portal.review.quiet import Span
from portal.review.reviews import Review
from portal.review.wishes import Knowing, MayKnow, Reach
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
        body = everything_in(answer)
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
        fixed["place"] = ["ask", "support"]
        fixed["wish"] = ["ways", "times", "knowing"]
        fixed["text"] = ["letter-first-days"]  # a text for professionals
        fixed["letter_name"] = ["first-days"]
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
        _news(world, db, staff, members["mother"])
        _cover(world, db, staff)
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
    with house.database.writing() as db:
        _for_staff_alone(world, db, {who: db.get_one(FamilyMember, one) for who, one in ids.items()})
        _coming_back(world, db)
        _wishes(world, db, {who: db.get_one(FamilyMember, one) for who, one in ids.items()})
        spaces.enter(db, db.get_one(Invitation, links["mother"]))  # on another device, to be ended from here
        world.note("visit_id", *db.scalars(select(spaces.Visit.id)))
    for who, invitation_id in links.items():
        world.clients[who] = as_family(app, house, invitation_id).client
    return world


def _wishes(world: World, db: Session, members: dict[str, FamilyMember]) -> None:
    """Let everybody say how they wish to be reached; for the mother something is held because of it."""
    for who, member in members.items():
        key_worker = "key worker of another family" if who == "stranger" else "key worker"
        ring, words, knows, day = (
            world.canary(f"{part} {who}", who, key_worker) for part in ("ring", "interpreter", "knows", "quiet")
        )
        wishes.wish(db, member, member, Reach(never_ring=ring, interpreter=words))
        wishes.wish(db, member, member, Knowing(MayKnow.THESE, knows))
        first = clock.now().date()
        kept = quiet_days.keep(db, member, member, Span(first, first.replace(year=first.year + 1)), day, "one")
        world.note("quiet_day_id", kept.id)
    review = db.get_one(Review, members["mother"].review_id)
    by = db.get_one(StaffMember, review.key_worker_id)
    for despite in ("", world.canary("despite", "key worker", where="^/keyworker/people/")):
        held = messages.queue_for_family(db, messages.Kind.NEWS, members["mother"], Way.EMAIL, by)
        held.despite = despite or None
        world.note("message_id", held.id)


def _for_staff_alone(world: World, db: Session, members: dict[str, FamilyMember]) -> None:
    """Leave notes for colleagues, tell the panel that somebody may be in danger, and let nothing be sent to one."""
    for who, looks_after in (("mother", "key worker"), ("stranger", "key worker of another family")):
        member = members[who]
        review = db.get_one(Review, member.review_id)
        by = db.get_one(StaffMember, review.key_worker_id)
        for name in ("kept", "back"):
            words = world.canary(f"note {name} {who}", looks_after, where="^/keyworker/(?:families|notes)/")
            note = notes.write(db, by, review, words, uuid4().hex)
            world.note("note_id", note.id)
            if name == "back":
                notes.take_back(db, by, note)
        desk = "^/keyworker/(?:$|families|people|promises)"
        said = world.canary(f"talk {who}", looks_after, where="^/keyworker/(?:families|people)/")
        told_them = talks.Told(leaves.today(), talks.How.VISIT, True, [member], said)
        talk = talks.write_down(db, by, review, told_them, uuid4().hex)
        world.note("talk_id", talk.id)
        what = world.canary(f"promise {who}", looks_after, where=desk)
        promise = promises.make(db, by, talk, what, leaves.today(), by)
        promises.let_go(db, by, promise, world.canary(f"let go {who}", looks_after, where=desk))
        promises.open_again(db, by, promise)
        world.note("promise_id", promise.id)
        row = contributions.told_by(db, member)[0]
        where = "/danger$|^/panel/concerns/"
        fear = world.canary(f"fear {who}", looks_after, "coordinator", where=where)
        told = concerns.tell(db, by, row, fear, FamilyTold.WILL_BE, "The designated doctor")
        world.note("concern_id", told.id)
        if who == "mother":
            coordinator = next(one for one in concerns.whom_to_tell(db, PANEL))
            concerns.done(db, coordinator, told, world.canary("help", looks_after, "coordinator", where=where))
            read = world.canary("fear of the panel", looks_after, "coordinator", where=where)
            concerns.tell(db, coordinator, row, read, FamilyTold.NOT_YET, "The designated doctor")
    where = r"^/keyworker/people/[^/]+(?:/safety(?:/lift)?)?$"
    looks_after = "key worker of another family"
    before, lifted, now = (
        world.canary(f"stop {name}", looks_after, where=where) for name in ("before", "lifted", "now")
    )
    safety.stop(db, by, member, before, links_rest=False)
    safety.lift(db, by, member, lifted, send=True)
    safety.stop(db, by, member, now, links_rest=False)


def _coming_back(world: World, db: Session) -> None:
    """Let the mother ask for a new number from her link's page, and somebody who has none for a new link."""
    ours = ("key worker", "key worker of another family")
    where = "^/keyworker/ways-back/"
    for who, readers, link in (("mother", ours[:1], world.secrets["mother"]), ("unknown", ours, "")):
        parts = ("says", "reach", "adds")
        name, reach, words = (world.canary(f"{part} {who}", *readers, where=where) for part in parts)
        link_hash = codes.hash_of_secret(link) if link else ""
        coming_back.ask(db, coming_back.Asked(name, reach, words, "en", PANEL, link_hash), uuid4().hex)
    world.note("way_back_id", *db.scalars(select(coming_back.WayBackRequest.id)))


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
        name = world.canary(f"name {who}", key_worker, who)
        local = world.canary(f"address {who}", key_worker, who)
        addresses = {Way.EMAIL: f"{local}@example.org", Way.TEXT: "07700 900123", Way.PAPER: f"1 {local}"}
        member = make.a_family_member(db, reviews[key_worker], name, "en", way, addresses[way])
        member.care = world.canary(f"care {who}", key_worker)
        invitation = invitations.invite(db, staff[key_worker], member, way)
        invitations.give_number(db, staff[key_worker], member, world.house.numbers)
        assert member.number
        world.numbers.append(member.number)
        page = rf"^/keyworker/people/{member.id}(?:/number-sheet(?:\.pdf)?)?$"
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
        _brought(world, db, staff["coordinator"], member, who)
        _aloud(world, db, staff[key_worker], member, who)
        for place in ("ask", "support"):
            typed = drafts.Typed(uuid4().hex, world.canary(f"draft {place} {who}", who))
            begun = drafts.save(db, member, place, typed).draft
            assert begun is not None
            world.note("draft_id", begun.id)
        make.a_form_draft(db, member, "ways", "words", world.canary(f"form draft {who}", who))
        begun_aloud = world.canary(f"begun aloud {who}", key_worker, where="^/keyworker/people/[^/]+/tell$")
        make.a_form_draft(db, member, str(member.id), "words", begun_aloud, staff[key_worker])
        for state in _STEPS[who]:
            for hearing in (Hearing.NOT_SAID, Hearing.NOW) if state is Standing.ANSWERED else (Hearing.NOT_SAID,):
                question = _question(world, db, staff, member, who, readers, state, hearing)
                world.note("question_id", question.id)
                world.note("reference", question.reference)
        asked = removals.ask(db, member, [told.reference])
        removals.say_more(db, member, asked, world.canary(f"take out {who}", who, key_worker))
        world.note("removal_id", asked.id)
    _shown(world, db, staff["key worker"], members["mother"], members["father"])


def _news(world: World, db: Session, staff: dict[str, StaffMember], mother: FamilyMember) -> None:
    """Write down what the panel found: read by the mother, waiting for her, and waiting for a second person."""
    key_worker, review = staff["key worker"], db.get_one(Review, mother.review_id)
    for name, *readers in (("read", "mother"), ("waits",), ("to check", "coordinator", "chair")):
        words = world.canary(f"news {name}", "key worker", *readers)
        written = news.write(db, key_worker, review, Piece(About.OUTCOME, words), uuid4().hex)
        world.note("news_id", written.id)
        if name == "to check":
            continue
        news.check(db, staff["chair"], written)
        row = hearing_news.release(db, key_worker, written, mother, ToldHow.IN_PERSON, clock.now().date())
        world.note("piece_id", row.id)
        world.note("told_id", row.id)
        if name == "read":
            hearing_news.choose(db, mother, row, Hearing.NOW)


def _cover(world: World, db: Session, staff: dict[str, StaffMember]) -> None:
    """Let a key worker plan to be away, and have had a family from a colleague; each note is for those two alone."""
    mine, other = staff["key worker"], staff["key worker of another family"]
    next_year = leaves.today().replace(month=7, day=1, year=leaves.today().year + 1)
    both = ("key worker", "key worker of another family")
    note = world.canary("leave note", *both, where="^/keyworker/cover$")
    leave = leaves.take(db, mine, leaves.Days(next_year, next_year), other, note, uuid4().hex)
    world.note("leave_id", leave.id)
    review = cover.own_families(db, mine)[0]
    for by, to in ((mine, other), (other, mine)):  # there and back, each with a note
        words = world.canary(f"handed to {to.name}", "key worker", where="^/keyworker/handed-over/")
        cover.hand_over(db, by, [review], to, words)
    world.note("handover_id", *(row.id for row in cover.notes_of(db, review)))


def _shown(world: World, db: Session, key_worker: StaffMember, owner: FamilyMember, reader: FamilyMember) -> None:
    """Let the mother show the father one thing; he sees it, and she wishes to show another."""
    readers = ("mother", "key worker", *OUR_PANEL)
    for name, agreed in (("shown", True), ("wished to be shown", False)):
        token = world.canary(f"told {name}", *((*readers, "father") if agreed else readers))
        told = contributions.tell(db, owner, token, uuid4().hex)
        world.note("contribution_id", told.id)
        world.note("reference", told.reference)
        wish = world.canary(f"wish {name}", "mother", "key worker", where="sharing|/your-space/copy/")
        share = sharing.wish(db, owner, sharing.Thing.CONTRIBUTION, told, wish, uuid4().hex)
        world.note("share_id", share.id)
        if agreed:
            make.acquainted(db, key_worker, owner, reader)
            sharing.agree(db, key_worker, share, reader, world.canary("called", "father", where="/shar|/shown"))
            sharing.look(db, reader, share, sharing.Looking.SHOWN)


def _aloud(world: World, db: Session, key_worker: StaffMember, member: FamilyMember, who: str) -> None:
    """Write down what somebody said: a question that waits for their word, and one that went on without it."""
    looks_after = "key worker of another family" if who == "stranger" else "key worker"
    today = clock.now().date()
    for waits in (True, False):
        readers = (who, looks_after) if waits else (who, looks_after, *OUR_PANEL)
        words = world.canary(f"said {who} {waits}", *readers)
        row = aloud.write_down(db, key_worker, member, None, words, "en", today, uuid4().hex)
        if not waits:
            aloud.announce(db, key_worker, row, today)
            db.flush()
            why = world.canary(f"why sent on {who}", looks_after)
            aloud.send_on(db, key_worker, row, why, today + aloud.WAIT)
        world.note("question_id", row.id)
        world.note("told_id", row.id)
        world.note("reference", row.reference)


def _brought(world: World, db: Session, coordinator: StaffMember, member: FamilyMember, who: str) -> None:
    """Let everybody bring something of each standing; what it was called is for its person and the key worker alone."""
    key_worker = "key worker of another family" if who == "stranger" else "key worker"
    readers = {
        "kept": (who,),
        "sent": (who, key_worker, "coordinator"),
        "up": (who, key_worker, *OUR_PANEL),
        "back": (who,),
    }
    for part, theirs in readers.items():
        name = world.canary(f"file {who} {part}", *(one for one in theirs if one not in OUR_PANEL))
        words, data = (world.canary(f"{kind} {who} {part}", *theirs) for kind in ("said of", "inside"))
        file = files.begin(db, member, uuid4().hex, f"{name}.txt", words, expected=len(data), room=10**6)
        files.add_part(db, file, 0, data.encode(), 10**6)
        files.whole(db, member, file, Found(Form.TXT))
        if part != "kept":
            brought.send(db, member, file, words)
        if part == "up":
            brought.take_up(db, coordinator, file)
        if part == "back":
            brought.withdraw(db, member, file)
        world.note("file_id", file.id)
        world.note("reference", file.reference)
    arriving = files.begin(db, member, uuid4().hex, world.canary(f"arriving {who}", who), expected=9, room=10**6)
    world.note("reference", arriving.reference)


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
        text, readers, where = message.text or "", {"key worker"}, rf"^/keyworker/messages/{message.id}/letter"
        secret, code = text.split()
        text = f"/i/{secret}"
        world.canaries[codes.in_groups(code)] = Canary(codes.in_groups(code), frozenset(readers), re.compile(where))
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


def everything_in(answer: TestResponse) -> str:
    """Return every word of an answer, those inside a PDF or a ZIP, too."""
    if answer.mimetype == "application/pdf":
        document = pypdfium2.PdfDocument(answer.get_data())
        try:
            return "\n".join(_page_words(document, number) for number in range(len(document)))
        finally:
            document.close()
    if answer.mimetype == "application/zip":
        with zipfile.ZipFile(io.BytesIO(answer.get_data())) as bundle:
            return "\n".join(f"{name}\n{bundle.read(name).decode('utf-8', 'replace')}" for name in bundle.namelist())
    return answer.get_data().decode("utf-8", "replace")


def _page_words(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    text = page.get_textpage()
    words = str(text.get_text_range())
    text.close()
    page.close()
    return words


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
