"""Everybody goes to every address, and what belongs to one person stands nowhere but where it belongs.

Once, at the start: everything is read by everybody, sent empty and sent wrong, and broken on purpose; meanwhile every
log is listened to. The tests then look through what came back.
"""

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from typing import Any

import pytest
import structlog
from flask import Flask
from structlog.typing import EventDict

from portal.house import House
from tests import make
from tests.browser import Browser
from tests.house.reading import read
from tests.house.world import LINK_PAGES, Visit, World, dump, emptied, everybody

pytestmark = pytest.mark.whole  # everybody goes everywhere: it takes its time
FIELDS = "words child name address email phone care own remark answer translation translator way_back held_on told_on"
# Each is broken in turn, and says in its trouble everything that it was given; who then goes where.
BROKEN = (
    ("portal.review.drafts.save", "mother", "POST", "/your-space/write/(?:ask|tell)(?:/keep)?$"),
    ("portal.review.drafts.was_sent", "mother", "POST", "/your-space/write/ask/check/"),
    ("portal.review.questions.one_of_theirs", "mother", "GET", "/your-space/(?:words|kept)/"),
    ("portal.review.questions.one_of_theirs", "mother", "POST", "/(?:answer|take-back)$"),
    ("portal.review.questions.one_of_panel", "coordinator", "GET", "/panel/questions/"),
    ("portal.review.questions.one_of_panel", "coordinator", "POST", "/panel/questions/.*/answer$"),
    ("portal.review.reviews.member_of_mine", "key worker", "GET", "/keyworker/people/"),
    ("portal.review.families.begin", "key worker", "POST", "/keyworker/start$"),
    ("portal.review.families.bring_in", "key worker", "POST", "/invite$"),
    ("portal.review.codes.hash_of_secret", "anyone", "POST", "/i/"),
    ("portal.review.people.staff_member", "anyone", "POST", "/staff/login$"),
)


class Ear(logging.Handler):
    """Hears everything that any library says, with its tracebacks."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.heard.append(self.format(record))


@dataclass
class Drive:
    """What came of it all."""

    world: World
    visits: list[Visit]
    typed: list[str] = field(default_factory=list)
    logs: str = ""
    rows: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    messages: dict[str, str] = field(default_factory=dict)
    broken: list[Visit] = field(default_factory=list)
    to_be_met: list[str] = field(default_factory=list)

    @property
    def everything(self) -> list[str]:
        """Every token that must not be met by the wrong person."""
        return [*self.world.canaries, *self.typed]


@contextmanager
def _listening(drive: Drive) -> Iterator[None]:
    ear, root, printed = Ear(), logging.getLogger(), io.StringIO()
    before = root.level
    root.addHandler(ear)
    root.setLevel(logging.DEBUG)
    try:
        with redirect_stdout(printed), redirect_stderr(printed), structlog.testing.capture_logs() as said:
            yield
    finally:
        root.removeHandler(ear)
        root.setLevel(before)
    drive.logs += "\n".join([*ear.heard, *map(_told, said), printed.getvalue()])


def _told(event: EventDict) -> str:
    trace = event.pop("exc_info", None)
    return f"{event!r} {trace!r}"


def _go(drive: Drive, who: str, method: str, path: str) -> None:
    typed = f"Typed{re.sub('[^a-z]', '', who)}x"
    wrong = dict.fromkeys(FIELDS.split(), typed)
    if method == "POST":
        drive.world.ask(who, "POST", path, {})
    drive.world.ask(who, method, path, {**wrong, "number": "12 34", "code": typed} if method == "POST" else None)


def _break(drive: Drive, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one use case after the other fail, with everything that it was given in its trouble."""
    world = drive.world
    start = len(world.visits)

    def fail(*given: Any, **named: Any) -> None:
        seen = [getattr(one, part) for one in given for part in ("name", "child", "number") if hasattr(one, part)]
        raise RuntimeError(f"{given} {named} {seen} {[*world.canaries]}")

    for name, who, method, where in BROKEN:
        with monkeypatch.context() as patch:
            patch.setattr(name, fail)
            for path in world.addresses(method, who, every=False):
                if re.search(where, path):
                    _go(drive, who, method, path)
    drive.broken = [visit for visit in world.visits[start:] if visit.status >= 500]


@pytest.fixture(scope="module")
def drive(portal_app: Flask) -> Drive:
    """Everybody's way through the whole portal."""
    house = emptied(portal_app)
    monkeypatch = pytest.MonkeyPatch()
    drive = Drive(World(portal_app, house), [])
    with _listening(drive):
        drive.world = everybody(portal_app, house)
        for who in list(drive.world.clients):
            for path in drive.world.addresses("GET", who):
                drive.world.ask(who, "GET", path)
        drive.rows = "\n".join(line for lines in dump(house).values() for line in lines)
        database = house.settings.var / "portal.db"
        drive.files = {path.name: path.read_bytes() for path in database.parent.glob("portal.db*")}
        drive.messages = {one.name: one.read_text("utf-8") for one in house.settings.messages_folder.iterdir()}
        drive.world.clients["anyone"] = portal_app.test_client()
        fresh = everybody(portal_app, emptied(portal_app))
        drive.visits, fresh.visits = [*drive.world.visits], []
        drive.to_be_met = list(drive.world.canaries)
        drive.world.canaries.update(fresh.canaries)
        fresh.canaries = drive.world.canaries
        drive.world = fresh
        drive.typed = [f"Typed{re.sub('[^a-z]', '', who)}x" for who in fresh.clients]
        # The forms' own marks are what keeps wrong forms out; here it is what stands behind them that is tried.
        monkeypatch.setitem(portal_app.config, "WTF_CSRF_ENABLED", False)
        _break(drive, monkeypatch)
        for who in list(fresh.clients):
            for path in fresh.addresses("POST", who, every=False):
                _go(drive, who, "POST", path)
        monkeypatch.undo()
        drive.visits += fresh.visits
        drive.rows += "\n".join(line for lines in dump(house).values() for line in lines)
        drive.files |= {f"{path.name} later": path.read_bytes() for path in database.parent.glob("portal.db*")}
    return drive


def test_everybody_was_everywhere_and_every_canary_was_met_by_somebody(drive: Drive) -> None:
    methods = {(visit.method, visit.status // 100) for visit in drive.visits}
    assert {("GET", 2), ("GET", 4), ("POST", 3), ("POST", 4), ("POST", 5)} <= methods
    assert len({visit.who for visit in drive.visits}) == 15
    pages = "\n".join({visit.body for visit in drive.visits})
    unseen = [token for token in drive.to_be_met if token not in pages]
    unseen = [one for one in unseen if not re.search(r"^\d{8}$|AddressStranger", one)]
    assert not unseen, f"No page shows these even to those who may see them, so this test says nothing: {unseen}"


def test_only_what_was_broken_on_purpose_broke(drive: Drive) -> None:
    broke = {(visit.method, visit.path) for visit in drive.visits if visit.status >= 500}
    assert broke == {(visit.method, visit.path) for visit in drive.broken}, "somebody met a page that went wrong"
    assert len(broke) >= 8


def test_nobody_meets_what_is_not_theirs(drive: Drive) -> None:
    tokens = {one.token: one for one in drive.world.canaries.values()}
    any_of = re.compile("|".join(map(re.escape, sorted(tokens, key=len, reverse=True))))
    leaks = {
        f"{visit.who} met {token} at {visit.method} {visit.path} ({visit.status})"
        for visit in drive.visits
        for token in set(any_of.findall(visit.body))
        if not tokens[token].may_be_met(visit.who, visit.path)
    }
    assert not leaks, "\n".join(sorted(leaks))


def test_an_answer_that_was_not_brought_or_not_chosen_is_on_no_page_of_the_family(drive: Drive) -> None:
    family = [visit.body for visit in drive.visits if visit.who in ("mother", "father", "stranger")]
    waits = r"^CanaryAnswer.*NotSaid|^CanaryRemark|^CanaryNews(?:Waits|ToCheck)"
    early = [token for token in drive.world.canaries if re.search(waits, token)]
    assert len(early) >= 6
    assert not [token for token in early for body in family if token in body]


def test_what_one_person_typed_comes_back_to_nobody_else(drive: Drive) -> None:
    for visit in drive.visits:
        for token in drive.typed:
            if token in visit.body and token != f"Typed{re.sub('[^a-z]', '', visit.who)}x":
                shown_to_staff = visit.who in drive.world.canaries or "mother" in token or "keyworker" in token
                assert shown_to_staff or "coordinator" in token, f"{visit.who} met {token} at {visit.path}"
                assert visit.who not in ("anyone", "father", "stranger"), f"{visit.who} met {token} at {visit.path}"


def test_no_header_and_no_title_holds_anything_of_anybody(drive: Drive) -> None:
    for visit in drive.visits:
        title = visit.body[visit.body.find("<title>") : visit.body.find("</title>")]
        for token in drive.everything:
            assert token not in title, f"{token} in the title of {visit.path}"
            assert token not in visit.headers or token in visit.path, f"{token} in the headers of {visit.path}"
            assert token not in visit.headers or LINK_PAGES.match(visit.path), f"{token} in the headers of {visit.path}"


def test_no_address_to_go_on_to_holds_a_secret(drive: Drive) -> None:
    onward = [line for visit in drive.visits for line in visit.headers.splitlines() if line.startswith("Location:")]
    assert onward
    secrets = [*drive.world.secrets.values(), *drive.world.numbers]
    assert not [line for line in onward for secret in secrets if secret in line]


def test_a_private_page_tells_the_next_site_nothing_of_its_address(drive: Drive) -> None:
    for visit in drive.visits:
        assert "Referrer-Policy: same-origin" in visit.headers or visit.status in (301, 308), visit.path


def test_no_log_holds_anything_of_anybody(drive: Drive) -> None:
    assert "a page went wrong" in drive.logs or "Exception on" in drive.logs, "nothing was heard, so nothing is proved"
    found = [token for token in drive.everything if token in drive.logs]
    lines = [line for line in drive.logs.splitlines() if any(token in line for token in found)]
    assert not found, f"{found}: {[line[:300] for line in lines[:5]]}"


def test_what_a_broken_page_says_is_kind_and_holds_nothing_of_anybody(drive: Drive) -> None:
    for visit in drive.broken:
        met = [token for token in drive.everything if token in visit.body and token not in visit.path]
        own = f"Typed{re.sub('[^a-z]', '', visit.who)}x"  # whoever wrote it gets it back, to press once more
        assert not [token for token in met if token != own], visit.path
        if visit.path.endswith("/keep"):  # asked by script, which says it to the person in its own words
            assert len(visit.body) < 40
            continue
        words = " ".join(run.text for run in read(visit.body).runs)
        assert "RuntimeError" not in words
        assert "it is our fault" in words


def test_a_message_holds_its_own_link_and_where_it_goes_and_nothing_else(drive: Drive) -> None:
    assert len(drive.messages) == 4
    for name, text in drive.messages.items():
        found = {token for token in drive.world.canaries if token in text}
        links = {token for token in found if re.fullmatch(r"[0-9a-z]{26}", token)}
        assert len(links) == 1, name
        if name.endswith(".eml"):
            to = {token for token in found if token.startswith("CanaryAddress")}
            assert all(f"To: {token}@example.org" in text and text.count(token) == 1 for token in to)
            links |= to
        assert found == links, f"{name} holds {found - links}"


def test_nothing_lies_in_the_database_in_clear(drive: Drive) -> None:
    assert "data_keys" not in drive.rows
    assert len(drive.rows) > 100_000
    for token in drive.everything:
        assert token not in drive.rows, f"{token} stands in the database"
        for name, content in drive.files.items():
            assert token.encode() not in content, f"{token} stands in {name}"


def test_no_name_of_a_child_or_person_is_in_an_address(drive: Drive) -> None:
    for visit in drive.visits:
        links = [href for href, _ in read(visit.body).links] if visit.status == 200 and "<a " in visit.body else []
        for token in drive.everything:
            if not LINK_PAGES.match(visit.path) and visit.path != "/demo/messages":
                assert not [href for href in links if token in href and not href.startswith("mailto:")], visit.path


def test_what_the_browser_of_a_person_keeps_goes_to_this_site_alone_and_to_no_script(app: Flask, house: House) -> None:
    with house.database.writing() as db:
        key_worker = make.a_key_worker(db)
        member = make.a_family_member(db, make.a_review(db, key_worker))
        secret, number = make.a_link(db, house, key_worker, member)
    browser = Browser(app).open(f"/i/{secret}").fill("Your number", number)
    answer = browser.client.post(f"/i/{secret}", data={"number": number, **_marks(browser)})
    assert answer.status_code == 303
    cookies = [line for line in answer.headers.getlist("Set-Cookie") if line.startswith("family=")]
    assert len(cookies) == 1
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookies[0].split("; ")[1:])
    assert "Domain" not in cookies[0]
    assert "Expires" not in cookies[0], "it goes when the browser is closed"


def _marks(browser: Browser) -> dict[str, str]:
    return {one.get("name"): one.get("value") for one in browser.tree.iter() if one.get("name") == "csrf_token"}
