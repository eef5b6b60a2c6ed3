"""Each person has an own room; leaving is at once; nothing of a space is kept by a browser or a cache."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.house import House
from portal.review import questions, sharing
from portal.review.models import metadata
from portal.review.people import FamilyMember
from portal.review.sharing import Looking, Share, Thing, may_be_shown
from tests.browser import Browser
from tests.family.conftest import Family
from tests.family.crawl import Rows, fill, put_back, rows_of, standing_still, visitor, walk, without
from tests.family.relatives import NAMES, Relatives, four_relatives


@dataclass
class World:
    """Four relatives of one child with everything that a space can hold, and how each looks around in theirs."""

    relatives: Relatives
    clients: dict[str, FlaskClient]
    rows: Rows

    def walk(self, who: str, rows: Rows | None = None) -> dict[str, tuple[int, str, bytes]]:
        """Let one of them go everywhere, in a world that holds these rows; without rows in the one that there is."""
        if rows is not None:
            put_back(self.relatives.house, rows)
        return walk(self.relatives, self.clients[who], who, self.rows)


@pytest.fixture
def world(app: Flask, house: House) -> Iterator[World]:
    """A world in which the clock stands still."""
    relatives = four_relatives(app, house, {"grandmother": "ur"})
    with standing_still():
        fill(relatives)
        clients = {who: visitor(relatives, who) for who in NAMES}
        yield World(relatives, clients, rows_of(house))


@pytest.mark.whole
def test_the_relatives_have_something_in_every_table_of_a_space(world: World) -> None:
    owned = [table for table in metadata.sorted_tables if {"family_member_id", "owner_id"} & set(table.columns.keys())]
    empty = [table.name for table in owned if len(world.rows[table.name]) < len(NAMES)]
    assert not empty, f"Nobody has anything in {empty}: tests/family/crawl.py"


@pytest.mark.whole
def test_each_space_is_byte_by_byte_as_if_there_were_no_other_relative(world: World) -> None:
    for who, member_id in world.relatives.ids.items():
        others = [one for one in world.relatives.ids.values() if one != member_id]
        among = world.walk(who, world.rows)
        alone = world.walk(who, without(world.rows, others))
        assert len(among) > 500
        assert {status for status, _, _ in among.values()} >= {200, 404}
        _same(who, among, alone)
        for other, (name, _) in NAMES.items():
            met = [path for path, (_, _, body) in among.items() if name.split()[0].encode() in body]
            assert bool(met) == (other == who), f"{who} met {name} at {met[:3]}"


@pytest.mark.whole
def test_showing_one_thing_shows_that_and_nothing_else_and_undoing_it_removes_it(world: World) -> None:
    relatives = world.relatives
    with relatives.house.database.reading() as db:
        question = next(one for one in questions.asked_by(db, relatives.member(db, "mother")) if may_be_shown(one))
        subject_id, reference, words = question.id, question.reference, question.words.encode()
    share_id = relatives.agreed("mother", "father", Thing.QUESTION, subject_id, "Mother of your child")
    shared = rows_of(relatives.house)
    before_rows, world.rows = world.rows, shared
    before, after = world.walk("father", before_rows), world.walk("father", shared)
    changed = {path.removeprefix("/en") for path in before if before[path] != after[path]}
    assert changed == {"/your-space", "/your-space/sharing", f"/your-space/shown/{share_id}"}
    assert not [path for path, (_, _, body) in after.items() if words in body]
    assert not _names(reference, after)
    _same("grandmother", world.walk("grandmother", before_rows), world.walk("grandmother", shared))
    put_back(relatives.house, shared)
    relatives.stop("mother", share_id)
    _same("father", before, world.walk("father"))
    put_back(relatives.house, shared)
    with relatives.house.database.writing() as db:
        sharing.look(db, relatives.member(db, "father"), db.get_one(Share, share_id), Looking.SHOWN)
    seen = world.walk("father")
    assert [path for path, (_, _, body) in seen.items() if words in body] == [f"/en/your-space/shown/{share_id}"]
    assert not _names(reference, seen)
    relatives.stop("mother", share_id)
    left = world.walk("father")
    # His own copy holds what he did himself: that he chose whether to look, and nothing of at what.
    assert not [path for path in before if before[path] != left[path] and "/copy/" not in path]
    assert not [path for path, (_, _, body) in left.items() if words in body or b"Mother of your child" in body]


def _names(reference: str, answers: dict[str, tuple[int, str, bytes]]) -> list[str]:
    """Return the pages that name something, but for those whose address does: their links repeat what was typed."""
    return [path for path, (_, _, body) in answers.items() if reference not in path and reference.encode() in body]


def _same(who: str, one: dict[str, tuple[int, str, bytes]], other: dict[str, tuple[int, str, bytes]]) -> None:
    assert one.keys() == other.keys()
    differ = [path for path in one if one[path] != other[path]]
    if differ:
        first, second = (_lines(found[differ[0]]) for found in (one, other))
        lines = [line[:300] for line in unified_diff(first, second, lineterm="", n=0)]
        raise AssertionError(f"{who}: {len(differ)} of {len(one)} pages differ, {differ[:10]}; {lines[:20]}")


def _lines(answer: tuple[int, str, bytes]) -> list[str]:
    status, headers, body = answer
    return [str(status), *headers.splitlines(), *body.decode(errors="replace").splitlines()]


def test_signing_out_ends_the_visit_and_a_saved_cookie_opens_nothing(mother: Family) -> None:
    browser = mother.inside()
    cookie = browser.client.get_cookie("family")
    assert cookie is not None
    browser.press("Sign out")
    assert browser.heading == "You have signed out"
    browser.client.set_cookie("family", cookie.value)
    assert browser.open("/en/your-space").status == 401


def test_signing_out_everywhere_ends_every_visit(mother: Family) -> None:
    telephone, library = mother.inside(), mother.inside()
    telephone.open("/en/your-space/leaving").press("Sign out everywhere")
    assert library.open("/en/your-space").status == 401
    assert mother.inside().status == 200


def test_leaving_quickly_ends_the_visit_and_is_not_counted(mother: Family) -> None:
    browser = mother.inside()
    from tests.family.test_link import dump

    before = [line for line in dump(mother.house).splitlines() if line.startswith("history")]
    answer = browser.client.post("/en/leave-quickly")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert browser.open("/en/your-space").status == 401
    assert [line for line in dump(mother.house).splitlines() if line.startswith("history")] == before


def test_nothing_private_may_be_kept_shown_elsewhere_or_indexed(mother: Family) -> None:
    browser = mother.inside()
    for path in ("/en/your-space", "/en/your-space/write/ask", "/en/your-space/nowhere", mother.link, "/en/signed-out"):
        browser.open(path)
        assert browser.answer is not None
        headers = browser.answer.headers
        assert headers["Cache-Control"] == "no-store"
        assert "noindex" in headers["X-Robots-Tag"]
        assert 'name="robots"' in browser.html
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_robots_txt_does_not_hide_what_says_noindex(app: Flask) -> None:
    answer = app.test_client().get("/robots.txt")
    assert b"Disallow: /" not in answer.data


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example"])
def test_a_foreign_host_is_refused_and_never_gets_into_a_link(app: Flask, host: str) -> None:
    answer = app.test_client().get("/en/", headers={"Host": host})
    assert answer.status_code == 400
    assert host.encode() not in answer.data


def test_a_visit_falls_asleep_after_half_an_hour(mother: Family) -> None:
    from datetime import timedelta

    from portal import clock
    from portal.review.spaces import Visit

    browser = mother.inside()
    with mother.house.database.writing() as db:
        visit = db.scalars(select(Visit).order_by(Visit.begun_at)).one()
        visit.seen_at = clock.now() - timedelta(minutes=31)
    assert browser.open("/en/your-space").heading == "Please open your link again"


def test_what_is_kept_of_a_person_cannot_be_read_in_the_database(mother: Family) -> None:
    browser = mother.inside()
    browser.open("/en/your-space/write/ask").fill("Your question", "A very findable sentence")
    browser.press("Look at it and send").press("Send my question")
    from tests.family.test_link import dump

    text = dump(mother.house)
    with mother.house.database.reading() as db:
        member = db.scalars(select(FamilyMember).order_by(FamilyMember.joined_at)).one()
        assert member.name == "Amina Quill"
    for secret in ("Amina", "amina@example.org", "findable", "Zebedee", mother.secret, mother.number, "Kit Worker"):
        assert secret not in text


def test_a_space_without_a_visit_is_kind(app: Flask) -> None:
    browser = Browser(app).open("/en/your-space")
    assert browser.status == 401
    assert "Nothing in it is gone" in browser.main
