"""Each person has an own room; leaving is at once; nothing of a space is kept by a browser or a cache."""

import pytest
from flask import Flask
from sqlalchemy import select

from portal.house import House
from portal.review.people import FamilyMember, Relation, StaffMember
from portal.review.reviews import Review
from tests import make
from tests.browser import Browser
from tests.family.conftest import Family

PLACES = ("", "/ask", "/tell", "/words", "/leaving")


def _relatives(app: Flask, house: House) -> list[Family]:
    """A mother, a father, a grandparent and a sister of one child, each with words of their own."""
    found = []
    with house.database.writing() as db:
        key_worker = make.a_key_worker(db)
        review = make.a_review(db, key_worker)
        for name, relation in (
            ("Amina Quill", Relation.MOTHER),
            ("Daniel Quill", Relation.FATHER),
            ("Bushra Quill", Relation.GRANDPARENT),
            ("Noor Quill", Relation.SIBLING),
        ):
            member = make.a_family_member(db, review, name, relation=relation)
            secret, number = make.a_link(db, house, key_worker, member)
            make.a_question(db, member, f"Only {name} asks this")
            found.append(Family(app, house, secret, number))
    return found


def test_relatives_see_no_trace_of_one_another(app: Flask, house: House) -> None:
    relatives = _relatives(app, house)
    names = ("Amina", "Daniel", "Bushra", "Noor")
    for position, relative in enumerate(relatives):
        browser = relative.inside()
        for place in PLACES:
            html = browser.open(f"/en/your-space{place}").html
            for other in names[:position] + names[position + 1 :]:
                assert other not in html
            for word in ("mother", "father", "grandparent", "sister"):
                assert word not in browser.main.lower()


def test_a_space_looks_the_same_whether_or_not_others_are_invited(app: Flask, house: House) -> None:
    from tests.family.test_link import _without_marks

    with house.database.writing() as db:
        key_worker = make.a_key_worker(db)
        member = make.a_family_member(db, make.a_review(db, key_worker))
        secret, number = make.a_link(db, house, key_worker, member)
    alone = Family(app, house, secret, number).inside()
    before = [_without_marks(alone.open(f"/en/your-space{place}").html) for place in PLACES[:4]]
    with house.database.writing() as db:
        review = db.scalars(select(Review).order_by(Review.id)).one()
        other = make.a_family_member(db, review, "Daniel Quill", relation=Relation.FATHER)
        make.a_link(db, house, db.get_one(StaffMember, review.key_worker_id), other)
        make.a_question(db, other, "Another asks")
    after = [_without_marks(alone.open(f"/en/your-space{place}").html) for place in PLACES[:4]]
    import re

    way = re.compile(r'name="way_back"[^>]*>|<input[^>]*way_back[^>]*>')
    assert [way.sub("", page) for page in before] == [way.sub("", page) for page in after]


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
    for path in ("/en/your-space", "/en/your-space/ask", "/en/your-space/nowhere", mother.link, "/en/signed-out"):
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
    browser.open("/en/your-space/ask").fill("Your question", "A very findable sentence").press("Send my question")
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
