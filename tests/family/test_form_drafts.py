"""Forms of a space that are filled in and not sent: kept as they stand, shown again, and nobody else's."""

from typing import Any

import pytest
from sqlalchemy import select

from portal.review.files import File
from portal.review.form_drafts import Filled, FormDraft
from portal.review.quiet_days import QuietDay
from portal.review.wishes import ContactWishes
from tests.browser import Browser, _standing
from tests.family.conftest import Family

pytestmark = pytest.mark.whole

WORDS = "07700 900123\n\nand my mother’s: ڈاکٹر"
HTML = "{http://www.w3.org/1999/xhtml}"
FORMS = {
    "ways": ("reaching/ways", "words", "Numbers never to ring"),
    "knowing": ("reaching/who-may-know", "words", "Who they are"),
    "days": ("reaching/quiet-days", "words", "What it is for"),
    "bring": ("bring", "what", "What it is, if you want to say"),
}


class Page:
    """One of the forms, in a browser."""

    def __init__(self, browser: Browser, place: str) -> None:
        path, self.field, self.label = FORMS[place]
        self.browser, self.place, self.path, self.turn = browser, place, f"/en/your-space/{path}", 0
        self.open()

    def open(self) -> "Page":
        """Open the page, or come back to it."""
        self.browser.open(self.path)
        form = next(form for form in self.browser.tree.iter(f"{HTML}form") if form.get("data-writing") == self.place)
        self.sends = _standing(form)
        return self

    def saves(self, words: str, tab: str = "tab", **other: str) -> Any:
        """Save as script does."""
        self.turn += 1
        data = {**self.sends, self.field: words, "tab": tab, "turn": str(self.turn), **other}
        return self.browser.client.post(f"/en/your-space/write/{self.place}/keep", data=data)

    @property
    def words(self) -> str:
        """What stands in the field."""
        return self.browser.value(self.label).replace("\r\n", "\n")


def _drafts(family: Family) -> list[str]:
    with family.house.database.reading() as db:
        live = select(FormDraft).where(FormDraft.words_ct.is_not(None), FormDraft.let_go_at.is_(None))
        return [Filled.of(one.words).said for one in db.scalars(live.order_by(FormDraft.saved_at, FormDraft.id))]


@pytest.mark.parametrize("place", FORMS)
def test_what_was_filled_in_is_there_again_and_the_start_leads_to_it(mother: Family, place: str) -> None:
    words = WORDS if place in ("ways", "knowing") else WORDS.replace("\n", " ")
    page = Page(mother.inside(), place)
    assert page.saves(words).json["said"].endswith("Only you can see this.")
    browser = page.browser.open("/en/your-space")
    assert "07700" not in browser.html
    assert "You began to write here:" in browser.main
    browser.follow("Go on")
    assert page.words == words
    assert "Only you can see this." in browser.main
    browser.press("Let this go")
    assert page.open().words == ""
    browser.press("Bring it back")
    assert page.open().words == words


@pytest.mark.parametrize("place", ["ways", "knowing", "days"])
def test_without_script_a_button_keeps_it(mother: Family, place: str) -> None:
    page = Page(mother.inside(), place)
    page.browser.fill(page.label, "Her day").press("Keep it for later")
    assert page.browser.status == 200
    assert page.words == "Her day"
    with mother.house.database.reading() as db:
        assert not db.scalars(select(ContactWishes)).all()
        assert not db.scalars(select(QuietDay)).all()


def test_what_is_chosen_beside_the_words_comes_along(mother: Family) -> None:
    page = Page(mother.inside(), "ways")
    page.saves("07700 900123", ways="text", shared="post", interpreter="Sylheti")
    page.open()
    assert (page.sends["ways"], page.sends["shared"]) == ("text", "post")
    assert page.browser.value("An interpreter for calls") == "Sylheti"


def test_once_it_is_set_the_draft_is_gone_and_comes_back_with_no_late_save(mother: Family) -> None:
    page = Page(mother.inside(), "ways")
    page.saves("07700 900123")
    page.open().browser.fill(page.label, "").press("Keep this")
    assert page.browser.heading == "How I wish to be reached"
    assert _drafts(mother) == [], "also where everything was taken out again"
    assert page.saves("07700").status_code == 200, "another open page has written something else since"
    assert _drafts(mother) == ["07700"]


def test_a_draft_of_what_somebody_changed_meanwhile_is_looked_at_once_more(mother: Family) -> None:
    page = Page(mother.inside(), "ways")
    page.saves("Never the school")
    other = Page(mother.inside(), "days").browser.open(page.path)
    other.fill(page.label, "Never my work").press("Keep it for later")  # on another device, in the same draft
    other.press("Keep this")
    page.saves("Never the school, never")
    page.open().browser.press("Keep this")
    assert page.browser.status == 422
    assert page.words == "Never my work\nNever the school, never"


def test_two_pages_are_both_kept_and_both_shown(mother: Family) -> None:
    browser = mother.inside()
    one, other = Page(browser, "days"), Page(browser, "days")
    one.saves("Her birthday", tab="one", first="3 May")
    other.saves("The funeral", tab="other", first="7 June")
    main = one.open().browser.main
    assert "You wrote this in more than one place" in main
    assert "3 May Her birthday" in main
    assert one.words == "The funeral"
    browser.press("Keep this day quiet")
    assert browser.status == 200
    assert _drafts(mother) == ["3 May\nHer birthday"]


def test_what_a_file_is_goes_with_the_file(mother: Family) -> None:
    page = Page(mother.inside(), "bring")
    page.saves("The sea")
    mark = "a1"
    sends = {**page.open().sends, "what": "The sea", "mark": mark, "size": "7", "name": "sea.txt"}
    client = page.browser.client
    begun = client.post("/en/your-space/bring/begin", data=sends)
    reference = begun.headers["Location"].split("/")[-2]
    assert _drafts(mother) == ["The sea"], "until the file is there"
    assert client.post(f"/en/your-space/brought/{reference}/part?at=0", data=b"The sea").status_code in (303, 400, 422)
    headers = {"X-CSRFToken": sends["csrf_token"]}
    client.post(f"/en/your-space/brought/{reference}/part?at=0", data=b"The sea", headers=headers)
    assert client.post(f"/en/your-space/brought/{reference}/whole", headers=headers).status_code == 303
    assert _drafts(mother) == []
    assert page.saves("The sea").status_code == 409
    with mother.house.database.reading() as db:
        assert db.scalars(select(File)).one().words == "The sea"


def test_it_is_nobody_elses(mother: Family, father: Family) -> None:
    Page(mother.inside(), "ways").saves(WORDS)
    his = father.inside()
    assert Page(his, "ways").words == ""
    assert "You began" not in his.open("/en/your-space").main


def test_with_a_visit_that_has_ended_script_is_told_so(mother: Family) -> None:
    page = Page(mother.inside(), "ways")
    page.browser.client.delete_cookie("family")
    assert page.saves(WORDS).status_code == 401


@pytest.mark.parametrize("place", ["ways", "knowing"])
def test_a_wish_that_is_only_saved_says_that_nobody_else_knows_of_it(mother: Family, place: str) -> None:
    page = Page(mother.inside(), place)
    page.saves(WORDS)
    assert "Until you send it, only you can see it." in page.open().browser.main
