"""On a bad night: whatever goes wrong while somebody writes, at every place of the space, no word is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from portal import clock
from portal.family import places
from portal.house import House
from portal.review import contributions, drafts, questions
from portal.review.contributions import Contribution, Place
from portal.review.drafts import Draft
from portal.review.questions import Question
from portal.review.spaces import Visit
from tests.browser import Browser
from tests.family.conftest import Family

WORDS = "First line\nand <b>second</b> & third, ڈاکٹر نے کیا کہا؟"
BENGALI = "আমার সন্তান কেন মারা গেল? " * 2_400  # 62,400 characters
PLACES = ["ask", "tell", "about-your-child", "support", "reaching-you"]
# One place whenever anything is changed, the others in the whole run: they all stand on one machine.
EACH = [PLACES[0], *(pytest.param(place, marks=pytest.mark.whole) for place in PLACES[1:])]


class Writer:
    """Somebody at one place, in a browser of their own."""

    def __init__(self, family: Family, place: str, browser: Browser | None = None) -> None:
        self.family, self.place, self.browser = family, place, browser or family.inside()
        self.path = f"/en/your-space/write/{place}"
        self.browser.open(self.path)
        self.turn = 0

    @property
    def form(self) -> dict[str, str]:
        """What the writing form of this page would send if nobody touched it."""
        from tests.browser import _standing

        forms = [_standing(form) for form in self.browser.tree.iter("{http://www.w3.org/1999/xhtml}form")]
        return next(form for form in forms if "once" in form and "words" in form)

    def shows(self) -> str:
        """The words on this page."""
        return self.form["words"].replace("\r\n", "\n")

    def press(self, words: str, then: str = "look", **other: str) -> Browser:
        """Press a button of the form with these words in it."""
        answer = self.browser.client.post(self.path, data={**self.form, "words": words, "then": then, **other})
        return self.browser._arrive(self.path, answer)

    def saves(self, words: str, tab: str = "tab", **other: str) -> Any:
        """Save as script does."""
        self.turn += 1
        data = {**self.form, "words": words, "tab": tab, "turn": str(self.turn), **other}
        return self.browser.client.post(f"{self.path}/keep", data=data)


def _drafts(family: Family) -> list[str]:
    with family.house.database.reading() as db:
        live = select(Draft).where(Draft.words_ct.is_not(None), Draft.let_go_at.is_(None), Draft.sent_at.is_(None))
        return [one.words or "" for one in db.scalars(live.order_by(Draft.saved_at, Draft.id))]


def _sent(family: Family) -> list[str]:
    with family.house.database.reading() as db:
        asked = db.scalars(select(Question).order_by(Question.kept_at, Question.id)).all()
        told = db.scalars(select(Contribution).order_by(Contribution.kept_at, Contribution.id)).all()
        return [one.words for one in asked] + [one.words for one in told]


def _asleep(family: Family) -> None:
    with family.house.database.writing() as db:
        for visit in db.scalars(select(Visit).order_by(Visit.id)):
            visit.seen_at = clock.now() - timedelta(hours=2)


@pytest.fixture(params=EACH)
def writer(request: pytest.FixtureRequest, mother: Family) -> Writer:
    """The mother, at each place in turn."""
    return Writer(mother, str(request.param))


@pytest.mark.parametrize("place", EACH)
def test_words_are_written_looked_at_sent_once_and_confirmed(mother: Family, place: str) -> None:
    writer = Writer(mother, place)
    browser = writer.press(WORDS)
    assert browser.heading == "Look at it once more"
    assert WORDS in browser.html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert "Until you send it, only you can see it" in browser.main
    assert "may have to be shared" in browser.main
    assert _sent(mother) == []
    browser.press("Send my question" if place == "ask" else "Send it")
    assert browser.path.startswith("/en/your-space/kept/")
    assert _sent(mother) == [WORDS]
    assert _drafts(mother) == []
    assert Writer(mother, place, browser).shows() == ""


def test_every_place_that_anybody_registers_says_what_why_and_who(mother: Family, app: Flask) -> None:
    browser = mother.inside()
    assert len(places.plain()) >= len(PLACES)
    for place in places.plain():
        browser.open(f"/en/your-space/write/{place}")
        assert browser.status == 200, place
        assert "I would rather talk" in browser.main
        assert "only you can see it" in browser.main


def test_support_and_how_to_be_reached_go_to_the_key_worker_and_not_to_the_panel(mother: Family) -> None:
    writer = Writer(mother, "support")
    writer.press("Somebody for my son").press("Send it")
    Writer(mother, "what-happened", writer.browser).press("It rained").press("Send it")
    with mother.house.database.reading() as db:
        told = db.scalars(select(Contribution).order_by(Contribution.kept_at)).all()
        assert [(one.prompt, one.state) for one in told] == [
            ("support", Place.FOR_KEY_WORKER),
            ("what-happened", Place.KEPT),
        ]


def test_everything_that_can_be_told_stands_in_one_order_with_what_was_begun(mother: Family) -> None:
    writer = Writer(mother, "what-went-well")
    writer.saves("The nurse sang")
    browser = writer.browser.open("/en/your-space/tell")
    found = [browser.main.index(one) for one in ("About your child", "What went well", "Ask a question", "Support")]
    assert found == sorted(found)
    assert browser.main.count("You began to write here.") == 1
    assert "The nurse sang" not in browser.main


def test_the_start_says_what_was_begun_without_a_word_of_it(mother: Family) -> None:
    writer = Writer(mother, "support")
    writer.saves("Somebody for my son")
    browser = writer.browser.open("/en/your-space")
    assert "You began to write here: Support. Only you can see it." in browser.main
    assert "my son" not in browser.main
    browser.follow("Go on")
    assert writer.shows() == "Somebody for my son"


# The twelve faults, at every place.


def test_fault_1_the_cookie_is_dropped(writer: Writer) -> None:
    for name in ("family", "session"):
        writer.browser.client.delete_cookie(name)
    browser = writer.press(WORDS)
    browser.press("Go on")  # without the session's cookie the form's mark does not fit either
    assert browser.status == 401
    assert browser.value("What you wrote") == WORDS
    browser.fill("Your number", writer.family.number).press("Keep it and open my space")
    assert browser.heading == "Look at it once more"
    assert _drafts(writer.family) == [WORDS]


@pytest.mark.parametrize("then", ["look", "keep"])
def test_a_visit_that_fell_asleep_gives_the_words_back_and_goes_on_where_they_stood(mother: Family, then: str) -> None:
    writer = Writer(mother, "what-happened")
    _asleep(mother)
    browser = writer.press(WORDS, then)
    assert (browser.status, browser.value("What you wrote")) == (401, WORDS)
    browser.fill("Your number", "1").press("Keep it and open my space")
    assert (browser.status, browser.value("What you wrote")) == (422, WORDS)
    browser.fill("Your number", mother.number).press("Keep it and open my space")
    assert _drafts(mother) == [WORDS]
    assert ("/check/" in browser.path) is (then == "look")


def test_a_visit_that_fell_asleep_over_the_last_look_sends_with_the_number_alone(mother: Family) -> None:
    browser = Writer(mother, "ask").press(WORDS)
    _asleep(mother)
    browser.press("Send my question")
    assert (browser.status, browser.value("What you wrote")) == (401, WORDS)
    browser.fill("Your number", mother.number).press("Send it and open my space")
    assert browser.heading == "We have your question"
    assert _sent(mother) == [WORDS]


def test_script_hears_that_the_visit_sleeps_and_what_it_kept_goes_afterwards(writer: Writer) -> None:
    _asleep(writer.family)
    assert writer.saves(WORDS).status_code == 401
    assert _drafts(writer.family) == []
    later = Writer(writer.family, writer.place)
    assert later.saves(WORDS).status_code == 200
    assert _drafts(writer.family) == [WORDS]


def test_fault_2_the_forms_mark_is_thirty_days_old(writer: Writer) -> None:
    browser = writer.press(WORDS, csrf_token="from last month")
    assert (browser.status, browser.value("What you wrote")) == (422, WORDS)
    assert browser.press("Go on").heading == "Look at it once more"
    assert writer.saves(WORDS, csrf_token="from last month").status_code == 422
    assert _drafts(writer.family) == [WORDS]


def test_fault_3_the_keys_were_changed(writer: Writer, app: Flask) -> None:
    before, app.secret_key = app.secret_key, "another one"
    try:
        browser = writer.press(WORDS)
        assert (browser.status, browser.value("What you wrote")) == (422, WORDS)
        assert browser.press("Go on").heading == "Look at it once more"
        assert _drafts(writer.family) == [WORDS]
    finally:
        app.secret_key = before


@pytest.mark.parametrize(
    "odd",
    [
        {"once": ""},
        {"once": "x" * 5000},
        {"seen": "-1"},
        {"seen": "9" * 400},
        {"tab": "t" * 900, "turn": "many"},
        {"then": "elsewhere"},
        {"go_on_in": "xx"},
        {"way_back": "nothing"},
        {"more": "fields"},
    ],
    ids=repr,
)
def test_fault_4_a_field_is_wrong(mother: Family, odd: dict[str, str]) -> None:
    writer = Writer(mother, "tell")
    assert writer.press(WORDS, **odd).heading == "Look at it once more"
    assert _drafts(mother) == [WORDS]


def test_a_field_that_is_wrong_is_no_wall_at_any_place(writer: Writer) -> None:
    assert writer.press(" ").status == 422
    data = {"csrf_token": writer.form["csrf_token"], "words": WORDS}
    for _ in range(2):
        assert writer.browser.client.post(writer.path, data=data).status_code == 303
    assert _drafts(writer.family) == [WORDS]


def _fails(*_: Any, **__: Any) -> Any:
    raise RuntimeError("something of ours")


def test_fault_5_something_of_ours_fails_while_it_is_kept(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(drafts, "save", _fails)
        browser = writer.press(WORDS)
        assert (browser.status, browser.value("What you wrote")) == (500, WORDS)
        assert "Everything that you wrote is here" in browser.main
        assert writer.saves(WORDS).status_code == 500
    assert browser.press("Go on").heading == "Look at it once more"
    assert _drafts(writer.family) == [WORDS]


def test_something_of_ours_fails_while_it_is_sent(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = writer.press(WORDS)
    with monkeypatch.context() as broken:
        broken.setattr(questions, "ask", _fails)
        broken.setattr(contributions, "tell", _fails)
        browser.press("Send my question" if writer.place == "ask" else "Send it")
        assert (browser.status, browser.value("What you wrote")) == (500, WORDS)
    assert _drafts(writer.family) == [WORDS]
    assert browser.press("Send it").path.startswith("/en/your-space/kept/")
    assert _sent(writer.family) == [WORDS]


def test_fault_6_two_pages_both_texts_are_kept_and_stand_side_by_side(writer: Writer) -> None:
    other = Writer(writer.family, writer.place)
    assert writer.saves("On the telephone", "telephone").json["once"] != ""
    assert other.saves("On the laptop", "laptop").json["said"].startswith("Saved at ")
    browser = writer.browser.open(writer.path)
    assert "On the telephone" in browser.main
    if browser.heading == "You wrote this in more than one place":
        assert "On the laptop" in browser.main
    else:  # two forms, each with a mark of its own
        raise AssertionError(browser.heading)
    browser.press("Put them one after the other into one")
    assert writer.shows() == "On the telephone\n\nOn the laptop"
    assert "What you let go" in browser.main


def test_of_two_one_can_be_let_go_and_comes_back_with_one_press(mother: Family) -> None:
    Writer(mother, "ask").saves("One")
    writer = Writer(mother, "tell")
    Writer(mother, "tell").saves("Two", "other")
    writer.saves("Three", "third")
    browser = writer.browser.open(writer.path).press("Let this one go")
    assert sorted(_drafts(mother)) == ["One", "Three"]
    assert writer.shows() == "Three"
    browser.press("Bring it back")
    assert browser.heading == "You wrote this in more than one place"
    assert sorted(_drafts(mother)) == ["One", "Three", "Two"]


def test_what_was_changed_in_another_page_is_looked_at_again_before_anything_is_sent(writer: Writer) -> None:
    button = "Send my question" if writer.place == "ask" else "Send it"
    looking = Writer(writer.family, writer.place)
    browser = looking.press("First")
    writer.browser.open(writer.path)
    assert writer.saves("First, and second").status_code == 200
    browser.press(button)
    assert browser.status == 422
    assert "Nothing was sent" in browser.main
    assert "First, and second" in browser.main
    assert _sent(writer.family) == []
    browser.press(button)
    assert _sent(writer.family) == ["First, and second"]


def test_fault_7_what_script_saves_late_after_sending_changes_nothing(writer: Writer) -> None:
    writer.saves("Half")
    late = {**writer.form, "words": "Hal", "tab": "tab", "turn": "1"}
    writer.turn = 5
    writer.press(WORDS, tab="tab", turn="5").press("Send my question" if writer.place == "ask" else "Send it")
    answer = writer.browser.client.post(f"{writer.path}/keep", data=late)
    same = writer.browser.client.post(f"{writer.path}/keep", data={**late, "words": WORDS, "turn": "9"})
    assert (answer.status_code, same.status_code) == (409, 409)
    assert (_drafts(writer.family), _sent(writer.family)) == ([], [WORDS])
    newer = writer.browser.client.post(f"{writer.path}/keep", data={**late, "words": f"{WORDS} more", "turn": "10"})
    assert newer.status_code == 200
    assert _drafts(writer.family) == [f"{WORDS} more"]


@contextmanager
def _locked(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as broken:

        def commit(_: Session) -> None:
            raise OperationalError("COMMIT", {}, Exception("database is locked"))

        broken.setattr(Session, "commit", commit)
        yield


def test_fault_8_the_database_is_locked_or_the_disk_is_full(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    with _locked(writer.family.house, monkeypatch):
        browser = writer.press(WORDS)
        assert (browser.status, browser.value("What you wrote")) == (500, WORDS)
        assert writer.saves(WORDS).status_code == 500
        browser.press("Go on")
        assert (browser.status, browser.value("What you wrote")) == (500, WORDS)
    assert browser.press("Go on").heading == "Look at it once more"
    assert _drafts(writer.family) == [WORDS]


def test_fault_9_the_power_is_cut_and_another_device_goes_on(writer: Writer) -> None:
    said = writer.saves(WORDS).json["said"]
    assert said.startswith("Saved at ")
    assert said.endswith("Only you can see this.")
    there = Writer(writer.family, writer.place)
    assert there.shows() == WORDS
    assert said in there.browser.main
    assert there.saves(f"{WORDS} and on").status_code == 200
    assert _drafts(writer.family) == [f"{WORDS} and on"]


def test_an_empty_line_at_the_beginning_stays(mother: Family) -> None:
    writer = Writer(mother, "tell")
    writer.saves("\n  Words")
    assert ">\n\n  Words</textarea>" in writer.browser.open(writer.path).html  # a browser drops the first of these


def test_fault_10_words_kept_on_the_device_go_to_the_space_from_any_page_that_writes(writer: Writer) -> None:
    kept = {**writer.form, "tab": "tab", "turn": "7", "words": WORDS}
    there = Writer(writer.family, "what-could-be-better")
    kept["csrf_token"] = there.form["csrf_token"]
    assert there.browser.client.post(f"{writer.path}/keep", data=kept).status_code == 200
    assert there.browser.client.post(f"{writer.path}/keep", data=kept).status_code == 200
    assert _drafts(writer.family) == [WORDS]


def test_the_key_for_the_device_is_the_persons_own_and_survives_a_change_of_the_sites_keys(
    mother: Family, father: Family, app: Flask
) -> None:
    def key(family: Family) -> str:
        page = family.inside().open("/en/your-space/write/ask").html
        assert page.count("data-key=") == family.inside().open("/en/your-space").html.count("data-key=") == 1
        return page.partition('data-key="')[2].partition('"')[0]

    first = key(mother)
    before, app.secret_key = app.secret_key, "another one"
    try:
        assert key(mother) == first != key(father)
    finally:
        app.secret_key = before


def test_fault_11_another_language_midway(writer: Writer) -> None:
    assert 'class="languages"' not in writer.browser.html
    answer = writer.browser.client.post(writer.path, data={**writer.form, "words": WORDS, "go_on_in": "ur"})
    browser = writer.browser._arrive(writer.path, answer)
    assert browser.path.startswith(f"/ur/your-space/write/{writer.place}/")
    assert 'lang="ur" dir="rtl"' in browser.html
    assert writer.shows() == WORDS
    assert _drafts(writer.family) == [WORDS]


@pytest.mark.whole
@pytest.mark.parametrize("times", [1, 1.6], ids=["62,400", "99,840"])
def test_fault_12_sixty_and_a_hundred_thousand_bengali_characters(writer: Writer, times: float) -> None:
    words = (BENGALI * 2)[: int(len(BENGALI) * times)].strip()
    assert writer.saves(words).status_code == 200
    browser = writer.press(words, tab="tab", turn="9")
    assert browser.heading == "Look at it once more"
    browser.press("Send my question" if writer.place == "ask" else "Send it")
    assert _sent(writer.family) == [words]


def test_beyond_the_limit_every_word_stays_and_a_person_is_offered(mother: Family) -> None:
    novel = "word " * 30_000
    writer = Writer(mother, "tell")
    browser = writer.press(novel)
    assert (browser.status, writer.shows()) == (422, novel)
    assert "can write it down for you" in browser.main
    writer.press(novel, "keep")
    assert (browser.status, writer.shows()) == (200, novel)
    draft = browser.path.rpartition("/")[2].partition("#")[0]
    browser.open(f"/en/your-space/write/tell/check/{draft}").press("Send it")
    assert browser.status == 422
    assert _drafts(mother) == [novel]


def test_kept_for_later_says_when_and_for_whom(writer: Writer) -> None:
    browser = writer.press(WORDS, "keep")
    assert "Only you can see this." in browser.main
    assert writer.shows() == WORDS


def test_an_empty_field_takes_nothing_away_and_one_press_lets_go(writer: Writer) -> None:
    writer.saves(WORDS)
    assert writer.saves("").json["empty"]
    writer.browser.open(writer.path)
    assert writer.shows() == WORDS
    browser = writer.press(WORDS, "let-go")
    assert writer.shows() == ""
    assert _drafts(writer.family) == []
    browser.press("Bring it back")
    assert writer.shows() == WORDS


def test_a_form_begun_in_anothers_space_is_never_kept_in_this_one(mother: Family, father: Family) -> None:
    writer = Writer(mother, "tell")
    page = writer.form
    other = Writer(father, "tell")
    data = {**page, "csrf_token": other.form["csrf_token"], "words": WORDS, "tab": "t", "turn": "1"}
    assert other.browser.client.post("/en/your-space/write/tell/keep", data=data).status_code == 401
    assert other.browser.client.post("/en/your-space/write/tell", data=data).status_code == 401
    assert _drafts(father) == []


def test_words_of_a_page_that_is_there_no_more_go_on_elsewhere(mother: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Writer(mother, "ask").press("Why?").press("Send my question")
    reference = browser.path.rpartition("/")[2]
    writer = Writer(mother, f"change-{reference}", browser)
    writer.saves("Why, and why that night?")
    monkeypatch.delitem(places._OF_SOMETHING, "change")
    assert "You began to write something." in browser.open("/en/your-space").main
    browser.follow("Go on")
    assert browser.heading == "Your words are still here"
    assert "Why, and why that night?" in browser.main
    browser.press("Go on")
    assert browser.heading == "Write in your own way"
    assert _drafts(mother) == ["Why, and why that night?"]


def test_places_that_nobody_made_are_not_there(mother: Family) -> None:
    writer = Writer(mother, "ask")
    for place in ("nowhere", "change-XXX-XXX", "ask-ask", "x" * 300, "%00"):
        assert writer.browser.open(f"/en/your-space/write/{place}").status == 404
        data = {**writer.form, "words": ""} if writer.browser.open(writer.path) else {}
        assert writer.browser.client.post(f"/en/your-space/write/{place}/keep", data=data).status_code == 404


def test_looking_at_a_draft_changes_nothing_and_writing_counts_as_being_here(mother: Family) -> None:
    writer = Writer(mother, "ask")
    with mother.house.database.writing() as db:
        visit = db.scalars(select(Visit).order_by(Visit.id)).one()
        visit.seen_at = clock.now() - timedelta(minutes=20)
    assert writer.saves("Still here").status_code == 200
    with mother.house.database.reading() as db:
        visit = db.scalars(select(Visit).order_by(Visit.id)).one()
        assert visit.seen_at > clock.now() - timedelta(minutes=1)


def test_words_on_a_draft_are_sealed(mother: Family) -> None:
    from tests.family.test_link import dump

    Writer(mother, "tell").saves("A very findable sentence")
    assert "findable" not in dump(mother.house)
