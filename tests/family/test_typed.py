"""A letter's code, typed at the short address: it does what the link does, and trying it teaches nobody anything."""

import hashlib
import re
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
from flask import Flask
from sqlalchemy import func, select
from structlog.testing import capture_logs

from portal import clock
from portal.house import House
from portal.review import codes, invitations, resting
from portal.review.brake import ALL_AT_ONCE
from portal.review.history import Entry
from portal.review.invitations import Invitation, Misses
from portal.review.messages import Message
from portal.review.people import FamilyMember, StaffMember, Way
from portal.settings import LINK_LENGTH, short_address, unsafe
from tests import make
from tests.browser import Browser
from tests.courier.outbox import with_settings
from tests.family.test_link import _without_marks as without_marks
from tests.family.test_link import dump, robots

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

HERE = "/en/i"
CODE, NUMBER, PRESS = "The code in your letter", "Your number", "Open my space"
WRONG = "00000000"


@dataclass
class Letter:
    """A person with a letter: what stands in it, and what stands on the sheet apart from it."""

    app: Flask
    house: House
    secret: str
    code: str
    number: str
    language: str = "en"

    def typed(self, code: str = "", number: str = "", browser: Browser | None = None) -> Browser:
        """Type the code and the number as they stand, or others."""
        browser = (browser or Browser(self.app)).open(HERE)
        browser.fill(CODE, code or codes.in_groups(self.code))
        return browser.fill(NUMBER, number or self.number).press(PRESS)


def written(app: Flask, house: House, language: str = "en") -> Letter:
    """Invite somebody by letter."""
    with house.database.writing() as db:
        key_worker = make.a_key_worker(db)
        member = make.a_family_member(db, make.a_review(db, key_worker), language=language, way=Way.PAPER, address=None)
        invitation = invitations.invite(db, key_worker, member, Way.PAPER)
        invitations.give_number(db, key_worker, member, house.numbers)
        message = db.scalars(select(Message).where(Message.invitation_id == invitation.id)).one()
        secret, code = (message.text or "").split()
        return Letter(app, house, secret, code, member.number or "", language)


@pytest.fixture
def letter(app: Flask, house: House) -> Letter:
    """A letter to a mother who reads English."""
    return written(app, house)


@pytest.fixture
def other(app: Flask, house: House) -> Letter:
    """A letter to somebody of another family."""
    return written(app, house)


def test_code_and_number_open_the_space_and_so_does_the_link_beside_them(letter: Letter) -> None:
    assert letter.typed().path == "/en/your-space"
    browser = Browser(letter.app).open(f"/i/{letter.secret}").fill(NUMBER, letter.number).press(PRESS)
    assert browser.path == "/en/your-space"
    assert letter.typed().path == "/en/your-space"  # neither can be used up


def test_the_space_opens_in_the_persons_language(app: Flask, house: House) -> None:
    browser = written(app, house, "ur").typed()
    assert browser.path == "/ur/your-space"


@pytest.mark.parametrize("form", ["{0}{1}{2}", "{0} {1} {2}", " {0}–{1} - {2}.", "{0}\u200f-\u00a0{1}_{2}\t"])
@pytest.mark.parametrize("case", [str.upper, str.lower])
def test_however_the_code_is_typed_it_is_understood(letter: Letter, form: str, case: type[str]) -> None:
    parts = codes.in_groups(letter.code).split("-")
    assert letter.typed(case(form.format(*parts))).path == "/en/your-space"


@pytest.mark.parametrize("zero", ["٠", "۰", "০", "૦", "੦", "０"])
def test_digits_of_every_script_are_understood_in_code_and_number(letter: Letter, zero: str) -> None:
    def in_script(text: str) -> str:
        return "".join(chr(ord(zero) + int(sign)) if sign.isdigit() else sign for sign in text)

    assert codes.letter_code(in_script("3467-9346-79cd")) == "3467934679CD"
    assert letter.typed(in_script(letter.code), in_script(letter.number)).path == "/en/your-space"


@pytest.mark.parametrize("typed", ["KMPT-4TQR-WXY", "KMPT-4TQR-WXYCC", "KMPT-4TQR-WXY8", "κωδικός", "<b>", "x" * 9999])
def test_what_is_no_code_is_met_with_how_a_code_looks_and_stays_as_it_was_typed(letter: Letter, typed: str) -> None:
    browser = letter.typed(typed)
    assert browser.status == 422
    assert "A code has twelve letters and digits. Please look at it again." in browser.main
    assert browser.value(CODE) == typed
    with letter.house.database.reading() as db:
        assert db.scalar(select(func.count(Misses.id))) == 0


def test_the_short_address_is_short_and_leads_to_the_page_however_it_is_typed(letter: Letter) -> None:
    longest = with_settings(letter.house, demo=False, base_url="https://" + "x" * (LINK_LENGTH - 32 - 12) + ".uk")
    assert not any("too long" in reason for reason in unsafe(longest.settings))
    assert len(short_address(longest.settings)) <= 30
    for address in ("/i", "/I", "/i/", "/en/i/"):
        answer = letter.app.test_client().get(address, headers={"Accept-Language": "pl, en;q=0.5"})
        assert answer.status_code == 302
        assert answer.headers["Cache-Control"] == "no-store"
    assert Browser(letter.app).open("/i").path == HERE
    page = letter.app.test_client().get("/ur/i")
    assert page.headers["Cache-Control"] == "no-store"
    assert 'lang="ur" dir="rtl"' in page.get_data(as_text=True)
    assert re.search(r'<input[^>]*id="code"[^>]*dir="ltr"', page.get_data(as_text=True))


def test_the_page_tells_nothing(letter: Letter) -> None:
    browser = Browser(letter.app).open(HERE)
    assert browser.title.startswith("Your space")
    for word in ("death", "died", "panel", "review", "child", "Amina", "Zebedee", "West of England"):
        assert word not in browser.main


def _invitation(letter: Letter) -> Invitation:
    with letter.house.database.reading() as db:
        kept = codes.hash_of_secret(letter.secret)
        return db.scalars(select(Invitation).where(Invitation.secret_hash == kept)).one()


def _change(letter: Letter, what: str) -> None:
    with letter.house.database.writing() as db:
        invitation = db.get_one(Invitation, _invitation(letter).id)
        by = db.get_one(StaffMember, invitation.invited_by)
        if what == "end":
            invitations.end(db, by, invitation)
        elif what == "pause":
            resting.pause(db, by, invitation)
        else:
            for _ in range(6):
                invitations.miss(db, invitation.secret_hash or "")


def test_unknown_ended_paused_resting_mistyped_and_wrong_are_one_and_the_same_page(app: Flask, house: House) -> None:
    wrong = written(app, house)
    answers = {"wrong number": wrong.typed(number=WRONG)}
    answers["my number with another's code"] = wrong.typed(number=written(app, house).number)
    for what in ("end", "pause", "rest"):
        other = written(app, house)
        _change(other, what)
        answers[what] = other.typed()
    answers["unknown"] = wrong.typed(codes.new_letter_code())
    pages = {
        (answer.status, re.sub(r'value="[0-9A-Z-]*"', "", without_marks(answer.html))) for answer in answers.values()
    }
    assert len(pages) == 1
    for word in ("invalid", "error", "denied", "expired"):
        assert word not in answers["end"].text.lower()


def test_each_cause_takes_one_look_at_a_number_so_that_time_tells_nothing(
    letter: Letter, other: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    _change(other, "pause")
    looks: list[str | None] = []
    fits = codes.Numbers.fits

    def look(self: codes.Numbers, kept: str | None, number: str) -> bool:
        looks.append(kept)
        return fits(self, kept, number)

    monkeypatch.setattr(codes.Numbers, "fits", look)
    for code in (letter.code, other.code, codes.new_letter_code()):
        looks.clear()
        letter.typed(code, WRONG)
        assert len(looks) == 1


def test_misses_are_charged_to_the_code_and_its_link_together_and_to_no_other(letter: Letter, other: Letter) -> None:
    for _ in range(5):
        letter.typed(number=WRONG)
    assert letter.typed().status == 422
    browser = Browser(letter.app).open(f"/i/{letter.secret}").fill(NUMBER, letter.number).press(PRESS)
    assert "resting" in browser.main
    assert other.typed().path == "/en/your-space"


def test_a_thousand_guesses_teach_nothing_and_take_nothing_from_who_has_a_letter(letter: Letter) -> None:
    looks = 0
    fits = codes.Numbers.fits
    with pytest.MonkeyPatch.context() as patch:

        def look(self: codes.Numbers, kept: str | None, number: str) -> bool:
            nonlocal looks
            looks += 1
            return fits(self, kept, number)

        patch.setattr(codes.Numbers, "fits", look)
        patch.setattr("portal.review.brake.time", SimpleNamespace(monotonic=lambda: 0.0))  # all at one moment
        letter.house.brake.forget()
        browser, pages = Browser(letter.app).open(HERE), set()
        token = browser.html.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
        for _ in range(1000):
            sent = {"csrf_token": token, "code": codes.new_letter_code(), "number": letter.number}
            answer = browser.client.post(HERE, data=sent)
            page = without_marks(answer.get_data(as_text=True))
            pages.add((answer.status_code, re.sub(r'value="[0-9A-Z-]*"', "", page)))
    assert len(pages) == 1
    assert looks == ALL_AT_ONCE
    with letter.house.database.reading() as db:
        assert (db.scalar(select(func.count(Misses.id))) or 0) == looks
    assert letter.typed().path == "/en/your-space"


@pytest.mark.whole
def test_robots_at_the_short_address_leave_everything_as_it_was(letter: Letter) -> None:
    before = dump(letter.house)
    robots(letter.app, HERE, 50)
    assert dump(letter.house) == before
    assert letter.typed().path == "/en/your-space"


def test_a_request_for_a_new_link_from_there_leads_to_the_right_key_worker(letter: Letter) -> None:
    from portal.review import coming_back

    browser = letter.typed(number=WRONG).follow("Ask for a new link or a new number")
    browser.fill("The name by which your key worker knows you", "Amina")
    browser.fill("How a person can reach you safely", "Ring me").press(browser.buttons[-1])
    with letter.house.database.reading() as db:
        by = db.get_one(StaffMember, _invitation(letter).invited_by)
        found = coming_back.for_key_worker(db, by)
        assert [one.member.id for one in found if one.member] == [_invitation(letter).family_member_id]


def test_a_form_that_lay_open_too_long_is_met_kindly_and_without_the_code(letter: Letter) -> None:
    answer = letter.app.test_client().post(HERE, data={"code": letter.code, "number": letter.number})
    assert answer.status_code == 422
    assert letter.code not in answer.get_data(as_text=True)


def test_a_canary_code_is_in_no_log_no_history_and_no_page_but_where_it_is_typed(
    letter: Letter, caplog: pytest.LogCaptureFixture
) -> None:
    with capture_logs() as logged, caplog.at_level("DEBUG"):
        browser = letter.typed(number=WRONG)
        letter.typed(browser=browser)
        pages = [browser.html, browser.open("/en/your-space/leaving").html, browser.open("/en/your-space/copy").html]
    grouped = codes.in_groups(letter.code)
    plain = {hashlib.sha256(one.encode()).hexdigest() for one in (letter.code, grouped, letter.code.lower())}
    assert _invitation(letter).code_hash not in plain  # whoever takes the database away cannot find codes by trying
    for kept in (str(logged), caplog.text, dump(letter.house), *pages):
        for word in (letter.code, grouped, letter.code.lower(), letter.secret):
            assert word not in kept
    with letter.house.database.reading() as db:
        assert db.scalar(select(func.count(Entry.id)).where(Entry.verb.contains(letter.code))) == 0
        assert clock.now() > db.scalars(select(FamilyMember.joined_at)).one()
