"""Nobody's words are lost, and sending twice makes one."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select, text

from portal.review import codes
from portal.review.questions import Question
from tests.browser import Browser
from tests.family.conftest import Family

BENGALI = "আমার সন্তান কেন মারা গেল? " * 2_400  # 62,400 characters


def _count(family: Family) -> int:
    with family.house.database.reading() as db:
        return db.scalar(select(func.count()).select_from(Question)) or 0


def _words(family: Family) -> str:
    with family.house.database.reading() as db:
        return db.scalars(select(Question).order_by(Question.kept_at.desc()).limit(1)).one().words


def _look(browser: Browser, words: str) -> Browser:
    browser.open("/en/your-space/write/ask").fill("Your question", words)
    return browser.press("Look at it and send")


def _ask(browser: Browser, words: str) -> Browser:
    return (
        browser.open("/en/your-space/write/ask")
        .fill("Your question", words)
        .press("Look at it and send")
        .press("Send my question")
    )


def test_a_question_is_kept_and_the_receipt_says_what_who_and_what_next(mother: Family) -> None:
    browser = _ask(mother.inside(), "Why?\nWhy that night?")
    assert browser.heading == "We have your question"
    for part in ("Why that night?", "Who can see it now", "What happens next", "key worker"):
        assert part in browser.main
    assert _words(mother) == "Why?\nWhy that night?"


@pytest.mark.parametrize(
    "words",
    [
        BENGALI,
        "a\x00b",
        "سوال \u202e؟",
        "<script>alert(1)</script> & {{ 7*7 }}",
        "Zalgo" + "\u0310" * 3000,
        "👩‍👩‍👧‍👦",
        "1. " * 700,
        "[" * 5000,
    ],
    ids=["Bengali", "nul", "bidi", "html", "zalgo", "family emoji", "list", "brackets"],
)
def test_every_character_comes_back_as_it_was_typed(mother: Family, words: str) -> None:
    browser = _ask(mother.inside(), words)
    assert browser.status == 200
    assert _words(mother) == words.replace("\x00", "")


def test_more_than_can_be_kept_comes_back_whole(mother: Family) -> None:
    novel = "word " * 30_000
    browser = _look(mother.inside(), novel)
    assert browser.status == 422
    assert browser.value("Your question") == novel
    assert "two parts" in browser.main


def test_an_empty_question_is_met_kindly(mother: Family) -> None:
    browser = _look(mother.inside(), "   ")
    assert browser.status == 422
    assert browser.title.startswith("There is a problem")


def test_pressing_twice_makes_one_question_and_one_receipt(mother: Family) -> None:
    browser = _look(mother.inside(), "Once?")
    data = _standing(browser)
    first = browser.client.post(browser.path, data=data)
    second = browser.client.post(browser.path, data=data)
    assert first.headers["Location"] == second.headers["Location"]
    assert _count(mother) == 1


def test_words_changed_after_going_back_are_kept_too(mother: Family) -> None:
    browser = mother.inside().open("/en/your-space/write/ask").fill("Your question", "Why?")
    old_page = _standing(browser)
    browser.press("Look at it and send").press("Send my question")
    answer = browser.client.post("/en/your-space/write/ask", data={**old_page, "words": "Why, and why that night?"})
    browser.open(answer.headers["Location"]).press("Send my question")
    assert _count(mother) == 2
    assert _words(mother) == "Why, and why that night?"


def test_twenty_at_the_same_moment_make_one_question(mother: Family) -> None:
    browser = _look(mother.inside(), "Once?")
    data, path = _standing(browser), browser.path
    cookie = browser.client.get_cookie("family")
    session = browser.client.get_cookie("session")
    assert cookie is not None
    assert session is not None

    def send(_: int) -> int:
        client = mother.app.test_client()
        client.set_cookie("family", cookie.value)
        client.set_cookie("session", session.value)
        return client.post(path, data=data).status_code

    with ThreadPoolExecutor(20) as pool:
        statuses = list(pool.map(send, range(20)))
    assert set(statuses) == {303}
    assert _count(mother) == 1


def _standing(browser: Browser) -> dict[str, str]:
    from tests.browser import _standing

    forms = [_standing(form) for form in browser.tree.iter("{http://www.w3.org/1999/xhtml}form")]
    return {**next(form for form in forms if "once" in form), **browser.typed}


def test_an_old_form_comes_back_with_every_word_and_goes_at_the_second_press(mother: Family) -> None:
    browser = _look(mother.inside(), "Still here?")
    browser.typed["csrf_token"] = "from last month"
    browser.press("Send my question")
    assert browser.status == 422
    assert browser.value("What you wrote") == "Still here?"
    assert browser.press("Send it").heading == "We have your question"
    assert _words(mother) == "Still here?"


def test_when_the_visit_has_ended_the_words_come_back_and_go_with_the_number(mother: Family) -> None:
    browser = _look(mother.inside(), "Half a sentence")
    with mother.house.database.writing() as db:
        db.execute(text("DELETE FROM visits"))
    browser.press("Send my question")
    assert browser.status == 401
    assert browser.value("What you wrote") == "Half a sentence"
    assert _count(mother) == 0
    browser.fill("Your number", mother.number).press("Send it and open my space")
    assert browser.heading == "We have your question"
    assert _words(mother) == "Half a sentence"


def test_when_every_cookie_is_gone_the_words_come_back_and_go_with_the_number(mother: Family) -> None:
    browser = mother.inside().open("/en/your-space/write/about-your-child")
    browser.fill("Your words", "He loved the rain")
    for name in ("family", "session"):
        browser.client.delete_cookie(name)
    browser.press("Look at it and send")
    assert browser.value("What you wrote") == "He loved the rain"
    browser.press("Go on")
    assert browser.status == 401
    browser.fill("Your number", "11111111").press("Keep it and open my space")
    assert browser.status == 422
    assert browser.value("What you wrote") == "He loved the rain"
    browser.fill("Your number", mother.number).press("Keep it and open my space")
    assert browser.press("Send it").heading == "We have what you wrote"


def test_the_mark_in_a_form_opens_nothing_without_the_number(mother: Family, father: Family) -> None:
    browser = _look(mother.inside(), "x")
    with mother.house.database.writing() as db:
        db.execute(text("DELETE FROM visits"))
    browser.press("Send my question").fill("Your number", father.number).press("Send it and open my space")
    assert browser.status == 422
    assert _count(mother) == 0


def test_a_question_can_be_taken_back_and_asked_after_all(mother: Family) -> None:
    browser = _ask(mother.inside(), "Take me back?").follow("See what becomes of it")
    browser.follow("Take this back").press("Yes, take it back")
    assert "You took this back" in browser.main
    browser.press("Bring this back")
    assert "We have kept it" in browser.main


def test_an_address_that_is_not_hers_is_simply_not_there(mother: Family, father: Family) -> None:
    _ask(mother.inside(), "Hers?")
    with mother.house.database.reading() as db:
        reference = db.scalars(select(Question.reference).order_by(Question.id)).one()
    for path in (
        f"words/{reference}",
        f"kept/{reference}",
        f"words/{reference}/answer",
        f"words/{reference}/take-back",
        "words/XXX-XXX",
    ):
        assert father.inside().open(f"/en/your-space/{path}").status == 404


def test_a_receipt_never_says_that_others_see_what_was_taken_back(mother: Family) -> None:
    browser = _ask(mother.inside(), "Take me back?")
    receipt = browser.path
    browser.follow("See what becomes of it").follow("Take this back").press("Yes, take it back")
    browser.open(receipt)
    assert "You took this back" in browser.main
    assert "Who can see it now" not in browser.main


def test_a_reference_that_is_taken_costs_nobody_their_words(mother: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = _ask(mother.inside(), "First?")
    with mother.house.database.reading() as db:
        taken = db.scalars(select(Question.reference).order_by(Question.id)).one()
    drawn = iter([taken, taken, "K7M-4TQ"])
    monkeypatch.setattr(codes, "new_reference", lambda: next(drawn))
    assert _ask(browser, "Second?").heading == "We have your question"
    assert "K7M-4TQ" in browser.main
    assert _count(mother) == 2
