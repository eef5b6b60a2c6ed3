"""Showing one thing to one relative: by own choice, after both said yes, nothing else with it, undone in one press."""

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from portal.house import House
from portal.looking.kinds import Form, Found
from portal.review import answers, brought, contributions, files, questions, sharing
from portal.review.answers import Hearing
from portal.review.contributions import Contribution
from portal.review.files import File
from portal.review.history import Entry
from portal.review.people import FamilyMember
from portal.review.questions import NotNow, Question
from portal.review.reviews import NotHere
from portal.review.sharing import Consent, Looking, Share, Thing
from tests import make
from tests.browser import Browser
from tests.family.relatives import Relatives, four_relatives

WORDS = "She laughed whenever the kettle sang."
WISH = "For my brother Tariq, her uncle"
LATER = "Your key worker will speak with you about it."


@pytest.fixture
def family(app: Flask, house: House) -> Relatives:
    """Four relatives of one child."""
    return four_relatives(app, house, {"sister": "ur"})


def _told(family: Relatives, who: str = "mother", words: str = WORDS) -> tuple[UUID, str]:
    with family.house.database.writing() as db:
        told = contributions.tell(db, family.member(db, who), words, words)
        return told.id, told.reference


def _asked(family: Relatives, words: str = "Why was the door locked?") -> tuple[UUID, str]:
    with family.house.database.writing() as db:
        question = make.a_question(db, family.member(db, "mother"), words)
        return question.id, question.reference


def _answered(family: Relatives, hearing: Hearing, words: str = "The panel found a broken lock.") -> tuple[UUID, str]:
    asked, reference = _asked(family)
    with family.house.database.writing() as db:
        question, staff = db.get_one(Question, asked), family.key_worker(db)
        answer = make.a_released_answer(db, question, make.a_coordinator(db), make.a_chair(db), staff, words)
        if hearing is not Hearing.NOT_SAID:
            answers.choose(db, family.member(db, "mother"), question, answer, hearing)
    return asked, reference


def _wish(browser: Browser, reference: str) -> Browser:
    browser.open(f"/en/your-space/words/{reference}").follow("Show this to somebody in my family")
    return browser.fill("Who is it for?", WISH).press("Look at it and send").press("Ask my key worker to show it")


def test_a_person_says_in_their_own_words_for_whom_it_is_and_meets_no_list_of_people(family: Relatives) -> None:
    _, reference = _told(family)
    browser = family.spaces["mother"].inside()
    browser.open(f"/en/your-space/words/{reference}").follow("Show this to somebody in my family")
    for name in ("Danyaal", "Bushranna", "Zubaida", "father", "grand", "sister"):
        assert name not in browser.main
    assert not [one for one in ("<select", 'type="radio"', "<option") if one in browser.html]
    browser.fill("Who is it for?", WISH).press("Look at it and send")
    assert "your key worker can read it" in browser.main
    assert "review team" not in browser.main
    browser.press("Ask my key worker to show it")
    assert browser.status == 200
    assert WISH in browser.main
    assert LATER in browser.main


def test_a_wish_sent_twice_is_one(family: Relatives) -> None:
    told, _ = _told(family)
    with family.house.database.writing() as db:
        mother, subject = family.member(db, "mother"), db.get_one(Contribution, told)
        first, second = (sharing.wish(db, mother, Thing.CONTRIBUTION, subject, WISH, "a form") for _ in range(2))
        other = sharing.wish(db, mother, Thing.CONTRIBUTION, subject, "For my mother", "a form")
        assert first.id == second.id
        assert other.id != first.id


def test_a_wish_that_cannot_be_met_looks_like_one_that_nobody_has_come_to(family: Relatives) -> None:
    _, reference = _told(family)
    browser = _wish(family.spaces["mother"].inside(), reference)
    before = browser.main
    with family.house.database.writing() as db:
        share = db.scalars(select(Share).order_by(Share.id)).one()
        sharing.not_possible(db, family.key_worker(db), share)
    assert browser.open("/en/your-space/sharing").main == before
    assert LATER in before


def test_the_reader_meets_a_line_then_who_shows_it_and_the_thing_only_after_their_own_press(family: Relatives) -> None:
    told, reference = _told(family)
    _told(family, words="She also had a red boat.")
    family.agreed("mother", "father", Thing.CONTRIBUTION, told)
    browser = family.spaces["father"].inside()
    assert "Somebody in your family shows you something." in browser.main
    assert "Amina" not in browser.html
    assert WORDS not in browser.html
    browser.follow("Choose whether to look")
    assert "Amina, your sister-in-law shows you something." in browser.main
    assert WORDS not in browser.html
    browser.press("Show it to me")
    assert WORDS in browser.main
    for other in (reference, "red boat", "Aminata Quill", "review team", "Kept on", "What became of it", WISH):
        assert other not in browser.main
    assert "Somebody in your family" not in browser.open("/en/your-space").main
    assert "Something from Amina, your sister-in-law" in browser.open("/en/your-space/sharing").links


def test_the_reader_puts_it_away_and_takes_it_out_again_and_nobody_is_told(family: Relatives) -> None:
    told, _ = _told(family)
    family.agreed("mother", "father", Thing.CONTRIBUTION, told)
    mother, father = family.spaces["mother"].inside(), family.spaces["father"].inside()
    before = mother.open("/en/your-space/sharing").main
    father.follow("Choose whether to look").press("Do not show it to me")
    assert WORDS not in father.html
    assert "Somebody in your family" not in father.open("/en/your-space").main
    assert mother.open("/en/your-space/sharing").main == before
    father.open("/en/your-space/sharing").follow("Something from Amina, your sister-in-law").press("Show it to me")
    assert WORDS in father.main
    assert mother.open("/en/your-space/sharing").main == before
    father.press("Put it away again")
    assert WORDS not in father.html


def test_undone_in_one_press_it_is_gone_from_every_page_of_the_reader(family: Relatives) -> None:
    told, _ = _told(family)
    share_id = family.agreed("mother", "father", Thing.CONTRIBUTION, told)
    father = family.spaces["father"].inside()
    father.follow("Choose whether to look").press("Show it to me")
    mother = family.spaces["mother"].inside().open("/en/your-space/sharing")
    assert "It is shown." in mother.main
    mother.press(next(words for words in mother.buttons if words.startswith("Stop showing this")))
    assert "You show nothing to anybody." in mother.main
    assert father.open(f"/en/your-space/shown/{share_id}").status == 404
    token = next(
        one.get("value") for one in father.open("/en/your-space").tree.iter() if one.get("name") == "csrf_token"
    )
    data = {"csrf_token": token, "looking": "shown"}
    assert father.client.post(f"/en/your-space/shown/{share_id}", data=data).status_code == 404
    for place in ("", "/sharing", "/words"):
        html = father.open(f"/en/your-space{place}").html
        assert not [word for word in (WORDS, "Amina", "Somebody in your family") if word in html]


def test_what_is_taken_back_is_shown_to_nobody_and_stays_so_when_it_is_brought_back(family: Relatives) -> None:
    asked, _ = _asked(family)
    share_id = family.agreed("mother", "father", Thing.QUESTION, asked)
    father = family.spaces["father"].inside()
    assert father.open(f"/en/your-space/shown/{share_id}").status == 200
    with family.house.database.writing() as db:
        questions.withdraw(db, family.member(db, "mother"), db.get_one(Question, asked))
    assert father.open(f"/en/your-space/shown/{share_id}").status == 404
    with family.house.database.writing() as db:
        questions.bring_back(db, family.member(db, "mother"), db.get_one(Question, asked))
    assert father.open(f"/en/your-space/shown/{share_id}").status == 404
    with family.house.database.reading() as db:
        assert db.get_one(Share, share_id).state is Consent.UNDONE


def test_a_thing_told_and_taken_back_vanishes_too(family: Relatives) -> None:
    told, _ = _told(family)
    share_id = family.agreed("mother", "father", Thing.CONTRIBUTION, told)
    with family.house.database.writing() as db:
        contributions.withdraw(db, family.member(db, "mother"), db.get_one(Contribution, told))
    assert family.spaces["father"].inside().open(f"/en/your-space/shown/{share_id}").status == 404


def test_nobody_but_the_reader_opens_it_and_nobody_but_the_owner_stops_it(family: Relatives) -> None:
    told, _ = _told(family)
    share_id = family.agreed("mother", "father", Thing.CONTRIBUTION, told)
    for who in ("mother", "grandmother", "sister"):
        assert family.spaces[who].inside().open(f"/en/your-space/shown/{share_id}").status == 404
    with family.house.database.writing() as db, pytest.raises(NotHere):
        sharing.one_of_theirs(db, family.member(db, "father"), share_id)


def test_an_answer_can_be_shown_only_after_its_owner_opened_it_and_shows_no_question(family: Relatives) -> None:
    _, unopened = _answered(family, Hearing.NOT_SAID)
    mother = family.spaces["mother"].inside()
    assert mother.open(f"/en/your-space/write/show-answer-{unopened}").status == 404
    assert "Show this to somebody in my family" not in mother.open(f"/en/your-space/words/{unopened}/answer").links
    asked, reference = _answered(family, Hearing.NOW, "The lock has been put right since.")
    mother.open(f"/en/your-space/words/{reference}/answer").follow("Show this to somebody in my family")
    assert mother.status == 200
    share_id = family.agreed("mother", "father", Thing.ANSWER, asked)
    father = family.spaces["father"].inside().open(f"/en/your-space/shown/{share_id}")
    assert "The lock has been put right" not in father.html
    father.press("Show it to me")
    assert "The lock has been put right since." in father.main
    assert "Why was the door locked" not in father.html
    assert reference not in father.html


def test_a_translation_stands_beside_it_where_it_is_in_the_readers_language(family: Relatives) -> None:
    asked, _ = _asked(family, "دروازہ کیوں بند تھا؟")
    with family.house.database.writing() as db:
        question = db.get_one(Question, asked)
        question.language = "ur"
        question.translation, question.translator = "Why was the door shut?", "Sana Malik"
    to_father = family.agreed("mother", "father", Thing.QUESTION, asked)
    to_sister = family.agreed("mother", "sister", Thing.QUESTION, asked, "Amina")
    father = family.spaces["father"].inside().open(f"/en/your-space/shown/{to_father}").press("Show it to me")
    assert "دروازہ کیوں بند تھا؟" in father.main
    assert "Why was the door shut?" in father.main
    assert "Sana Malik" in father.main
    sister = family.spaces["sister"].inside().open(f"/ur/your-space/shown/{to_sister}")
    answer = sister.client.get(f"/ur/your-space/shown/{to_sister}")
    assert answer.status_code == 200
    with family.house.database.writing() as db:
        sharing.look(db, family.member(db, "sister"), db.get_one(Share, to_sister), Looking.SHOWN)
    html = sister.open(f"/ur/your-space/shown/{to_sister}").html
    assert "دروازہ کیوں بند تھا؟" in html
    assert "Why was the door shut?" not in html


def test_a_photograph_is_shown_as_its_clean_copy_without_a_name_or_reference(family: Relatives) -> None:
    with family.house.database.writing() as db:
        mother = family.member(db, "mother")
        file = files.begin(db, mother, "once", "IMG of the kitchen.jpg", "", expected=8, room=1 << 20)
        files.add_part(db, file, 0, b"original", 1 << 20)
        files.whole(db, mother, file, Found(Form.JPEG, b"the clean copy"))
        file_id, reference = file.id, file.reference
    browser = family.spaces["mother"].inside()
    assert browser.open(f"/en/your-space/write/show-file-{reference}").status == 404  # not sent yet
    with family.house.database.writing() as db:
        brought.send(db, family.member(db, "mother"), db.get_one(File, file_id), "Our kitchen")
    browser.open(f"/en/your-space/brought/{reference}").follow("Show this to somebody in my family")
    assert browser.status == 200
    share_id = family.agreed("mother", "father", Thing.FILE, file_id)
    father = family.spaces["father"].inside().open(f"/en/your-space/shown/{share_id}")
    assert father.client.get(f"/en/your-space/shown/{share_id}/file").status_code == 404
    father.press("Show it to me")
    assert "Our kitchen" in father.main
    answer = father.client.get(f"/en/your-space/shown/{share_id}/file")
    assert answer.data == b"the clean copy"
    for secret in (reference, "IMG of"):
        assert secret not in father.html
        assert secret not in str(answer.headers)
    assert "Nobody else in your family" not in browser.open(f"/en/your-space/brought/{reference}/kept").main
    with family.house.database.writing() as db:
        brought.withdraw(db, family.member(db, "mother"), db.get_one(File, file_id))
    for place in ("", "/file"):
        assert father.client.get(f"/en/your-space/shown/{share_id}{place}").status_code == 404


def test_nothing_can_be_shown_that_was_taken_back_or_is_somebody_elses(family: Relatives) -> None:
    asked, reference = _asked(family)
    assert family.spaces["father"].inside().open(f"/en/your-space/write/show-{reference}").status == 404
    with family.house.database.writing() as db:
        with pytest.raises(NotNow):
            sharing.wish(db, family.member(db, "father"), Thing.QUESTION, db.get_one(Question, asked), "me", "once")
        questions.withdraw(db, family.member(db, "mother"), db.get_one(Question, asked))
    assert family.spaces["mother"].inside().open(f"/en/your-space/write/show-{reference}").status == 404


def test_a_wish_lies_sealed_with_its_owners_key_and_history_holds_no_word_of_it(family: Relatives) -> None:
    _, reference = _told(family)
    _wish(family.spaces["mother"].inside(), reference)
    with family.house.database.reading() as db:
        share = db.scalars(select(Share).order_by(Share.id)).one()
        assert share.wish == WISH
        assert share.key_id == db.get_one(FamilyMember, family.ids["mother"]).key_id
        assert b"Tariq" not in share.wish_ct
        verbs = [
            entry.verb for entry in db.scalars(select(Entry).where(Entry.subject_id == share.id).order_by(Entry.at))
        ]
        assert verbs == ["wish to show something"]
    from tests.family.test_link import dump

    assert "Tariq" not in dump(family.house)


def test_the_receipt_and_the_page_of_what_is_shown_say_so(family: Relatives) -> None:
    told, reference = _told(family)
    mother = family.spaces["mother"].inside().open(f"/en/your-space/words/{reference}")
    assert "Nobody else in your family" in mother.main
    family.agreed("mother", "father", Thing.CONTRIBUTION, told)
    for place in ("words", "kept"):
        mother.open(f"/en/your-space/{place}/{reference}")
        assert "Nobody else in your family" not in mother.main, place
        assert "Somebody in your family can see this, because you show it to them." in mother.main, place
