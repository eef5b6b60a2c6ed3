"""Notes to colleagues: left for whoever looks after the family, taken back by whoever wrote them; no path leads on."""

from uuid import UUID

import pytest
from sqlalchemy import select

from portal import stage_letters
from portal.copying.gathering import everything_of
from portal.review import cover, invitations, leaves, meetings, messages, notes, questions
from portal.review.history import Entry
from portal.review.meetings import MeetingKind
from portal.review.notes import ColleagueNote
from portal.review.people import StaffMember, Way
from portal.review.reviews import NotHere, Review
from tests import make
from tests.browser import as_family, as_staff
from tests.house.world import everything_in
from tests.keyworker.conftest import Desk, a_desk

FIELD = "What should a colleague know?"


def _write(desk: Desk, review_id: UUID, words: str) -> UUID:
    desk.browser.open(f"/keyworker/families/{review_id}").follow("Notes to colleagues")
    desk.browser.fill(FIELD, words).press("Keep this note")
    assert words in desk.browser.main
    with desk.house.database.reading() as db:
        newest = select(ColleagueNote.id).order_by(ColleagueNote.written_at.desc(), ColleagueNote.id)
        return db.scalars(newest.limit(1)).one()


def test_a_note_stays_with_the_family_the_newest_first_and_says_who_wrote_it(desk: Desk) -> None:
    review_id = desk.a_family()
    _write(desk, review_id, "Ring the grandmother first.")
    _write(desk, review_id, "She has moved to Bath.")
    text = desk.browser.main
    assert text.index("She has moved") < text.index("Ring the grandmother")
    assert "Kit Worker" in text
    with desk.house.database.reading() as db:
        verbs = db.scalars(select(Entry.verb).where(Entry.review_id == review_id).order_by(Entry.at)).all()
    assert verbs.count("note written") == 2


def test_a_note_that_is_sent_twice_is_left_once_and_an_empty_one_not_at_all(desk: Desk) -> None:
    review_id = desk.a_family()
    path = f"/keyworker/families/{review_id}/notes"
    desk.browser.open(path)
    assert set(desk.post_at_once(path, {"words": "Ring after six."})) == {303}
    assert desk.browser.open(path).main.count("Ring after six.") == 1
    desk.browser.press("Keep this note")
    assert desk.browser.status == 422
    assert "Please write what a colleague should know." in desk.browser.main


def test_what_is_taken_back_only_its_writer_sees_and_may_leave_after_all(desk: Desk) -> None:
    review_id = desk.a_family()
    note_id = _write(desk, review_id, "This was about another family.")
    desk.browser.press("Take this note back")
    assert "Taken back: only you see it here." in desk.browser.main
    with desk.house.database.writing() as db:
        other = make.a_key_worker(db)
        db.get_one(Review, review_id).key_worker_id = other.id  # the family has somebody else now
        colleague = as_staff(desk.app, other)
    path = f"/keyworker/families/{review_id}/notes"
    assert "This was about another family." not in colleague.open(path).main
    assert desk.browser.open(path).status == 404
    answer = colleague.client.post(f"/keyworker/notes/{note_id}/put-back")
    assert answer.status_code in (404, 422)
    with desk.house.database.writing() as db:
        db.get_one(Review, review_id).key_worker_id = desk.key_worker_id
    desk.browser.open(path).press("Leave it after all")
    assert "Taken back" not in desk.browser.main


def test_whoever_looks_after_the_family_next_reads_the_notes_and_takes_none_of_them_back(desk: Desk) -> None:
    review_id = desk.a_family()
    note_id = _write(desk, review_id, "The father works at night.")
    with desk.house.database.writing() as db:
        other = make.a_key_worker(db)
        db.get_one(Review, review_id).key_worker_id = other.id
        colleague, other_id = as_staff(desk.app, other), other.id
    colleague.open(f"/keyworker/families/{review_id}/notes")
    assert "The father works at night." in colleague.main
    assert "Take this note back" not in colleague.buttons
    with desk.house.database.writing() as db, pytest.raises(NotHere):
        notes.one_of_my_own(db, db.get_one(StaffMember, other_id), note_id)


def test_another_familys_key_worker_finds_no_notes(desk: Desk) -> None:
    review_id = desk.a_family()
    note_id = _write(desk, review_id, "Nobody else's.")
    other = a_desk(desk.app, desk.house)
    assert other.browser.open(f"/keyworker/families/{review_id}/notes").status == 404
    assert other.browser.client.post(f"/keyworker/notes/{note_id}/take-back").status_code in (404, 422)


def test_a_note_written_while_the_sign_in_ran_out_comes_back_to_be_sent_again(desk: Desk) -> None:
    path = f"/keyworker/families/{desk.a_family()}/notes"
    desk.browser.open(path)
    with desk.browser.client.session_transaction() as session:
        session["seen"] = 0
    desk.browser.fill(FIELD, "Her sister  rang: <b>ring back</b>.").press("Keep this note")
    assert desk.browser.status == 401
    assert desk.browser.heading == "Please sign in again: what you wrote is still here"
    assert "Her sister  rang: &lt;b&gt;ring back&lt;/b&gt;." in desk.browser.html


@pytest.mark.whole
def test_a_canary_in_a_note_is_in_no_page_message_letter_print_or_copy_of_the_family(desk: Desk) -> None:
    canary = "CanaryNoteOfAColleague"
    review_id = desk.a_family()
    _write(desk, review_id, canary)
    with desk.house.database.writing() as db:
        key_worker, review = db.get_one(StaffMember, desk.key_worker_id), db.get_one(Review, review_id)
        for to in (make.a_key_worker(db), key_worker):  # handed over and back, each time with a note
            cover.hand_over(db, key_worker, [review], to, canary)
        coordinator = make.a_coordinator(db)
        meeting = meetings.plan(db, coordinator, MeetingKind.PANEL_MEETING, leaves.today())
        people = [
            make.a_family_member(db, review, "Amina Quill"),
            make.a_family_member(db, review, "Daniel Quill", way=Way.PAPER, address=None),
        ]
        for member in people:
            question = make.a_question(db, member)
            questions.take_up(db, coordinator, question)
            meetings.put_to(db, coordinator, question, meeting)
        links = [invitations.invite(db, key_worker, member, member.way).id for member in people]
        assert not [one for one in people if canary in repr(everything_of(db, one))]
        (letter,) = messages.to_family(db, people[1])
        theirs = f"/keyworker/people/{people[1].id}"
        printed = [f"/keyworker/messages/{letter.id}/letter", f"{theirs}/letters", f"{theirs}/preview"]
        printed += [f"{theirs}/letters/en/{name}" for name in stage_letters.NAMES]
        panel, pack = as_staff(desk.app, coordinator), f"/panel/meetings/{meeting.id}/pack"
    desk.courier_comes()
    sent = [one.read_text("utf-8") for one in desk.house.settings.messages_folder.iterdir()]
    assert sent
    assert not [text for text in sent if canary in text]
    pages = 0
    for link_id in links:
        browser = as_family(desk.app, desk.house, link_id)
        waiting, seen = ["/en/your-space"], set()
        while waiting:
            path = waiting.pop()
            seen.add(path)
            answer = browser.client.get(path)
            assert canary not in everything_in(answer), path
            pages += 1
            if answer.mimetype == "text/html" and answer.status_code == 200:
                browser.open(path)
                hrefs = [one.get("href") or "" for one in browser.tree.iter("{http://www.w3.org/1999/xhtml}a")]
                waiting += {one for one in hrefs if one.startswith("/en/your-space")} - {*seen, *waiting}
    assert pages > 20
    ours = ("/panel/questions", "/panel/contributions", "/panel/brought", "/panel/concerns", "/panel/meetings", pack)
    for path in ours:
        assert canary not in panel.open(path).html, path
    for path in (theirs, *printed, f"{printed[0]}.pdf", f"{printed[-1]}/letter.pdf"):
        answer = desk.browser.client.get(path)
        assert answer.status_code == 200, path
        assert canary not in everything_in(answer), path
