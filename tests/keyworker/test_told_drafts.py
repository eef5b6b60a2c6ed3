"""What a key worker begins to write down of what somebody says: kept while they type, and for that key worker alone."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from portal.copying.gathering import everything_of
from portal.house import House
from portal.review import cover
from portal.review.form_drafts import Filled, FormDraft
from portal.review.people import FamilyMember, StaffMember
from portal.review.questions import Question
from portal.review.reviews import Review
from tests import make
from tests.browser import Browser, _standing, as_staff
from tests.family.conftest import Family
from tests.keyworker.conftest import Desk

pytestmark = pytest.mark.whole

SAID = "CanarySaid: “nobody rang us”,\n\n\tshe said. ڈاکٹر نے کیا کہا؟"
HTML = "{http://www.w3.org/1999/xhtml}"


class Form:
    """The form at one desk, in one tab: what it would send, and what script sends while it is filled in."""

    def __init__(self, browser: Browser, member_id: UUID) -> None:
        self.browser, self.path, self.turn = browser, f"/keyworker/people/{member_id}/tell", 0
        self.open()

    def open(self, more: str = "") -> "Form":
        """Open the page, or come back to it."""
        self.browser.open(f"{self.path}{more}")
        forms = [form for form in self.browser.tree.iter(f"{HTML}form") if form.get("data-writing")]
        self.sends = _standing(forms[0]) if forms else {}
        return self

    def saves(self, words: str, tab: str = "tab", **other: str) -> Any:
        """Save as script does."""
        self.turn += 1
        data = {**self.sends, "words": words, "tab": tab, "turn": str(self.turn), **other}
        return self.browser.client.post(f"{self.path}/keep", data=data)

    @property
    def words(self) -> str:
        """What stands in the field."""
        return self.browser.value("What they said").replace("\r\n", "\n")


@pytest.fixture
def member_id(desk: Desk) -> UUID:
    """A person of a family."""
    return desk.a_person(desk.a_family())


@pytest.fixture
def form(desk: Desk, member_id: UUID) -> Form:
    """The form, open at the desk."""
    return Form(desk.browser, member_id)


def _drafts(house: House) -> list[str]:
    with house.database.reading() as db:
        live = select(FormDraft).where(FormDraft.words_ct.is_not(None), FormDraft.let_go_at.is_(None))
        return [Filled.of(one.words).said for one in db.scalars(live.order_by(FormDraft.saved_at, FormDraft.id))]


def test_the_whole_form_is_there_again_after_the_browser_died(form: Form, desk: Desk) -> None:
    answer = form.saves(SAID, what="question", language="ur", said_on="1 November 2026", read_back="y")
    assert answer.status_code == 200
    assert answer.json["said"].endswith("Only you can see this.")
    page = form.open().browser
    assert form.words == SAID
    assert page.value("The day on which they said it") == "1 November 2026"
    assert form.sends["what"] == "question"
    assert form.sends["language"] == "ur"
    assert "read_back" in form.sends
    assert "Saved at" in page.main
    with desk.house.database.reading() as db:
        assert b"CanarySaid" not in (db.scalars(select(FormDraft)).one().words_ct or b"")


def test_without_script_a_button_keeps_it_and_nothing_has_to_be_whole(form: Form, desk: Desk) -> None:
    page = form.browser.fill("What they said", SAID).press("Keep it for later")
    assert page.status == 200
    assert page.value("What they said").replace("\r\n", "\n") == SAID
    assert "Only you can see this." in page.main
    page.open("/keyworker/").follow("You began to write down what Amina Quill said")
    assert page.value("What they said").replace("\r\n", "\n") == SAID


def test_the_familys_page_leads_back_to_it_without_a_word_of_it(form: Form, desk: Desk) -> None:
    form.saves(SAID)
    with desk.house.database.reading() as db:
        review_id = db.scalars(select(Review.id)).one()
    page = desk.browser.open(f"/keyworker/families/{review_id}")
    assert "CanarySaid" not in page.html
    page.follow("You began to write down what Amina Quill said")
    assert form.open().words == SAID


def test_once_it_waits_for_the_persons_word_the_draft_is_gone_and_no_late_save_brings_it_back(
    form: Form, desk: Desk
) -> None:
    form.saves(SAID)
    rest = {"what": "question", "said_on": "1 November 2026", "read_back": "y", "tab": "tab", "turn": "5"}
    sent = desk.browser.client.post(form.path, data={**form.sends, "words": SAID, **rest})
    assert sent.status_code == 303
    assert form.saves(SAID[:20]).status_code == 409
    assert _drafts(desk.house) == []
    with desk.house.database.reading() as db:
        assert [one.words for one in db.scalars(select(Question))] == [SAID]
    assert "You began to write down" not in desk.browser.open("/keyworker/").main
    assert form.open().words == ""


def test_a_form_that_comes_back_is_kept_too_and_goes_on_as_the_same_draft(form: Form, desk: Desk) -> None:
    page = form.browser.fill("What they said", SAID).press("Keep it for their word")
    assert page.status == 422
    assert _drafts(desk.house) == [SAID]
    form.sends = _standing(next(one for one in page.tree.iter(f"{HTML}form") if one.get("data-writing")))
    assert not form.saves(f"{SAID} And more.", tab="after").json["beside"]
    assert _drafts(desk.house) == [f"{SAID} And more."]
    page = form.open().browser.fill("The day on which they said it", "1 November 2026")
    page.choose("I have read it back to them").choose("A question to the panel").press("Keep it for their word")
    assert "Told aloud on 1 November 2026" in page.main
    assert _drafts(desk.house) == []


def test_pressing_twice_keeps_it_once(form: Form, desk: Desk) -> None:
    form.saves(SAID)
    form.open()
    filled = {**form.sends, "what": "question", "said_on": "1 November 2026", "read_back": "y"}
    assert set(desk.post_at_once(form.path, filled)) == {303}
    assert _drafts(desk.house) == []
    with desk.house.database.reading() as db:
        assert db.query(Question).count() == 1


def test_saving_twenty_times_at_the_same_moment_keeps_one_draft(form: Form, desk: Desk) -> None:
    assert set(desk.post_at_once(f"{form.path}/begun", {**form.sends, "words": SAID})) == {303}
    assert _drafts(desk.house) == [SAID]


def test_two_tabs_are_both_kept_and_both_shown(form: Form, desk: Desk, member_id: UUID) -> None:
    other = Form(desk.browser, member_id)
    form.saves("On the laptop", tab="laptop")
    other.saves("On the telephone", tab="telephone")
    page = form.open().browser
    assert "You wrote this in more than one place" in page.main
    assert form.words == "On the telephone"
    assert "On the laptop" in page.main
    page.follow("Go on with this one")
    assert page.value("What they said") == "On the laptop"
    page.press("Let this one go")
    assert _drafts(desk.house) == ["On the laptop"]


def test_two_tabs_of_one_draft_never_replace_each_other(form: Form, desk: Desk, member_id: UUID) -> None:
    form.saves("She began", tab="first")
    one, other = Form(desk.browser, member_id), Form(desk.browser, member_id)
    assert not one.saves("She began, and went on", tab="one").json["beside"]
    assert other.saves("She began, and stopped", tab="other").json["beside"]
    assert sorted(_drafts(desk.house)) == ["She began, and stopped", "She began, and went on"]


def test_what_is_let_go_comes_back_with_one_press(form: Form, desk: Desk) -> None:
    form.saves(SAID)
    page = form.open().browser.press("Let this go")
    assert form.open().words == ""
    assert "What you let go" in page.main
    page.press("Bring it back")
    assert form.open().words == SAID


def test_nobody_else_sees_it_and_neither_does_who_takes_the_family_over(
    form: Form, desk: Desk, member_id: UUID
) -> None:
    form.saves(SAID)
    form.open()
    with desk.house.database.writing() as db:
        colleague = make.a_key_worker(db)
        colleague.tf_primary_method = "authenticator"
        theirs, colleague_id = as_staff(desk.app, colleague), colleague.id
    assert theirs.open(form.path).status == 404
    with desk.house.database.writing() as db:
        review = db.get_one(Review, db.get_one(FamilyMember, member_id).review_id)
        key_worker, colleague = db.get_one(StaffMember, desk.key_worker_id), db.get_one(StaffMember, colleague_id)
        cover.hand_over(db, key_worker, [review], colleague, "")
        review_id = review.id
    for path in ("/keyworker/", f"/keyworker/families/{review_id}", form.path):
        page = theirs.open(path)
        assert page.status == 200
        assert "CanarySaid" not in page.html
        assert "You began to write down" not in page.main
    draft = next(
        one.get("action") for one in desk.browser.tree.iter(f"{HTML}form") if "let_go" in one.get("action", "")
    )
    mark = next(one.get("value") for one in theirs.tree.iter() if one.get("name") == "csrf_token")
    assert theirs.client.post(draft, data={"csrf_token": mark}).status_code == 404
    assert desk.browser.open(form.path).status == 404, "who has handed the family over sees nothing of it either"
    assert form.saves("More").status_code == 404
    assert _drafts(desk.house) == [SAID], "and it is not lost: it waits, should the family come back"


def test_a_mark_that_stands_for_somebody_elses_form_neither_finds_that_nor_is_in_the_way(
    form: Form, desk: Desk, member_id: UUID
) -> None:
    with desk.house.database.writing() as db:
        theirs = make.a_form_draft(db, db.get_one(FamilyMember, member_id), "ways", "words", "Theirs")
        once = theirs.once
    for words in ("She", "She said", "She said that"):
        assert not form.saves(words, once=once).json["beside"]
    assert sorted(_drafts(desk.house)) == ["She said that", "Theirs"]


def test_the_person_meets_it_nowhere_before_it_is_kept_for_their_word(form: Form, desk: Desk, member_id: UUID) -> None:
    form.saves(SAID)
    with desk.house.database.writing() as db:
        member, key_worker = db.get_one(FamilyMember, member_id), db.get_one(StaffMember, desk.key_worker_id)
        assert "CanarySaid" not in repr(everything_of(db, member))
        secret, number = make.a_link(db, desk.house, key_worker, member)
    browser = Family(desk.app, desk.house, secret, number).inside()
    for page in ("", "/reaching/ways", "/words", "/bring"):
        assert "CanarySaid" not in browser.open(f"/en/your-space{page}").html
        assert "You began to write" not in browser.main


def test_somebody_who_was_signed_out_is_told_so_and_the_words_wait_on_the_device(form: Form) -> None:
    form.browser.client.delete_cookie("session")
    assert form.saves(SAID).status_code in (401, 422), "script asks again, and keeps the words locked until then"


def test_an_untouched_form_begins_nothing_and_an_odd_one_breaks_nothing(form: Form, desk: Desk) -> None:
    assert form.saves("  \n").json["once"] == ""
    assert _drafts(desk.house) == []
    assert form.saves("A\x00b", once="", seen="9" * 400, what="nothing that there is").status_code == 200
    assert form.open("?draft=nothing").words == "Ab"
    assert form.browser.client.post(f"{form.path}/begun?let_go=7", data=form.sends).status_code == 404
