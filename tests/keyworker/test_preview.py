"""What a key worker is shown of what a person will see: exactly that, without a live link and without their words."""

import re

import pytest

from portal.letters import letter
from portal.review import invitations
from portal.review.messages import Kind
from portal.review.people import FamilyMember, StaffMember, Way
from tests import make
from tests.browser import Browser, as_family
from tests.keyworker.conftest import Desk

WORDS = "Why did nobody ring us that night?"


@pytest.mark.parametrize("language", ["en", "ur", "pl"])
def test_the_preview_shows_the_message_the_first_page_and_the_space_in_the_persons_language(
    desk: Desk, language: str
) -> None:
    review_id = desk.a_family()
    member_id = desk.a_person(review_id, language=language)
    with desk.house.database.writing() as db:
        member, key_worker = db.get_one(FamilyMember, member_id), db.get_one(StaffMember, desk.key_worker_id)
        invitation_id = invitations.invite(db, key_worker, member, member.way).id
        secret = invitations.new_link(db, invitation_id)
    space = _lines(as_family(desk.app, desk.house, invitation_id).open(f"/{language}/your-space"))
    with desk.house.database.writing() as db:
        make.a_question(db, db.get_one(FamilyMember, member_id), WORDS)
    desk.browser.open(f"/keyworker/people/{member_id}/preview")
    shown = _plain(desk.browser.main)
    with desk.app.test_request_context("/"):
        lines = letter(Kind.INVITATION, Way.EMAIL, language, "…").lines
    assert all(_plain(line) in shown for line in lines)
    direction = "rtl" if language == "ur" else "ltr"
    assert f'lang="{language}" dir="{direction}"' in desk.browser.html

    first = _lines(Browser(desk.app).open(f"/{language}/i/{secret}"))
    assert first
    assert [line for line in first if line not in shown] == []
    assert len(space) > 10
    missing = [line for line in space if line not in shown]
    assert missing == []

    assert WORDS not in desk.browser.html
    assert secret is not None
    assert secret not in desk.browser.html
    assert not re.search(r"/i/[0-9a-z]{26}", desk.browser.html)


def test_it_can_be_seen_before_anybody_is_invited_in_every_way_that_is_offered(desk: Desk) -> None:
    review_id = desk.a_family()
    desk.browser.open(f"/keyworker/families/{review_id}/invite").follow("In اردو, in a new tab")
    assert desk.browser.heading == "What they will see"
    for way in ("E-mail", "Text message", "Letter on paper"):
        assert f"The message: {way}" in desk.browser.main
    assert desk.browser.open(f"/keyworker/families/{review_id}/preview/xx").status == 404


def _lines(browser: Browser) -> list[str]:
    kinds = ("h1", "h2", "p", "label", "button")
    main = next(browser.tree.iter("{http://www.w3.org/1999/xhtml}main"))
    found = [
        _plain("".join(one.itertext()))
        for kind in kinds
        for one in main.iter(f"{{http://www.w3.org/1999/xhtml}}{kind}")
        if one.get("class") != "hush"
    ]
    return [line for line in found if line and "not been translated yet" not in line]


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub("[\u2066-\u2069]", "", text)).strip()
