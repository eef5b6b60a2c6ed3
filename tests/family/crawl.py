"""Everything that the spaces of four relatives can hold, and a walk through every address of one of them.

The walk goes by the portal's own list of addresses, so that a new page joins it by itself; a new kind of thing joins
``fill`` by hand, and ``test_the_relatives_have_something_in_every_table_of_a_space`` says when one is missing.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Uuid, select
from sqlalchemy.orm import Session

from portal import clock
from portal.house import House
from portal.looking.kinds import Form, Found
from portal.review import (
    aloud,
    answers,
    brought,
    changing,
    coming_back,
    concerns,
    contributions,
    drafts,
    files,
    hearing_news,
    meetings,
    news,
    promises,
    prompts,
    questions,
    quiet_days,
    removals,
    safety,
    sharing,
    talks,
    whereabouts,
    wishes,
)
from portal.review.answers import Hearing, Outcome, ToldHow
from portal.review.invitations import Invitation
from portal.review.meetings import Meeting, MeetingKind
from portal.review.messages import Kind, queue_for_family
from portal.review.models import metadata
from portal.review.people import FamilyMember, Presence, StaffMember
from portal.review.questions import Question
from portal.review.quiet import Feast, Span
from portal.review.reviews import Review
from portal.review.sharing import Share, Thing
from tests import make
from tests.browser import as_family
from tests.family.relatives import NAMES, Relatives

MOMENT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
LANGUAGES = {"mother": ("en", "ur"), "grandmother": ("ur",)}  # in which each looks around; the others in English
_SETS_TYPE = ("mother", "/en/")  # for whom a PDF is made too: it takes seconds, and holds what the page to print holds
_FIXED = {"place": ("ask", "tell", *(prompt.name for prompt in prompts.PROMPTS))}
Rows = dict[str, list[dict[str, Any]]]


def fill(relatives: Relatives) -> None:
    """Give each of them something of everything that a space can hold."""
    with relatives.house.database.writing() as db:
        coordinator, chair = make.a_coordinator(db), make.a_chair(db)
        meeting = meetings.plan(db, coordinator, MeetingKind.PANEL_MEETING, date(2027, 1, 12))
        pieces = [
            news.write(db, relatives.key_worker(db), db.get_one(Review, relatives.review_id), piece, piece.words)
            for piece in (
                news.Piece(news.About.STAGE, "It goes on."),
                news.Piece(news.About.MEETING, "There is a day.", MeetingKind.PANEL_MEETING, date(2027, 1, 12)),
                news.Piece(news.About.OUTCOME, "This was found."),
            )
        ]
        for piece in pieces:
            news.translate(db, relatives.key_worker(db), piece, "ur", "خبر", "Sana Malik")
            news.check(db, chair, piece)
        for two in (("mother", "grandmother"), ("father", "sister")):
            make.acquainted(db, relatives.key_worker(db), *(relatives.member(db, who) for who in two))
        for who in NAMES:
            member = relatives.member(db, who)
            _words(db, member, relatives.key_worker(db), coordinator, chair, meeting)
            _choices(db, member, relatives.key_worker(db), pieces)
            _brought(db, member, coordinator)


def _words(
    db: Session,
    member: FamilyMember,
    key_worker: StaffMember,
    coordinator: StaffMember,
    chair: StaffMember,
    meeting: Meeting,
) -> None:
    name = member.name.split()[0]

    def ask(words: str) -> Question:
        return questions.ask(db, member, f"{name} asks {words}", words)

    def taken_up(words: str) -> Question:
        question = ask(words)
        questions.take_up(db, coordinator, question)
        return question

    changing.change(db, member, ask("to be changed"), f"{name} asks otherwise")
    changing.add(db, member, ask("to be added to"), f"{name} adds", "added")
    questions.withdraw(db, member, ask("and takes back"))
    taken_up("and it is taken up")
    meetings.put_to(db, coordinator, taken_up("and it is put to a meeting"), meeting)
    answers.draft(db, coordinator, taken_up("and it is drafted"), Outcome.WHOLE, f"{name} is not answered yet")
    checked = taken_up("and it is checked")
    answer = answers.draft(db, coordinator, checked, Outcome.PARTLY, f"{name} is nearly answered")
    answers.check(db, chair, checked, answer)
    ends = zip(Hearing, (*Outcome, Outcome.WHOLE, Outcome.WHOLE), strict=True)
    for number, (hearing, outcome) in enumerate(ends):
        question = taken_up(f"for the {number}th time")
        answer = answers.draft(db, coordinator, question, outcome, f"{name} is answered", f"{name} جواب", "Sana Malik")
        answers.check(db, chair, question, answer)
        answers.release(db, key_worker, question, answer, ToldHow.IN_PERSON, MOMENT.date())
        if hearing is not Hearing.NOT_SAID:
            answers.choose(db, member, question, answer, hearing)
    for prompt in (prompts.FREE, "about-your-child", "support"):
        told = contributions.tell(db, member, f"{name} tells of {prompt}", prompt, prompt)
        sharing.wish(db, member, Thing.CONTRIBUTION, told, f"{name} wishes", prompt)
    contributions.withdraw(db, member, told)
    sharing.not_possible(db, key_worker, db.get_one(Share, _newest_wish(db, member)))
    for aloud_as in (None, prompts.FREE):
        said = aloud.write_down(
            db, key_worker, member, aloud_as, f"{name} said", member.language, MOMENT.date(), f"{aloud_as}"
        )
        aloud.announce(db, key_worker, said, MOMENT.date())
    sent_on = aloud.write_down(db, key_worker, member, None, f"{name} spoke", member.language, MOMENT.date(), "on")
    aloud.announce(db, key_worker, sent_on, date(2026, 11, 2))
    aloud.send_on(db, key_worker, sent_on, "It was urgent.", MOMENT.date())
    concerns.tell(db, key_worker, sent_on, f"{name} may be in danger", concerns.FamilyTold.TOLD, "Doctor")
    safety.stop(db, key_worker, member, f"Of {name}", links_rest=False)
    safety.lift(db, key_worker, member, "It has passed", send=True)
    for place in ("ask", "tell"):
        drafts.save(db, member, place, drafts.Typed(f"{place} {name}", f"{name} begins"))
    make.a_form_draft(db, member, "ways", "words", f"never {name} at work")
    make.a_form_draft(db, member, str(member.id), "words", f"{name} began to say", key_worker)


def _newest_wish(db: Session, member: FamilyMember) -> UUID:
    return sharing.wished_by(db, member)[0].id


def _choices(db: Session, member: FamilyMember, key_worker: StaffMember, pieces: Sequence[news.News]) -> None:
    name = member.name.split()[0]
    for piece, hearing in zip(pieces, (Hearing.NOW, Hearing.LATER, Hearing.NOT_SAID), strict=True):
        row = hearing_news.release(db, key_worker, piece, member, ToldHow.BY_TELEPHONE, MOMENT.date())
        if hearing is not Hearing.NOT_SAID:
            hearing_news.choose(db, member, row, hearing)
    whereabouts.choose(db, member, db.get_one(Review, member.review_id), Hearing.NOW)
    whereabouts.note_contact(db, key_worker, member, None, shown=True)
    spoken = talks.Told(MOMENT.date(), talks.How.TELEPHONE, True, [member], f"{name} cried on the telephone")
    talk = talks.write_down(db, key_worker, db.get_one(Review, member.review_id), spoken, name)
    promises.make(db, key_worker, talk, f"bring {name} a box", MOMENT.date(), key_worker)
    wishes.wish(db, member, member, wishes.Reach(frozenset({wishes.Means.EMAIL}), never_ring=f"never {name}"))
    wishes.wish(db, member, member, wishes.Times(time(9), time(12), frozenset({0, 1})))
    wishes.wish(db, member, member, wishes.Knowing(wishes.MayKnow.THESE, f"only {name}"))
    quiet_days.keep(db, member, member, Span(date(2027, 2, 3), date(2027, 2, 3), True), f"{name} remembers", "quiet")
    quiet_days.keep_feast(db, member, member, Feast.CHRISTMAS)
    member.care, member.presence = f"Speak softly with {name}", Presence.HERE
    queue_for_family(db, Kind.NEWS, member, member.way, key_worker)
    request = removals.ask(db, member, [questions.asked_by(db, member)[0].reference])
    removals.say_more(db, member, request, f"{name} wants it out")
    asked = coming_back.Asked(name, "07700 900123", f"{name} lost it", "en", key_worker.panel, _link(db, member))
    coming_back.ask(db, asked, name)


def _link(db: Session, member: FamilyMember) -> str:
    return db.scalars(select(Invitation).where(Invitation.family_member_id == member.id)).one().secret_hash or ""


def _brought(db: Session, member: FamilyMember, coordinator: StaffMember) -> None:
    name = member.name.split()[0]
    for number, words in enumerate(("waits", "sent", "taken up", "taken back")):
        file = files.begin(db, member, f"file {number}", f"{name}.txt", words, expected=40, room=1 << 20)
        files.add_part(db, file, 0, name.ljust(40).encode(), 1 << 20)
        files.whole(db, member, file, Found(Form.TXT))
        if number:
            brought.send(db, member, file, f"{name} sends")
        if words == "taken up":
            brought.take_up(db, coordinator, file)
        if words == "taken back":
            brought.withdraw(db, member, file)
    files.begin(db, member, "half", f"half of {name}.txt", "", expected=90, room=1 << 20)


@contextmanager
def standing_still() -> Iterator[None]:
    """Let the clock stand, and every random mark of a form be the same, so that pages can be compared byte by byte."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: MOMENT)
        patch.setattr("itsdangerous.timed.TimestampSigner.get_timestamp", lambda _self: int(MOMENT.timestamp()))
        patch.setattr("time.localtime", lambda _seconds=None: MOMENT.timetuple())  # what stands in a packed file
        for module in ("portal.forms", "portal.family.write_views"):
            patch.setattr(f"{module}.uuid4", lambda: UUID(int=7))
        yield


def visitor(relatives: Relatives, who: str) -> FlaskClient:
    """Return the browser of one of them, who is inside already."""
    with relatives.house.database.reading() as db:
        link = db.scalars(select(Invitation).where(Invitation.family_member_id == relatives.ids[who])).one()
    client = as_family(relatives.app, relatives.house, link.id).client
    client.get("/en/your-space")  # so that its cookies are all there
    return client


def rows_of(house: House) -> Rows:
    """Return every row of every table."""
    with house.database.reading() as db:
        return {table.name: [dict(row) for row in db.execute(select(table)).mappings()] for table in _tables()}


def put_back(house: House, rows: Rows) -> None:
    """Let the database hold exactly these rows."""
    with house.database.writing() as db:
        for table in reversed(_tables()):
            db.execute(table.delete())
        for table in _tables():
            if rows[table.name]:
                db.execute(table.insert(), rows[table.name])


def without(rows: Rows, gone: Sequence[UUID]) -> Rows:
    """Return the rows of a world in which some people never were: without them, and without what hangs on them."""
    lost: set[UUID] = set(gone)
    names = {table.name: [one.name for one in table.columns if isinstance(one.type, Uuid)] for table in _tables()}
    lost |= {row["key_id"] for row in rows["family_members"] if row["id"] in lost}
    while True:
        found = {
            row["id"]
            for table, all_of_it in rows.items()
            for row in all_of_it
            if any(row[name] in lost for name in names[table])
        }
        if found <= lost:
            break
        lost |= found
    assert len(rows["reviews"]) == len([row for row in rows["reviews"] if row["id"] not in lost])
    return {table: [row for row in all_of_it if row["id"] not in lost] for table, all_of_it in rows.items()}


def walk(relatives: Relatives, client: FlaskClient, who: str, rows: Rows) -> dict[str, tuple[int, str, bytes]]:
    """Go to every address of the family's door, and keep everything that came back, headers too."""
    found = {}
    for path in addresses(relatives, who, rows):
        answer = client.get(path)
        headers = "\n".join(sorted(f"{name}: {value}" for name, value in answer.headers))
        found[path] = (answer.status_code, headers, answer.get_data())
        answer.close()
    return found


def addresses(relatives: Relatives, who: str, rows: Rows) -> list[str]:
    """Return every address with everything that is this person's, and with one thing of each kind of another's."""
    found: list[str] = []
    for rule in sorted(relatives.app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if not rule.endpoint.startswith("family.") or "GET" not in (rule.methods or ()):
            continue
        paths = [rule.rule]
        for name in rule.arguments:
            values = LANGUAGES.get(who, ("en",)) if name == "lang" else _values(relatives, who, name, rows)
            part = re.compile(rf"<(?:\w+:)?{name}>")
            paths = [part.sub(value, path) for path in paths for value in values]
        found += [path for path in paths if not path.endswith(".pdf") or (who, path[:4]) == _SETS_TYPE]
    return found


def _values(relatives: Relatives, who: str, name: str, rows: Rows) -> list[str]:
    mine, theirs = relatives.ids[who], {one for other, one in relatives.ids.items() if other != who}
    if name == "place":
        some = _values(relatives, who, "reference", rows)
        some = [*some[:2], *some[-3:]]
        return [*_FIXED[name], *(f"{verb}-{one}" for verb in ("change", "add", "told", "show") for one in some)]
    if name in _FIXED:
        return list(_FIXED[name])
    tables, column = _TABLES.get(name, ((f"{name.removesuffix('_id')}s",), "id"))
    all_of_it = [row for table in tables for row in rows[table]]
    whose = [{row.get("family_member_id"), row.get("owner_id"), row.get("reader_id")} for row in all_of_it]
    own = [row for row, people in zip(all_of_it, whose, strict=True) if mine in people]
    others = [row for row, people in zip(all_of_it, whose, strict=True) if people & theirs and mine not in people]
    return [str(row[column]) for row in [*own, *others[:1], *others[-1:]]]


_TABLES: dict[str, tuple[tuple[str, ...], str]] = {
    "reference": (("questions", "contributions", "files"), "reference"),
    "piece_id": (("news_for",), "id"),
    "removal_id": (("removal_requests",), "id"),
}


def _tables() -> list[Any]:
    return list(metadata.sorted_tables)
