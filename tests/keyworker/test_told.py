"""Told aloud: the key worker writes it down, it is marked so, and it goes on by the word of the person who said it."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from portal import clock
from portal.review import aloud, questions
from portal.review.aloud import SentOn
from portal.review.changing import Written, earlier_words
from portal.review.contributions import Contribution, Place
from portal.review.people import FamilyMember, Presence, StaffMember
from portal.review.questions import Question, Standing
from tests import make
from tests.browser import Browser, as_staff
from tests.family.conftest import Family
from tests.keyworker.conftest import NAME, Desk

SAID, BETTER = "She asked why nobody rang.", "I asked why nobody rang us that night."
WHY = "CanaryWhy: she has no telephone and agreed at the door."


@pytest.fixture
def member_id(desk: Desk) -> UUID:
    """A person of a family."""
    return desk.a_person(desk.a_family())


def _inside(desk: Desk, member_id: UUID) -> Browser:
    with desk.house.database.writing() as db:
        member, key_worker = db.get_one(FamilyMember, member_id), db.get_one(StaffMember, desk.key_worker_id)
        secret, number = make.a_link(db, desk.house, key_worker, member)
    return Family(desk.app, desk.house, secret, number).inside()


def _coordinator(desk: Desk) -> Browser:
    with desk.house.database.writing() as db:
        return as_staff(desk.app, make.a_coordinator(db))


def _form(desk: Desk, member_id: UUID) -> Browser:
    page = desk.browser.open(f"/keyworker/people/{member_id}").follow("Write down what they say")
    return page.fill("What they said", SAID).fill("The day on which they said it", "1 November 2026")


def _written_down(desk: Desk, member_id: UUID, what: str = "A question to the panel") -> Browser:
    return _form(desk, member_id).choose(what).choose("I have read it back to them").press("Keep it for their word")


def _row(desk: Desk, kind: type[Question] | type[Contribution] = Question) -> Written:
    with desk.house.database.reading() as db:
        if kind is Question:
            return db.scalars(select(Question).order_by(Question.kept_at.desc(), Question.id).limit(1)).one()
        return db.scalars(select(Contribution).order_by(Contribution.kept_at.desc(), Contribution.id).limit(1)).one()


def test_the_form_keeps_every_word_until_all_is_there(desk: Desk, member_id: UUID) -> None:
    page = _form(desk, member_id).press("Keep it for their word")
    assert page.status == 422
    for sentence in ("Please choose what it is.", "Please read it back to them first."):
        assert sentence in page.main
    assert page.value("What they said") == SAID
    assert NAME in page.main
    page.choose("A question to the panel").choose("I have read it back to them")
    page.fill("The day on which they said it", "31/12/2099").press("Keep it for their word")
    assert "This day is still to come." in page.main


def test_pressing_twice_writes_it_down_once(desk: Desk, member_id: UUID) -> None:
    _form(desk, member_id)
    filled = {"what": "question", "words": SAID, "language": "en", "said_on": "1 November 2026", "read_back": "y"}
    assert set(desk.post_at_once(f"/keyworker/people/{member_id}/tell", filled)) == {303}
    with desk.house.database.reading() as db:
        assert db.query(Question).count() == 1


def test_it_goes_no_further_until_the_person_says_that_it_is_right(desk: Desk, member_id: UUID) -> None:
    page = _written_down(desk, member_id)
    assert SAID in page.main
    assert "Told aloud on 1 November 2026, and written down by a key worker." in page.main
    question = _row(desk)
    assert question.state is Standing.TOLD_ALOUD
    panel = _coordinator(desk)
    assert panel.open(f"/panel/questions/{question.id}").status == 404
    assert question.reference not in panel.open("/panel/questions").main
    hers = _inside(desk, member_id).open("/en/your-space")
    assert "Your key worker wrote down something that you said." in hers.main
    assert SAID not in hers.html
    hers.follow("Read it, and say whether it is right")
    assert "Your key worker wrote this down as you said it. You said it on 1 November 2026." in hers.main
    hers.press("Yes, this is what I said")
    assert "We have kept it." in hers.main
    assert "Yes, this is what I said" not in hers.buttons
    assert "wrote down something" not in hers.open("/en/your-space").main
    assert "Told aloud." in panel.open("/panel/questions").main
    panel.open(f"/panel/questions/{question.id}").press("Take it up")
    for page in (panel, panel.follow("Draft an answer")):
        assert "Told aloud on 1 November 2026, and written down by the key worker." in page.main
        assert "The person who said it has read it, and says that it is right." in page.main


def test_the_person_puts_it_right_and_what_was_written_down_stays_with_them_alone(desk: Desk, member_id: UUID) -> None:
    _written_down(desk, member_id, "For the panel: What happened, as they saw it")
    told = _row(desk, Contribution)
    assert told.state is Place.TOLD_ALOUD
    hers = _inside(desk, member_id).open(f"/en/your-space/words/{told.reference}").follow("Put it right")
    assert hers.value("As you said it") == SAID
    hers.fill("As you said it", BETTER).press("Look at it and send").press("Yes, this is what I said")
    assert BETTER in hers.main
    assert "What stood here before" in hers.main
    panel = _coordinator(desk).open(f"/panel/contributions/{told.id}")
    assert BETTER in panel.main
    assert SAID not in panel.main
    assert "What happened, as they saw it" in panel.main
    assert SAID not in desk.browser.open(f"/keyworker/told/{told.id}").main
    with desk.house.database.reading() as db:
        assert [one.words for one in earlier_words(db, db.get_one(Contribution, told.id))] == [SAID]


def test_the_person_leaves_it_out_and_brings_it_back_to_where_it_waits(desk: Desk, member_id: UUID) -> None:
    _written_down(desk, member_id)
    question = _row(desk)
    hers = _inside(desk, member_id).open(f"/en/your-space/words/{question.reference}")
    hers.follow("No, leave it out").press("Yes, take it back")
    assert desk.browser.open(f"/keyworker/questions/{question.id}").status == 404
    assert hers.press("Bring this back").status == 200
    assert "Yes, this is what I said" in hers.buttons


def test_what_is_for_the_key_worker_alone_reaches_the_key_worker_and_no_panel(desk: Desk, member_id: UUID) -> None:
    _written_down(desk, member_id, "For you alone: Support")
    told = _row(desk, Contribution)
    _inside(desk, member_id).open(f"/en/your-space/words/{told.reference}").press("Yes, this is what I said")
    page = desk.browser.open("/keyworker/").follow("Zebedee").follow(f"Reference: {told.reference}")
    assert SAID in page.main
    assert "For you; it does not go to the panel" in page.main
    need = f"Somebody wrote something for you: {told.reference}"
    assert "I have read it" not in page.open("/keyworker/").follow(need).press("I have read it").buttons
    assert need not in page.open("/keyworker/").links
    assert _coordinator(desk).open(f"/panel/contributions/{told.id}").status == 404


@pytest.mark.whole
def test_without_a_word_it_goes_on_a_week_after_the_person_was_told_by_the_key_workers_own_act(
    desk: Desk, member_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    _written_down(desk, member_id)
    question = _row(desk)
    need = f"Tell them that something waits for their word: {question.reference}"
    page = desk.browser.open("/keyworker/").follow(need)
    send_on = f"/keyworker/told/{question.id}/send-on"
    assert page.open(send_on).status == 409
    page.open(f"/keyworker/questions/{question.id}").press("I have told them that it waits for their word")
    assert "Without their word you can send it on from" in page.main
    assert need not in page.open("/keyworker/").main
    assert page.open(send_on).status == 409
    with desk.house.database.writing() as db:
        row = db.get_one(Question, question.id)
        assert row.announced_on is not None
        row.announced_on -= timedelta(days=7)
    page.open("/keyworker/").follow(f"A week has gone by without a word about {question.reference}")
    page.follow("Send it on without their word").press("Send it on")
    assert "Please write why it goes on without their word." in page.main
    page.fill("Why does it go on without their word?", WHY).press("Send it on")
    assert "It was sent on and is not confirmed by its person." in page.main
    assert WHY in page.main
    panel = _coordinator(desk).open(f"/panel/questions/{question.id}")
    assert "Not confirmed by the person who said it." in panel.main
    hers = _inside(desk, member_id)
    for path in ("", "/words", f"/words/{question.reference}", f"/kept/{question.reference}"):
        assert "CanaryWhy" not in hers.open(f"/en/your-space{path}").html
    assert "CanaryWhy" not in panel.html
    hers.open(f"/en/your-space/words/{question.reference}").press("Yes, this is what I said")
    assert "Not confirmed" not in panel.open(f"/panel/questions/{question.id}").main
    with desk.house.database.reading() as db:
        assert db.query(SentOn).one().why == WHY


def test_nobody_is_spoken_to_about_it_while_they_have_paused(desk: Desk, member_id: UUID) -> None:
    _written_down(desk, member_id)
    with desk.house.database.writing() as db:
        db.get_one(FamilyMember, member_id).presence = Presence.NOT_NOW
    assert "waits for their word" not in desk.browser.open("/keyworker/").main


def test_another_key_workers_people_are_not_there(desk: Desk, member_id: UUID) -> None:
    _written_down(desk, member_id, "Something that the panel should know")
    told = _row(desk, Contribution)
    with desk.house.database.writing() as db:
        other = as_staff(desk.app, make.a_key_worker(db))
    for path in (f"people/{member_id}/tell", f"told/{told.id}", f"told/{told.id}/send-on"):
        assert other.open(f"/keyworker/{path}").status == 404


def test_what_is_written_down_is_in_the_language_in_which_it_was_said(desk: Desk, member_id: UUID) -> None:
    page = _form(desk, member_id).choose("A question to the panel").choose("I have read it back to them")
    page.choose("polski").press("Keep it for their word")
    with desk.house.database.writing() as db:
        question = db.get_one(Question, _row(desk).id)
        assert question.language == "pl"
        aloud.confirm(db, db.get_one(FamilyMember, member_id), question)
    panel = _coordinator(desk).open(f"/panel/questions/{_row(desk).id}")
    assert "Written in Polish." in panel.main


def test_an_answer_is_translated_into_what_the_person_reads_in_whichever_language_they_spoke(desk: Desk) -> None:
    member_id = desk.a_person(desk.a_family())
    with desk.house.database.writing() as db:
        member, key_worker = db.get_one(FamilyMember, member_id), db.get_one(StaffMember, desk.key_worker_id)
        member.language = "ur"
        today = clock.now().date()
        question = aloud.write_down(db, key_worker, member, None, SAID, "en", today, "once")
        aloud.confirm(db, member, question)
        questions.take_up(db, make.a_coordinator(db), db.get_one(Question, question.id))
        question_id = question.id
    writer = _coordinator(desk).open(f"/panel/questions/{question_id}/answer").choose("Answered in full")
    writer.fill("The answer, in plain English", "Nobody had the number.").fill(
        "The same answer in Urdu", "نمبر نہیں تھا۔"
    )
    writer.fill("Name of the translator", "Nadia Begum").press("Keep this draft")
    assert 'lang="ur" dir="rtl">نمبر' in writer.html


def test_what_a_person_puts_in_its_place_is_in_the_language_that_they_read(desk: Desk, member_id: UUID) -> None:
    page = _form(desk, member_id).choose("A question to the panel").choose("I have read it back to them")
    page.choose("polski").press("Keep it for their word")
    with desk.house.database.writing() as db:
        member = db.get_one(FamilyMember, member_id)
        member.language = "ur"
        aloud.put_right(db, member, db.get_one(Question, _row(desk).id), "فون کیوں نہیں آیا؟")
    assert "Written in Urdu." in _coordinator(desk).open(f"/panel/questions/{_row(desk).id}").main
