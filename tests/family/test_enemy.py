"""What an enemy tries in a family's space: races, odd days, floods, signs that no database can look for."""

import io
import threading
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from portal import clock
from portal.family import bring_views
from portal.house import House
from portal.looking.kinds import Form, Found
from portal.looking.look import look_into
from portal.review import files, news, quiet_days, wishes
from portal.review.files import File, FilePart, Keeping
from portal.review.news import About, News, Piece
from portal.review.people import FamilyMember, Presence
from portal.review.questions import NotNow
from portal.review.quiet import Span
from portal.review.quiet_days import QuietDay
from portal.review.removals import RemovalRequest
from tests import make
from tests.browser import Browser
from tests.family.conftest import Family
from tests.family.hostile import webm
from tests.family.test_bringing import Telephone

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

SPACE = "/en/your-space"
QUIET = f"{SPACE}/reaching/quiet-days"


def her(db: Session) -> FamilyMember:
    """Return the only person there is."""
    return db.scalars(select(FamilyMember).order_by(FamilyMember.id)).one()


def token(browser: Browser) -> str:
    """Return the form token of the page."""
    return browser.html.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]


@pytest.mark.parametrize("way_in", ["straight", "after leaving"])
def test_a_button_of_a_page_that_somebody_else_left_open_does_nothing_in_this_space(
    mother: Family, father: Family, way_in: str
) -> None:
    browser = mother.inside().open(f"{SPACE}/not-now")
    hers = {"csrf_token": token(browser), "presence": Presence.NOT_AT_ALL.value}
    if way_in == "after leaving":
        browser.press("Sign out")
    browser.open(father.link).fill("Your number", father.number).press("Open my space")
    assert browser.heading == "Your space"
    assert browser.client.post(f"{SPACE}/not-now", data=hers).status_code == 422
    with mother.house.database.reading() as db:
        everybody = db.scalars(select(FamilyMember).order_by(FamilyMember.id)).all()
        assert {one.presence for one in everybody} == {Presence.HERE}


def test_whoever_opens_their_own_space_once_more_can_go_on_in_a_page_that_lay_open(mother: Family) -> None:
    browser = mother.inside().open(f"{SPACE}/not-now")
    own = {"csrf_token": token(browser), "presence": Presence.NOT_NOW.value}
    browser.open(mother.link).fill("Your number", mother.number).press("Open my space")
    assert browser.client.post(f"{SPACE}/not-now", data=own).status_code == 303
    with mother.house.database.reading() as db:
        assert her(db).presence is Presence.NOT_NOW


def crowd(family: Family, path: str, data: dict[str, str], many: int = 8) -> list[int]:
    """Press one button in so many tabs at the same moment."""
    browser = family.inside().open(f"{SPACE}/write/ask")
    sent, cookies = {"csrf_token": token(browser), **data}, []
    for name in ("family", "session"):
        cookie = browser.client.get_cookie(name)
        assert cookie is not None
        cookies.append(cookie)
    together, found = threading.Barrier(many), []

    def press() -> None:
        client = family.app.test_client()
        for cookie in cookies:
            client.set_cookie(cookie.key, cookie.value)
        together.wait(timeout=20)
        found.append(client.post(f"{SPACE}{path}", data=sent).status_code)

    threads = [threading.Thread(target=press) for _ in range(many)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return found


def test_what_comes_while_a_file_is_looked_into_is_never_kept_unseen(
    mother: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    telephone, spoken = Telephone(mother), webm()
    data = spoken + b"<script>alert(1)</script>"
    telephone.begin(data, spoken="1")
    telephone.part(spoken, 0)
    more: list[int] = []

    def meanwhile(seen: bytes) -> Found:
        if not more:
            more.append(telephone.part(data, len(seen)).status_code)
        return look_into(seen)

    monkeypatch.setattr("portal.family.bring_views.look_into", meanwhile)
    telephone.whole()
    with mother.house.database.reading() as db:
        file = db.scalars(select(File).order_by(File.id)).one()
        assert (more, file.state, file.size) == ([303], Keeping.ARRIVING, len(data))
    telephone.whole()
    with mother.house.database.reading() as db:
        file = db.scalars(select(File).order_by(File.id)).one()
        assert file.state is Keeping.KEPT  # looked into as a whole


def test_spoken_messages_take_no_more_room_than_there_is(mother: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    telephone = Telephone(mother)
    telephone.begin(b"", spoken="1")
    monkeypatch.setattr(bring_views, "room", lambda _: 1000)
    assert telephone.part(bytes(900), 0).status_code == 303
    assert telephone.part(bytes(1200), 900).status_code == 422
    assert telephone.part(bytes(1000), 900).status_code == 303


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/where", {"hearing": "read it now"}),
        ("/take-out", {"what": "everything"}),
        ("/words/{0}/take-back", {}),
        ("/brought/{1}/send", {"what": "Her last drawing"}),
        ("/brought/{2}/take-back", {}),
    ],
)
@pytest.mark.whole
def test_eight_presses_at_one_moment_do_one_thing_and_are_all_met_with_it(
    mother: Family, path: str, data: dict[str, str]
) -> None:
    with mother.house.database.writing() as db:
        found = [make.a_question(db, her(db)).reference]
        for sent in (False, True):
            found.append(make.a_file(db, her(db), Found(Form.TXT), sent=sent).reference)
    assert crowd(mother, path.format(*found), data) == [303] * 8
    with mother.house.database.reading() as db:
        assert (db.scalar(select(func.count(RemovalRequest.id))) or 0) < 2


@pytest.mark.parametrize(
    ("first", "last", "status"),
    [
        ("1 May 9999", "2 March", 422),
        ("31/12/9999", "1 January", 422),
        ("1/1/0001", "", 422),
        ("31 February", "", 422),
        ("31/12/9999", "31/12/9999", 303),
        ("1/1/2026", "31/12/9999", 303),
    ],
)
def test_days_at_the_end_of_the_calendar_are_met_kindly(mother: Family, first: str, last: str, status: int) -> None:
    browser = mother.inside().open(QUIET)
    sent = {"csrf_token": token(browser), "first": first, "last": last, "once": "1"}
    assert browser.client.post(QUIET, data=sent).status_code == status
    assert browser.open(QUIET).status == browser.open(f"{SPACE}/copy/print").status == 200
    with mother.house.database.reading() as db:
        wishes.hold_for(db, her(db), clock.now())


def test_a_form_that_is_sent_again_with_another_day_keeps_both(mother: Family) -> None:
    browser = mother.inside().open(QUIET)
    for day in ("3 May 2030", "4 May 2030", "4 May 2030"):
        sent = {"csrf_token": token(browser), "first": day, "once": "the same"}
        assert browser.client.post(QUIET, data=sent).status_code == 303
    with mother.house.database.reading() as db:
        assert [one.first.day for one in db.scalars(select(QuietDay).order_by(QuietDay.first))] == [3, 4]


def test_news_that_is_sent_again_with_other_words_is_not_lost(house: House) -> None:
    with house.database.writing() as db:
        key_worker = make.a_key_worker(db)
        review = make.a_review(db, key_worker)
        for words in ("The first words.", "Other words.", "Other words."):
            news.write(db, key_worker, review, Piece(About.OUTCOME, words), "the same")
        found = db.scalars(select(News).order_by(News.drafted_at)).all()
        assert [news.words_of(db, one) for one in found] == ["The first words.", "Other words."]


def test_nobody_keeps_so_many_days_quiet_that_reckoning_with_them_takes_long(mother: Family) -> None:
    with mother.house.database.writing() as db:
        member, today = her(db), clock.now().date()
        for number in range(quiet_days.MOST):
            day = today + timedelta(days=number)
            quiet_days.keep(db, member, member, Span(day, day, every_year=True), None, str(number))
        with pytest.raises(NotNow):
            quiet_days.keep(db, member, member, Span(today, today), None, "one more")


@pytest.mark.parametrize("field", ["once", "tab"])
@pytest.mark.parametrize("path", ["write/ask", "write/ask/keep"])
def test_a_sign_that_no_database_takes_is_taken_out_of_a_forms_marks(mother: Family, path: str, field: str) -> None:
    browser = mother.inside().open(f"{SPACE}/write/ask")
    sent = {"csrf_token": token(browser), "words": "Why?", "once": "1", "tab": "t", "turn": "1", field: "n\x00ul"}
    assert browser.client.post(f"{SPACE}/{path}", data=sent).status_code in (200, 303)


def test_a_sign_that_no_database_can_look_for_stands_in_no_address(mother: Family) -> None:
    with mother.house.database.writing() as db:
        reference = make.a_question(db, her(db)).reference
    browser = mother.inside().open(f"{SPACE}/write/ask")
    for place in ("ask%00", f"change-{reference}%00", f"%00add-{reference}"):
        path, sent = f"{SPACE}/write/{place}", {"csrf_token": token(browser), "words": "Why?", "once": "1"}
        assert browser.client.get(path).status_code == 404
        assert browser.client.post(path, data=sent).status_code == 404


def test_words_that_do_not_open_leave_a_gap_in_the_copy_and_no_more(mother: Family) -> None:
    with mother.house.database.writing() as db:
        make.a_question(db, her(db), "These can be read")
        make.a_question(db, her(db), "These cannot").words_ct = b"\x01" + bytes(60)
    browser = mother.inside().open(f"{SPACE}/copy/print")
    assert browser.status == 200
    assert "These can be read" in browser.main
    assert browser.client.get(f"{SPACE}/copy/your-words.zip").status_code == 200


def test_a_copy_goes_on_after_a_file_that_is_let_go_or_spoiled_while_it_is_fetched(mother: Family) -> None:
    with mother.house.database.writing() as db:
        for number in range(3):
            make.a_file(db, her(db), Found(Form.TXT), f"File {number}".encode(), sent=number != 1)
    answer = mother.inside().client.get(f"{SPACE}/copy/your-words.zip")  # packed while it is fetched: not a byte yet
    with mother.house.database.writing() as db:
        let_go, spoiled, _ = db.scalars(select(File).order_by(File.state, File.begun_at)).all()
        assert let_go.state is Keeping.KEPT
        files.let_go(db, her(db), let_go)
        db.execute(update(FilePart).where(FilePart.file_id == spoiled.id).values(part_ct=b"\x01" + bytes(60)))
    bundle = zipfile.ZipFile(io.BytesIO(answer.get_data()))
    found = [bundle.read(name) for name in bundle.namelist()]
    assert bundle.testzip() is None
    assert len([one for one in found if one.startswith(b"File ")]) == 1
    assert found.count(b"") == 2
