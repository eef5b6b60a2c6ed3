"""What readers say of a page: kept once, with the day alone, and sealed."""

from datetime import timedelta
from threading import Thread

import pytest
from sqlalchemy import select

from portal import clock
from portal.house import House
from portal.review import clearness
from portal.review.clearness import Clear, Clearness, Shape, Sluice
from portal.review.reviews import NotHere
from portal.sealing import HOUSE_KEY

WORDS = "What is a panel? Zephyrine told me something else."


def _say(house: House, clear: Clear = Clear.NO, words: str = WORDS, once: str = "one", page: str = "support") -> None:
    with house.database.writing() as db:
        clearness.say(db, page, "ur", Shape.PAGE, clear, words, once)


def test_only_the_day_is_kept_and_the_words_are_sealed(house: House) -> None:
    _say(house)
    with house.database.reading() as db:
        row = db.scalars(select(Clearness)).one()
        assert (row.page, row.language, row.shape, row.clear) == ("support", "ur", Shape.PAGE, Clear.NO)
        assert row.said_on == clock.now().date()
        assert row.words == WORDS
        assert b"Zephyrine" not in (row.words_ct or b"")
    kept = {column.name for column in Clearness.__table__.columns}
    assert kept == {"id", "key_id", "once", "page", "language", "shape", "clear", "words_ct", "said_on"}


def test_the_same_form_twice_is_kept_once_and_a_changed_one_is_another(house: House) -> None:
    for _ in range(3):
        _say(house)
    _say(house, words=WORDS + " And one thing more.")
    _say(house, once="two")
    with house.database.reading() as db:
        assert len(db.scalars(select(Clearness)).all()) == 3


def test_twenty_at_the_same_moment_make_one(house: House) -> None:
    threads = [Thread(target=_say, args=(house,)) for _ in range(20)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    with house.database.reading() as db:
        assert len(db.scalars(select(Clearness)).all()) == 1


def test_answers_are_counted_by_page_and_language(house: House) -> None:
    for number, clear in enumerate((Clear.YES, Clear.YES, Clear.NO)):
        _say(house, clear, "", str(number))
    _say(house, Clear.PARTLY, "", page="opening")
    with house.database.reading() as db:
        found = clearness.counts(db)
    assert [(one.page, one.language) for one in found] == [("opening", "ur"), ("support", "ur")]
    assert found[1].said == {Clear.YES: 2, Clear.PARTLY: 0, Clear.NO: 1}


def test_words_come_newest_first_and_every_one_once(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    today = clock.now()
    for number in range(7):
        monkeypatch.setattr(clock, "now", lambda number=number: today - timedelta(days=number // 2))
        _say(house, words=f"words {number}", once=str(number))
    _say(house, words="  \n ", once="empty")
    seen: list[str | None] = []
    place = None
    with house.database.reading() as db:
        while rows := clearness.words_of_readers(db, place, 3):
            seen += [row.words for row in rows]
            assert [row.said_on for row in rows] == sorted((row.said_on for row in rows), reverse=True)
            place = (rows[-1].said_on, rows[-1].id)
    assert sorted(str(one) for one in seen) == [f"words {number}" for number in range(7)]


def test_words_that_name_somebody_can_be_taken_out_and_the_answer_stays_counted(house: House) -> None:
    _say(house)
    with house.database.writing() as db:
        clearness.take_out_words(db, db.scalars(select(Clearness.id)).one())
    with house.database.reading() as db:
        assert db.scalars(select(Clearness)).one().words is None
        assert clearness.words_of_readers(db, None, 5) == []
        assert clearness.counts(db)[0].said[Clear.NO] == 1
    with house.database.writing() as db, pytest.raises(NotHere):
        clearness.take_out_words(db, HOUSE_KEY)


def test_a_flood_is_held_back_and_a_minute_later_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = 1000.0
    monkeypatch.setattr("portal.review.clearness.time.monotonic", lambda: moment)
    sluice = Sluice(most=3)
    assert [sluice.lets_through() for _ in range(5)] == [True, True, True, False, False]
    moment += 61
    assert sluice.lets_through()


def test_a_flood_that_keeps_to_the_minute_is_held_back_by_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = 1000.0
    monkeypatch.setattr("portal.review.clearness.time.monotonic", lambda: moment)
    sluice = Sluice(most=3, in_a_day=5)
    passed = []
    for _ in range(4):
        passed += [sluice.lets_through() for _ in range(3)]
        moment += 61
    assert passed == [True] * 5 + [False] * 7
    moment += 86_400
    assert sluice.lets_through()
