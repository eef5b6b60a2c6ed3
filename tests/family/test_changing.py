"""After sending: words can be changed, added to, taken back and brought back, and none of them is ever lost."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from portal import clock
from portal.house import House
from portal.review import aloud, answers, changing, contributions, kept, meetings, questions
from portal.review.answers import Outcome, ToldHow
from portal.review.changing import Fixed, Written
from portal.review.contributions import Contribution, Place
from portal.review.meetings import Meeting, MeetingKind
from portal.review.people import FamilyMember, StaffMember
from portal.review.questions import NotNow, Question, Standing
from tests import make, squares
from tests.browser import Browser, as_staff
from tests.family.conftest import Family

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

FIRST, SECOND, MORE = "Why did nobody ring us?", "Why did nobody ring us that night?", "And the night before?"


@dataclass
class Room:
    """A mother's space, and the people of the staff who read what she sends."""

    family: Family
    app: Flask
    house: House
    ids: dict[str, UUID]

    def staff(self, db: Session, who: str) -> StaffMember:
        """Return somebody of the staff."""
        return db.get_one(StaffMember, self.ids[who])

    def member(self, db: Session) -> FamilyMember:
        """Return the mother."""
        return db.get_one(FamilyMember, self.ids["mother"])

    def browser(self, who: str) -> Browser:
        """Return the browser of somebody of the staff."""
        with self.house.database.reading() as db:
            return as_staff(self.app, self.staff(db, who))

    def asked(self, words: str = FIRST) -> UUID:
        """Ask a question."""
        with self.house.database.writing() as db:
            return make.a_question(db, self.member(db), words).id

    def told(self, prompt: str = "free", words: str = FIRST) -> UUID:
        """Tell something."""
        with self.house.database.writing() as db:
            return contributions.tell(db, self.member(db), words, uuid4().hex, prompt).id

    def said(self, prompt: str | None = None, words: str = FIRST, language: str = "en") -> UUID:
        """Say something aloud to the key worker, who writes it down."""
        today = clock.now().date()
        with self.house.database.writing() as db:
            key_worker, member = self.staff(db, "key worker"), self.member(db)
            return aloud.write_down(db, key_worker, member, prompt, words, language, today, uuid4().hex).id

    def at_a_meeting(self, question_id: UUID, *, pack: bool = False) -> UUID:
        """Bring a question to a meeting, and make its pack."""
        with self.house.database.writing() as db:
            coordinator, question = self.staff(db, "coordinator"), db.get_one(Question, question_id)
            meeting = meetings.plan(db, coordinator, MeetingKind.PANEL_MEETING, clock.now().date())
            questions.take_up(db, coordinator, question)
            meetings.put_to(db, coordinator, question, meeting)
            if pack:
                meetings.make_pack(db, coordinator, meeting)
            return meeting.id

    def page(self, row_id: UUID) -> str:
        """Return the address of something in her space."""
        with self.house.database.reading() as db:
            row: Written = db.get(Question, row_id) or db.get_one(Contribution, row_id)
            return f"/en/your-space/words/{row.reference}"


@pytest.fixture
def room(app: Flask, house: House) -> Room:
    """A mother's space, with a key worker, a coordinator and a chair."""
    with house.database.writing() as db:
        key_worker = make.a_key_worker(db)
        member = make.a_family_member(db, make.a_review(db, key_worker))
        secret, number = make.a_link(db, house, key_worker, member)
        ids = {"key worker": key_worker.id, "mother": member.id, "review": member.review_id}
        ids |= {"coordinator": make.a_coordinator(db).id, "chair": make.a_chair(db).id}
    return Room(Family(app, house, secret, number), app, house, ids)


def write(browser: Browser, label: str, words: str, button: str) -> Browser:
    """Write on the page that lies open, look at it, and send it."""
    return browser.fill(label, words).press("Look at it and send").press(button)


def test_a_receipt_says_how_to_ring_about_it_who_sees_it_until_when_and_how_to_keep_it(room: Room) -> None:
    question = room.page(room.asked()).rpartition("/")[2]
    browser = room.family.inside().open(f"/en/your-space/kept/{question}")
    assert f'<p class="said-aloud"><bdi class="nb" dir="ltr">{question}</bdi></p>' in browser.html
    for part in (
        "You, your key worker and the review team. Nobody else in your family.",
        "You can change it until the review team fixes the words for the meeting",
        "Your browser can print this page or save it.",
    ):
        assert part in browser.main


def test_what_goes_to_the_key_worker_alone_says_so(room: Room) -> None:
    reference = room.page(room.told("support")).rpartition("/")[2]
    browser = room.family.inside().open(f"/en/your-space/kept/{reference}")
    assert "You and your key worker. Nobody else in your family." in browser.main
    assert "speaks with you about it" in browser.main
    assert "review team" not in browser.main
    assert room.browser("coordinator").open("/panel/contributions").main.count(reference) == 0


def test_changed_words_take_their_place_and_the_earlier_ones_are_kept_for_her_alone(room: Room) -> None:
    question_id = room.asked()
    with room.house.database.writing() as db:
        questions.take_up(db, room.staff(db, "coordinator"), db.get_one(Question, question_id))
        kept.translate(db, room.staff(db, "coordinator"), db.get_one(Question, question_id), "Why?", "Nadia Begum")
        db.get_one(Question, question_id).language = "pl"
    browser = room.family.inside().open(room.page(question_id))
    assert "Translated by Nadia Begum." in browser.main
    browser.follow("Change what you wrote")
    assert browser.value("Your words") == FIRST
    write(browser, "Your words", SECOND, "Keep it like this")
    assert SECOND in browser.main
    browser.open(room.page(question_id))
    assert "What stood here before" in browser.main
    assert FIRST in browser.main
    assert "Nadia" not in browser.main
    panel = room.browser("coordinator").open(f"/panel/questions/{question_id}")
    assert SECOND in panel.main
    assert FIRST not in panel.main
    assert "The person put other words here on" in panel.main
    assert "These words need a translation" in panel.main
    assert "Add a translation" in panel.links
    key_worker = room.browser("key worker").open(f"/keyworker/questions/{question_id}")
    assert "Changed by its person on" in key_worker.main
    assert FIRST not in key_worker.main


def test_words_put_twice_are_put_once(room: Room) -> None:
    question_id = room.asked()
    for _ in range(2):
        with room.house.database.writing() as db:
            changing.change(db, room.member(db), db.get_one(Question, question_id), SECOND)
    with room.house.database.reading() as db:
        question = db.get_one(Question, question_id)
        assert [one.words for one in changing.earlier_words(db, question)] == [FIRST]


def test_while_a_colleague_has_the_earlier_words_before_them_nothing_is_decided_on_them(room: Room) -> None:
    question_id = room.asked()
    with room.house.database.writing() as db:
        questions.take_up(db, room.staff(db, "coordinator"), db.get_one(Question, question_id))
    panel = room.browser("coordinator").open(f"/panel/questions/{question_id}/answer")
    panel.choose("Answered in full").fill("The answer, in plain English", "Because of the earlier words.")
    with room.house.database.writing() as db:
        changing.change(db, room.member(db), db.get_one(Question, question_id), SECOND)
    panel.press("Keep this draft")
    assert panel.status == 409
    assert panel.value("The answer, in plain English") == "Because of the earlier words."
    assert SECOND in panel.main


def test_once_the_pack_is_made_words_stay_can_be_added_to_and_be_taken_back(room: Room) -> None:
    question_id = room.asked()
    meeting_id = room.at_a_meeting(question_id)
    browser = room.family.inside().open(room.page(question_id)).follow("Change what you wrote")
    browser.fill("Your words", SECOND).press("Look at it and send")
    panel = room.browser("coordinator").open(f"/panel/meetings/{meeting_id}").follow("The words for this meeting")
    assert FIRST in panel.main
    assert "Its words are fixed." in panel.press("Make the pack").main
    browser.press("Keep it like this")
    assert "The words that you sent stay as they are now." in browser.main
    assert SECOND in browser.html
    browser.open(room.page(question_id))
    assert "The words for the meeting are fixed now" in browser.main
    assert "Change what you wrote" not in browser.links
    browser.follow("Take this back")
    assert "People at the meeting may have read it on paper already." in browser.main
    write(browser.open(room.page(question_id)).follow("Add something to it"), "Your question", MORE, "Send my question")
    assert browser.heading == "We have your question"
    panel.press("Let the words be changed again")
    assert "Change what you wrote" in browser.open(room.page(question_id)).links


def test_the_day_of_the_meeting_is_said_when_she_presses_for_it(room: Room) -> None:
    question_id = room.asked()
    meeting_id = room.at_a_meeting(question_id)
    with room.house.database.reading() as db:
        held_on = db.get_one(Meeting, meeting_id).held_on
    said = f"{held_on.day} {held_on:%B %Y}"
    browser = room.family.inside().open(room.page(question_id))
    assert f"planned for {said}" not in browser.html
    browser.follow("Show me the day of the meeting")
    assert f"The meeting is planned for {said}." in browser.main


def test_only_a_coordinator_makes_a_pack_and_a_question_is_put_to_no_meeting_whose_pack_is_made(room: Room) -> None:
    meeting_id = room.at_a_meeting(room.asked(), pack=True)
    chair = room.browser("chair").open(f"/panel/meetings/{meeting_id}/pack")
    assert FIRST in chair.main
    assert "Let the words be changed again" not in chair.buttons
    other = room.asked(SECOND)
    panel = room.browser("coordinator").open(f"/panel/questions/{other}").press("Take it up")
    assert "Put it to this meeting" not in panel.follow("Put it to a meeting").buttons
    with room.house.database.writing() as db:
        coordinator, meeting = room.staff(db, "coordinator"), db.get_one(Meeting, meeting_id)
        with pytest.raises(NotNow):
            meetings.put_to(db, coordinator, db.get_one(Question, other), meeting)
        db.rollback()


def test_what_she_told_can_be_changed_until_it_is_taken_up(room: Room) -> None:
    told_id = room.told()
    browser = room.family.inside().open(room.page(told_id))
    assert "You can change it until the review team takes it up." in browser.main
    room.browser("coordinator").open(f"/panel/contributions/{told_id}").press("Take it up")
    browser.open(room.page(told_id))
    assert "The review team has taken it up, so these words stay as they are." in browser.main
    write(
        browser.follow("Add something to it"),
        "What you want to add",
        MORE,
        "Send it",
    )
    assert browser.heading == "We have what you wrote"


@pytest.mark.whole
def test_what_is_asked_after_an_answer_is_a_new_question_tied_to_the_first(room: Room) -> None:
    question_id = room.asked()
    with room.house.database.writing() as db:
        staff = (room.staff(db, "coordinator"), room.staff(db, "chair"), room.staff(db, "key worker"))
        make.a_released_answer(db, db.get_one(Question, question_id), *staff)
    browser = room.family.inside().open(room.page(question_id))
    first = browser.path.rpartition("/")[2]
    write(browser.follow("Add something to it"), "Your question", MORE, "Send my question")
    browser.follow("See what becomes of it")
    second = browser.path.rpartition("/")[2]
    assert "You added this to something that you had written before:" in browser.main
    assert f"You added to this later: {second}" in browser.follow(first).main
    panel = room.browser("coordinator").open(f"/panel/questions/{question_id}")
    assert "The person added to it later:" in panel.main
    assert MORE in panel.follow(second).main
    assert f"The person added this to what they wrote before: {first}" in panel.main
    key_worker = room.browser("key worker").open(f"/keyworker/questions/{question_id}")
    assert MORE in key_worker.follow(second).main
    assert "It was added to this:" in key_worker.main


def _rows(db: Session, row_id: UUID) -> Written:
    return db.get(Question, row_id) or db.get_one(Contribution, row_id)


@pytest.mark.parametrize(
    ("make_it", "state"),
    [
        (lambda room: room.asked(), Standing.ASKED),
        (lambda room: room.told(), Place.KEPT),
        (lambda room: room.told("support"), Place.FOR_KEY_WORKER),
        (lambda room: room.said(), Standing.TOLD_ALOUD),
        (lambda room: room.said("what-happened"), Place.TOLD_ALOUD),
    ],
    ids=["asked", "told", "for the key worker", "question told aloud", "told aloud"],
)
def test_what_was_taken_back_comes_back_with_one_press_as_it_was(
    room: Room, make_it: Callable[[Room], UUID], state: Standing | Place
) -> None:
    row_id = make_it(room)
    browser = room.family.inside().open(room.page(row_id))
    browser.follow("No, leave it out" if state in changing.WAITS else "Take this back").press("Yes, take it back")
    assert "You took this back." in browser.main
    token = {"csrf_token": browser.html.split('name="csrf_token" value="')[1].split('"')[0]}
    assert browser.client.post(f"{room.page(row_id)}/take-back", data=token).status_code == 303
    browser.press("Bring this back")
    assert "You took this back." not in browser.main
    assert browser.client.post(f"{room.page(row_id)}/bring-back", data=token).status_code == 303
    with room.house.database.reading() as db:
        assert _rows(db, row_id).state is state


def test_a_checked_answer_does_not_hold_her_question_fast(room: Room) -> None:
    question_id = room.asked()
    with room.house.database.writing() as db:
        staff = (room.staff(db, "coordinator"), room.staff(db, "chair"))
        make.a_checked_answer(db, db.get_one(Question, question_id), *staff)
    browser = room.family.inside().open(room.page(question_id))
    browser.follow("Take this back").press("Yes, take it back")
    assert room.browser("key worker").open(f"/keyworker/questions/{question_id}/bring").status == 404
    browser.press("Bring this back")
    panel = room.browser("coordinator").open(f"/panel/questions/{question_id}").press("Take it up")
    assert "Draft an answer" in panel.links


def test_why_words_are_fixed_is_told_for_every_place_where_they_stand(room: Room) -> None:
    question_id = room.asked()
    steps: list[tuple[Callable[[Session, Question], object], str | None]] = [
        (lambda db, one: questions.take_up(db, room.staff(db, "coordinator"), one), None),
        (lambda db, one: answers.draft(db, room.staff(db, "coordinator"), one, Outcome.WHOLE, "So."), "ANSWER_BEGUN"),
        (lambda db, one: answers.check(db, room.staff(db, "chair"), one, answers.to(db, one)), "ANSWER_BEGUN"),  # type: ignore[arg-type]  # it is there
        (lambda db, one: _release(room, db, one), "ANSWERED"),
    ]
    for step, why in steps:
        with room.house.database.writing() as db:
            question = db.get_one(Question, question_id)
            step(db, question)
            assert changing.fixed(db, question) is (Fixed[why] if why else None)
            if why:
                with pytest.raises(NotNow):
                    changing.change(db, room.member(db), question, SECOND)


def _release(room: Room, db: Session, question: Question) -> None:
    answer = answers.to(db, question)
    assert answer is not None
    answers.release(db, room.staff(db, "key worker"), question, answer, ToldHow.IN_PERSON, clock.now().date())


def test_nobody_else_changes_adds_to_or_confirms_her_words(room: Room, father: Family) -> None:
    said, asked = room.page(room.said()), room.page(room.asked())
    browser = father.inside()
    for place in (f"told-{said.rpartition('/')[2]}", f"change-{asked.rpartition('/')[2]}", f"add-{asked[-7:]}"):
        assert browser.open(f"/en/your-space/write/{place}").status == 404
    browser.open("/en/your-space/leaving")
    token = {"csrf_token": browser.html.split('name="csrf_token" value="')[1].split('"')[0]}
    assert browser.client.post(f"{said}/right", data=token).status_code == 404
    assert browser.client.post(f"{asked}/bring-back", data=token).status_code == 404


@pytest.mark.whole
def test_what_is_taken_back_is_on_no_page_of_anybody_of_the_staff_and_is_back_with_one_press(room: Room) -> None:
    canaries = {"asked": room.asked("CanaryAsked"), "told": room.told(words="CanaryTold")}
    canaries["support"] = room.told("support", "CanarySupport")
    canaries["said"] = room.said(words="CanarySaid")
    canaries["met"] = room.asked("CanaryMet")
    meeting_id = room.at_a_meeting(canaries["met"], pack=True)
    tokens = {f"Canary{name.title()}" for name in canaries} | {room.page(one)[-7:] for one in canaries.values()}
    assert _met(room, [*canaries.values()], meeting_id, tokens) == tokens
    browser = room.family.inside()
    for row_id in canaries.values():
        browser.open(room.page(row_id))
        browser.follow("No, leave it out" if row_id == canaries["said"] else "Take this back")
        browser.press("Yes, take it back")
    assert _met(room, [*canaries.values()], meeting_id, tokens) == set()
    for row_id in canaries.values():
        browser.open(room.page(row_id)).press("Bring this back")
    assert _met(room, [*canaries.values()], meeting_id, tokens) == tokens


def _met(room: Room, rows: list[UUID], meeting_id: UUID, tokens: set[str]) -> set[str]:
    """Return what somebody of the staff meets on any page that there is."""
    named = {"meeting_id": [meeting_id], "member_id": [room.ids["mother"]], "review_id": [room.ids["review"]]}
    found: set[str] = set()
    for who in ("key worker", "coordinator", "chair"):
        client = room.browser(who).client
        for rule in room.app.url_map.iter_rules():
            if rule.endpoint.split(".")[0] not in ("keyworker", "panel") or "GET" not in (rule.methods or ()):
                continue
            if not rule.arguments <= {*named, "question_id", "contribution_id", "told_id"}:
                continue
            paths = [rule.rule]
            for name in rule.arguments:
                paths = [path.replace(f"<uuid:{name}>", str(one)) for path in paths for one in named.get(name, rows)]
            for path in paths:
                answer = client.get(path)
                text = squares.words_of(answer.data) if answer.mimetype == "application/pdf" else answer.text
                found |= {token for token in tokens if token in text and token not in path}
    return found
