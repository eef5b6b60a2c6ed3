"""Makes the demonstration by the same use cases that real people would set going, and writes down how to walk it."""

import json
import re
from base64 import b32encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from secrets import token_bytes
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from portal import clock
from portal.access import Role
from portal.demo.words import FAMILIES, DemoFamily, DemoPerson, DemoQuestion
from portal.house import House
from portal.review import (
    aloud,
    answers,
    contributions,
    families,
    hearing_news,
    invitations,
    kept,
    meetings,
    messages,
    news,
    people,
    promises,
    questions,
    quiet_days,
    reviews,
    talks,
)
from portal.review.answers import ToldHow
from portal.review.codes import spoken
from portal.review.families import Details
from portal.review.meetings import Meeting, MeetingKind
from portal.review.news import About, Piece
from portal.review.people import FamilyMember, StaffMember, Way
from portal.review.questions import Standing
from portal.review.quiet import Feast
from portal.review.reviews import Review
from portal.review.talks import How, Told
from portal.settings import link_to
from portal.signin.enrol import enrol

ROLES = (
    (Role.KEY_WORKER, "Kim Worker"),
    (Role.KEY_WORKER, "Sam Standin"),  # who covers when the first one is away
    (Role.COORDINATOR, "Corin Dinate"),
    (Role.CHAIR, "Chris Chair"),
    (Role.PANEL_MEMBER, "Pat Member"),
    (Role.EDITOR, "Eddie Torr"),
    (Role.EDITOR, "Vera Fyer"),  # the second person for what the first one writes
    (Role.TRANSLATOR, "Tran Slater"),
    (Role.ADMINISTRATOR, "Addie Minster"),
)
LINK = re.compile(r"\S+/i/[0-9a-z]{26}")


@dataclass
class Made:
    """What was made, with everything that it takes to walk it."""

    base_url: str
    messages_dir: str
    families: list[dict[str, Any]] = field(default_factory=list)
    staff: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class _Panel:
    staff: dict[Role, StaffMember]
    held: Meeting
    planned: Meeting


def make(home: House, deliver: Callable[[], object]) -> Made:
    """Fill an empty database; ``deliver`` sends everything that waits."""
    settings = home.settings
    made = Made(settings.base_url, str(settings.messages_folder))
    with home.database.writing() as db:
        panels = {panel.slug: _staff_of(db, home, panel.slug, made) for panel in home.panels.all}
        for family in FAMILIES:
            if family.panel in panels:
                _family(db, home, family, panels[family.panel], made)
        for panel in panels.values():
            meetings.held(db, panel.staff[Role.COORDINATOR], panel.held)
    deliver()
    _find_links(home, made)
    return made


def write_down(made: Made, path: Path) -> None:
    """Write the demonstration's own directions, for people and for scripts."""
    path.write_text(json.dumps(vars(made), ensure_ascii=False, indent=1), encoding="utf-8")
    path.chmod(0o600)


def _staff_of(db: Session, home: House, slug: str, made: Made) -> _Panel:
    staff: dict[Role, StaffMember] = {}
    for role, name in ROLES:
        second = "second-" if role in staff else ""
        email = f"{second}{role.name.lower().replace('_', '-')}.{slug}@example.org"
        person = people.add_staff(db, slug, name, email, [role], uuid4().hex)
        password, secret = f"demonstration {uuid4().hex[:8]}", b32encode(token_bytes(20)).decode()
        enrol(person, password, secret)
        staff.setdefault(role, person)
        made.staff.append(
            {
                "role": role.value,
                "name": name,
                "email": email,
                "password": password,
                "totp_secret": secret,
                "panel": slug,
                "sign_in_url": f"{home.settings.base_url}/staff/login",
            }
        )
    today, coordinator = clock.now().date(), staff[Role.COORDINATOR]
    before, to_come = (
        meetings.plan(db, coordinator, MeetingKind.PANEL_MEETING, today + timedelta(days=days)) for days in (-11, 17)
    )
    return _Panel(staff, before, to_come)


def _family(db: Session, home: House, family: DemoFamily, panel: _Panel, made: Made) -> None:
    key_worker = panel.staff[Role.KEY_WORKER]
    review = reviews.start(db, key_worker, family.child, family.stage)
    review.stage_since = clock.now().date() - timedelta(days=30)
    review.next_contact_on, review.next_contact_shown = clock.now().date() + timedelta(days=6), True
    for person in family.people:
        language = person.language if person.language in home.settings.languages else "en"
        details = Details(person.name, person.relation, language, person.way, person.address, person.care)
        member = families.bring_in(db, key_worker, review, details, uuid4().hex, home.numbers)
        number = spoken(member.number or "")
        invitations.number_noted(db, key_worker, member)
        _words(db, person, member, panel)
        if person.said:
            _around(db, person, member, panel)
        made.families.append(
            {
                "name": person.name,
                "language": member.language,
                "panel": family.panel,
                "link": "",
                "number": number,
                "family_member_id": member.id,
            }
        )


def _words(db: Session, person: DemoPerson, member: FamilyMember, panel: _Panel) -> None:
    for asked in person.questions:
        _question(db, asked, member, panel)
    for words in person.told:
        told = contributions.tell(db, member, words, uuid4().hex)
        told.kept_at = clock.now() - timedelta(days=15)


def _around(db: Session, person: DemoPerson, member: FamilyMember, panel: _Panel) -> None:
    """Write down what a person said aloud, bring them news that they have not opened, and keep a day quiet for them."""
    key_worker, today = panel.staff[Role.KEY_WORKER], clock.now().date()
    review = db.get_one(Review, member.review_id)
    aloud.write_down(db, key_worker, member, None, person.said, member.language, today - timedelta(days=2), uuid4().hex)
    meeting = Piece(About.MEETING, meeting=panel.planned.kind, day=panel.planned.held_on)
    told = news.write(db, key_worker, review, meeting, uuid4().hex)
    hearing_news.release(db, key_worker, told, member, ToldHow.BY_TELEPHONE, today)
    quiet_days.keep_feast(db, member, member, Feast.MOTHERING_SUNDAY)
    rang = Told(today - timedelta(days=5), How.TELEPHONE, True, [member], "They asked on which day the panel meets.")
    talk = talks.write_down(db, key_worker, review, rang, uuid4().hex)
    promises.make(db, key_worker, talk, "ring them about the day of the meeting", today, key_worker)


def _question(db: Session, asked: DemoQuestion, member: FamilyMember, panel: _Panel) -> None:
    coordinator, chair = panel.staff[Role.COORDINATOR], panel.staff[Role.CHAIR]
    key_worker = panel.staff[Role.KEY_WORKER]
    question = questions.ask(db, member, asked.words, uuid4().hex)
    question.kept_at = clock.now() - timedelta(days=asked.days_ago)
    if asked.state is Standing.ASKED:
        return
    if asked.state is Standing.WITHDRAWN:
        questions.withdraw(db, member, question)
        return
    questions.take_up(db, coordinator, question)
    question.taken_up_at = question.kept_at + timedelta(days=2)
    if asked.translation:
        kept.translate(db, coordinator, question, asked.translation, "Example Translations")
    if asked.state is Standing.TAKEN_UP:
        return
    waits = asked.state is Standing.AT_MEETING
    meetings.put_to(db, coordinator, question, panel.planned if waits else panel.held)
    question.at_meeting_at = question.kept_at + timedelta(days=5)
    if waits:
        return
    translator = "Example Translations" if asked.answer_translated else ""
    answer = answers.draft(db, coordinator, question, asked.outcome, asked.answer, asked.answer_translated, translator)
    if asked.state is Standing.DRAFTED:
        return
    answers.check(db, chair, question, answer)
    if asked.state is Standing.CHECKED:
        return
    answers.release(db, key_worker, question, answer, ToldHow.BY_TELEPHONE, clock.now().date())
    if asked.hearing is not answers.Hearing.NOT_SAID:
        answers.choose(db, member, question, answer, asked.hearing)


def _find_links(home: House, made: Made) -> None:
    """Find each person's link where it went: in the message, or in the letter that waits to be printed."""
    with home.database.reading() as db:
        for entry in made.families:
            member = db.get_one(FamilyMember, entry.pop("family_member_id"))
            for message in messages.to_family(db, member):
                if message.way is Way.PAPER:
                    secret = (message.text or "").partition(" ")[0]
                    text = link_to(home.settings, member.language, secret)
                else:
                    text = next(home.settings.messages_folder.glob(f"*{message.id}*.json")).read_text(encoding="utf-8")
                if found := LINK.search(text.replace("\\n", "\n")):
                    entry["link"] = found[0]


def read(path: Path, base_url: str = "") -> dict[str, Any]:
    """Read the directions again; where the portal now has another address, they are written anew with it."""
    text = path.read_text(encoding="utf-8")
    made: dict[str, Any] = json.loads(text)
    if base_url and made["base_url"] != base_url:
        text = text.replace(made["base_url"], base_url)
        path.write_text(text, encoding="utf-8")
        made = json.loads(text)
    return made
