"""A key worker's acts for a family: each happens once, to the right person, and says what became of it."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from sqlalchemy.orm import Session

from portal import clock
from portal.house import House
from portal.review import families, history, invitations, messages, reviews, sent
from portal.review.families import Details
from portal.review.messages import Travel
from portal.review.people import FamilyMember, Relation, StaffMember, Way
from portal.review.questions import NotNow
from portal.review.reviews import NotHere, Review, Stage
from portal.review.sent import LinkStanding
from tests import make

DETAILS = Details("Amina Quill", Relation.MOTHER, "ur", Way.EMAIL, "amina@example.org", None)


@pytest.fixture
def db(house: House) -> Iterator[Session]:
    """A session that writes."""
    with house.database.writing() as session:
        yield session


@pytest.fixture
def key_worker(db: Session) -> StaffMember:
    """A key worker."""
    return make.a_key_worker(db)


@pytest.fixture
def review(db: Session, key_worker: StaffMember) -> Review:
    """One of their families."""
    return make.a_review(db, key_worker)


@pytest.fixture
def member(db: Session, house: House, key_worker: StaffMember, review: Review) -> FamilyMember:
    """A person who was brought in."""
    return families.bring_in(db, key_worker, review, DETAILS, uuid4().hex, house.numbers)


def _standing(db: Session, member: FamilyMember) -> LinkStanding:
    return sent.post_of(db, [member])[member.id].standing


def test_the_same_form_begins_one_review(db: Session, key_worker: StaffMember) -> None:
    once = uuid4().hex
    first, second = (families.begin(db, key_worker, " Zebedee ", Stage.PANEL, once) for _ in range(2))
    assert first is second
    assert (first.child, first.panel, first.stage) == ("Zebedee", key_worker.panel, Stage.PANEL)
    assert families.begin(db, key_worker, "Zebedee", Stage.PANEL, uuid4().hex) is not first
    assert len(reviews.looked_after_by(db, key_worker)) == 2


def test_the_mark_of_one_key_workers_form_means_nothing_for_another(db: Session, key_worker: StaffMember) -> None:
    once = uuid4().hex
    mine = families.begin(db, key_worker, "Zebedee", Stage.PANEL, once)
    assert families.begin(db, make.a_key_worker(db), "Zebedee", Stage.PANEL, once) is not mine


def test_the_same_form_brings_in_one_person_with_one_link_and_one_number(
    db: Session, house: House, key_worker: StaffMember, review: Review
) -> None:
    once = uuid4().hex
    people = [families.bring_in(db, key_worker, review, DETAILS, once, house.numbers) for _ in range(2)]
    assert people[0] is people[1]
    assert len(invitations.of_member(db, people[0])) == len(messages.to_family(db, people[0])) == 1
    number = people[0].number
    assert number is not None
    assert house.numbers.fits(people[0].number_hash, number)
    verbs = [entry.verb for entry in db.query(history.Entry).where(history.Entry.subject_id == people[0].id)]
    assert sorted(verbs) == ["invited", "number made", "person added"]


def test_each_person_has_a_key_of_their_own(
    db: Session, house: House, key_worker: StaffMember, review: Review, member: FamilyMember
) -> None:
    other = families.bring_in(db, key_worker, review, DETAILS, uuid4().hex, house.numbers)
    assert len({member.key_id, other.key_id, review.key_id}) == 3


def test_a_link_stands_as_its_message_travelled_until_it_is_opened_or_ended(db: Session, member: FamilyMember) -> None:
    message, link = messages.to_family(db, member)[0], invitations.of_member(db, member)[0]
    assert _standing(db, member) is LinkStanding.WAITING
    for state in (Travel.SENT, Travel.ARRIVED, Travel.CAME_BACK, Travel.UNCERTAIN, Travel.TO_PRINT):
        messages.settle(message, state)
        assert _standing(db, member).value == state.value
    link.opened_at = clock.now()
    assert _standing(db, member) is LinkStanding.OPENED
    link.ended_at = clock.now()
    assert _standing(db, member) is LinkStanding.ENDED


def test_somebody_without_a_link_is_not_invited_yet(db: Session, review: Review) -> None:
    nobody = make.a_family_member(db, review)
    assert _standing(db, nobody) is LinkStanding.NOT_INVITED
    assert not sent.has_a_live_link(db, nobody)


def test_a_message_in_doubt_is_shown_until_something_settles_it(
    db: Session, key_worker: StaffMember, member: FamilyMember
) -> None:
    message, link = messages.to_family(db, member)[0], invitations.of_member(db, member)[0]
    messages.settle(message, Travel.CAME_BACK)
    assert sent.post_of(db, [member])[member.id].in_doubt is message
    link.opened_at = clock.now()
    assert sent.post_of(db, [member])[member.id].in_doubt is None
    link.opened_at = None
    sent.seen_to(db, key_worker, message, member)
    assert sent.post_of(db, [member])[member.id].in_doubt is None
    with pytest.raises(NotNow):
        sent.seen_to(db, key_worker, message, member)


def test_a_newer_message_that_went_settles_an_older_one_that_came_back(
    db: Session, key_worker: StaffMember, member: FamilyMember
) -> None:
    messages.settle(messages.to_family(db, member)[0], Travel.CAME_BACK)
    with time_machine.travel(clock.now() + timedelta(hours=1)):
        assert sent.send_again(db, key_worker, member, Way.TEXT, "+447700900123") is not None
    assert sent.post_of(db, [member])[member.id].in_doubt is None


def test_two_presses_make_one_link_and_another_way_makes_another(
    db: Session, key_worker: StaffMember, member: FamilyMember
) -> None:
    assert sent.send_again(db, key_worker, member, Way.EMAIL, "new@example.org") is None
    assert sent.send_again(db, key_worker, member, Way.PAPER, None) is not None
    assert (member.way, member.address) == (Way.EMAIL, "amina@example.org")
    with time_machine.travel(clock.now() + timedelta(minutes=1)):
        assert sent.send_again(db, key_worker, member, Way.EMAIL, "new@example.org") is not None
    db.flush()
    assert member.address == "new@example.org"
    assert all(link.ended_at is None for link in invitations.of_member(db, member))


def test_a_printed_letter_leaves_no_words_behind(db: Session, key_worker: StaffMember, member: FamilyMember) -> None:
    message = messages.to_family(db, member)[0]
    message.subject, message.text = "Your private link", "Hello,"
    messages.settle(message, Travel.TO_PRINT)
    db.flush()
    assert sent.letter_of_mine(db, key_worker, message.id) == (message, member)
    sent.printed(db, key_worker, message, member)
    db.flush()
    assert message.state is Travel.SENT
    assert message.text_ct is None
    assert message.subject_ct is None
    with pytest.raises(NotHere):
        sent.letter_of_mine(db, key_worker, message.id)


def test_what_belongs_to_another_key_workers_family_is_not_there(db: Session, member: FamilyMember) -> None:
    stranger = make.a_key_worker(db)
    message, link = messages.to_family(db, member)[0], invitations.of_member(db, member)[0]
    for ask in (
        lambda: sent.link_of_mine(db, stranger, link.id),
        lambda: sent.message_of_mine(db, stranger, message.id),
        lambda: sent.letter_of_mine(db, stranger, message.id),
        lambda: sent.link_of_mine(db, stranger, uuid4()),
    ):
        with pytest.raises(NotHere):
            ask()


def test_what_is_written_down_can_be_changed(db: Session, key_worker: StaffMember, member: FamilyMember) -> None:
    families.change(
        db, key_worker, member, Details("Amina Q", Relation.CARER, "pl", Way.PAPER, None, "Ring after ten.")
    )
    db.flush()
    assert (member.name, member.relation, member.language) == ("Amina Q", Relation.CARER, "pl")
    assert (member.way, member.address, member.care) == (Way.PAPER, None, "Ring after ten.")
