"""A private link: it cannot be used up, tells nothing, and opens only together with its number."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text

from portal import clock
from portal.house import House
from portal.review import codes, invitations
from portal.review.invitations import Invitation
from portal.review.models import metadata
from portal.review.people import FamilyMember, StaffMember
from tests.browser import Browser
from tests.family.conftest import Family
from tests.zoo import KINDS

WRONG = "00000000"


def dump(house: House) -> str:
    """Return every row of every table."""
    with house.database.reading() as db:
        return "\n".join(
            f"{table.name} {sorted(map(str, db.execute(select(table))))}" for table in metadata.sorted_tables
        )


def robots(app: Flask, link: str, times: int = 1) -> None:
    """Look at a link as mail scanners and chat previews do: HEAD, GET, press every button, follow every link."""
    for turn in range(times):
        browser, kind = Browser(app), KINDS[turn % len(KINDS)]
        headers = {"User-Agent": kind.agent, **dict(kind.headers)}
        assert browser.client.head(link, headers=headers).status_code == 200
        behind = [link]
        for found in browser.open(link, headers=headers).tree.iter("{http://www.w3.org/1999/xhtml}a"):
            if (found.get("href") or "").startswith("/"):
                browser.client.get(found.get("href"), headers=headers)
                behind += [found.get("href")] if "ask-for-my-link" in found.get("href") else []
        for address in behind:
            for button in browser.open(address).buttons:
                browser.open(address).press(button)
                assert browser.status == 422


@pytest.mark.whole
def test_robots_leave_everything_as_it_was_and_the_link_opens_first_time(mother: Family) -> None:
    before = dump(mother.house)
    robots(mother.app, mother.link, 50)
    assert dump(mother.house) == before
    assert mother.inside().path == "/en/your-space"


def test_the_first_page_is_the_same_for_every_link_and_tells_nothing(mother: Family) -> None:
    live = Browser(mother.app).open(mother.link).html
    unknown = Browser(mother.app).open("/i/" + "0" * 26).html
    assert _without_marks(live) == _without_marks(unknown)
    for word in ("death", "died", "panel", "review", "child", "Amina", "Zebedee", "West of England"):
        assert word not in Browser(mother.app).open(mother.link).main


def test_the_link_opens_in_the_persons_language_and_leaves_the_address_bar(app: Flask, house: House) -> None:
    from tests.family.conftest import invited

    browser = invited(app, house, "ur").inside()
    assert browser.path == "/ur/your-space"
    assert 'lang="ur" dir="rtl"' in browser.html


def test_the_same_link_opens_again_on_another_device(mother: Family) -> None:
    assert mother.inside().status == 200
    assert mother.inside().path == "/en/your-space"


@pytest.mark.parametrize("typed", ["{0} {1}", "{0}-{1}", " {0}{1} ", "{0}–{1}."])
def test_spaces_and_dashes_in_the_number_are_forgiven(mother: Family, typed: str) -> None:
    browser = Browser(mother.app).open(mother.link)
    browser.fill("Your number", typed.format(mother.number[:4], mother.number[4:])).press("Open my space")
    assert browser.path == "/en/your-space"


@pytest.mark.parametrize("zero", ["٠", "۰", "০", "૦", "੦"])
def test_digits_of_every_script_are_understood(mother: Family, zero: str) -> None:
    typed = "".join(chr(ord(zero) + int(digit)) for digit in mother.number)
    browser = Browser(mother.app).open(mother.link).fill("Your number", typed).press("Open my space")
    assert browser.path == "/en/your-space"


@pytest.mark.parametrize("end", [".", ",", ")", ">", '"', ").", "%20"])
def test_what_mail_programs_add_to_a_link_is_forgiven(mother: Family, end: str) -> None:
    browser = Browser(mother.app).open(mother.link + end)
    assert browser.fill("Your number", mother.number).press("Open my space").path == "/en/your-space"


def test_a_link_typed_in_capitals_and_with_look_alikes_is_forgiven(mother: Family) -> None:
    typed = mother.secret.upper().replace("0", "O").replace("1", "L")
    browser = Browser(mother.app).open(f"/i/{typed}")
    assert browser.fill("Your number", mother.number).press("Open my space").path == "/en/your-space"


def _ended(family: Family) -> None:
    with family.house.database.writing() as db:
        invitation = db.scalars(
            select(Invitation).where(Invitation.secret_hash == codes.hash_of_secret(family.secret))
        ).one()
        invitation.ended_at = clock.now()


def test_unknown_ended_mistyped_and_wrong_are_one_and_the_same_page(mother: Family, father: Family) -> None:
    _ended(father)
    answers = {
        "wrong number": Browser(mother.app).open(mother.link).fill("Your number", WRONG).press("Open my space"),
        "ended": Browser(mother.app).open(father.link).fill("Your number", father.number).press("Open my space"),
        "unknown": Browser(mother.app).open("/i/" + "z" * 26).fill("Your number", WRONG).press("Open my space"),
        "mistyped": Browser(mother.app).open("/i/abc").fill("Your number", WRONG).press("Open my space"),
    }
    pages = {cause: (answer.status, _without_marks(answer.html)) for cause, answer in answers.items()}
    assert len(set(pages.values())) == 1
    for word in ("invalid", "error", "viewed", "denied", "expired"):
        assert word not in answers["ended"].text.lower()


def test_each_cause_takes_one_look_at_a_number_so_that_time_tells_nothing(
    mother: Family, father: Family, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ended(father)
    looks: list[str | None] = []
    fits = codes.Numbers.fits

    def look(self: codes.Numbers, kept: str | None, number: str) -> bool:
        looks.append(kept)
        return fits(self, kept, number)

    monkeypatch.setattr(codes.Numbers, "fits", look)
    for link in (mother.link, father.link, "/i/" + "z" * 26, "/i/abc"):
        looks.clear()
        Browser(mother.app).open(link).fill("Your number", WRONG).press("Open my space")
        assert len(looks) == 1


def test_after_five_wrong_numbers_this_link_rests_and_no_other(mother: Family, father: Family) -> None:
    for _ in range(5):
        browser = Browser(mother.app).open(mother.link).fill("Your number", WRONG).press("Open my space")
    browser = Browser(mother.app).open(mother.link).fill("Your number", mother.number).press("Open my space")
    assert "resting" in browser.main
    assert browser.status == 422
    assert father.inside().path == "/en/your-space"


def test_two_hundred_wrong_tries_on_one_link_do_not_lock_out_the_house(mother: Family, father: Family) -> None:
    for _ in range(200):
        mother.app.test_client().post(mother.link, data={"number": WRONG})
    browser = Browser(mother.app)
    for _ in range(20):
        browser.open(mother.link).fill("Your number", WRONG).press("Open my space")
    assert father.inside().path == "/en/your-space"


def test_the_rest_ends_by_itself_and_a_hit_forgets_the_misses(mother: Family) -> None:
    link = codes.hash_of_secret(mother.secret)
    with mother.house.database.writing() as db:
        for _ in range(6):
            invitations.miss(db, link)
        wait = invitations.wait_for(db, link)
        assert wait is not None
        assert timedelta(minutes=1) < wait <= timedelta(minutes=2)
        db.execute(text("UPDATE link_misses SET wait_until = NULL"))
    assert mother.inside().path == "/en/your-space"
    with mother.house.database.reading() as db:
        assert db.execute(text("SELECT count(*) FROM link_misses")).scalar_one() == 0


def test_twenty_wrong_numbers_end_what_this_link_can_do(mother: Family) -> None:
    link = codes.hash_of_secret(mother.secret)
    with mother.house.database.writing() as db:
        for _ in range(invitations.DEAD_AT):
            invitations.miss(db, link)
        db.execute(text("UPDATE link_misses SET wait_until = NULL"))
    browser = Browser(mother.app).open(mother.link).fill("Your number", mother.number).press("Open my space")
    assert browser.status == 422


def test_with_a_new_number_a_link_that_was_tried_too_often_lives_again(mother: Family) -> None:
    with mother.house.database.writing() as db:
        for _ in range(invitations.DEAD_AT):
            invitations.miss(db, codes.hash_of_secret(mother.secret))
        invitation = db.scalars(select(Invitation).order_by(Invitation.id)).one()
        member, by = db.get_one(FamilyMember, invitation.family_member_id), invitation.invited_by
        invitations.give_number(db, db.get_one(StaffMember, by), member, mother.house.numbers)
        mother.number = member.number or ""
    assert mother.inside().path == "/en/your-space"


def test_a_new_link_does_not_end_the_older_one(mother: Family) -> None:
    with mother.house.database.writing() as db:
        old = db.scalars(select(Invitation).order_by(Invitation.invited_at)).one()
        newer = Invitation(
            family_member_id=old.family_member_id, way="email", invited_by=old.invited_by, invited_at=clock.now()
        )
        db.add(newer)
        db.flush()
        secret = invitations.new_link(db, newer.id)
    for each in (mother.secret, secret):
        browser = Browser(mother.app).open(f"/i/{each}").fill("Your number", mother.number).press("Open my space")
        assert browser.path == "/en/your-space"


def test_an_ended_link_ends_the_visits_that_came_through_it_at_once(mother: Family) -> None:
    browser = mother.inside()
    _ended(mother)
    assert browser.open("/en/your-space").status == 401


def test_another_persons_link_in_an_open_browser_never_mixes_the_two(mother: Family, father: Family) -> None:
    browser = mother.inside()
    browser.open("/en/your-space/write/ask").fill("Your question", "Hers alone?").press("Look at it and send")
    browser.press("Send my question")
    browser.open(father.link).fill("Your number", father.number).press("Open my space")
    assert "Hers alone?" not in browser.open("/en/your-space/words").html
    assert browser.links.count("Your question") == 0


def test_a_planted_cookie_opens_nothing_and_is_replaced(mother: Family) -> None:
    browser = Browser(mother.app)
    browser.client.set_cookie("family", "planted")
    browser.open(mother.link).fill("Your number", mother.number).press("Open my space")
    cookie = browser.client.get_cookie("family")
    assert cookie is not None
    assert cookie.value != "planted"


def test_links_are_short_and_never_end_in_something_that_is_cut_off(mother: Family) -> None:
    assert len(f"https://{'x' * 24}/ur/i/{codes.new_secret()}") <= 64
    for _ in range(10_000):
        assert codes.new_secret().isalnum()


def test_references_spell_nothing_and_hold_no_look_alikes() -> None:
    for _ in range(10_000):
        assert not set(codes.new_reference()) & set("AEIOU01L2Z5S8B")


def _without_marks(html: str) -> str:
    """Leave out what differs in every answer: the marks of the form and of the link, and the link's own address."""
    import re

    html = re.sub(r'name="(csrf_token|once)"[^>]*value="[^"]*"', "", html)
    html = re.sub(r'value="[^"]*"[^>]*name="(csrf_token|once)"', "", html)
    html = re.sub(r"\?link=[0-9A-Za-z._-]*", "", html)
    return re.sub(r'/i/[^"]*"', '/i/"', html)
