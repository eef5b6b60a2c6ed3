"""What a key worker is shown of what a person will see: exactly that, without a live link and without their words."""

import json
import re

import pytest

from portal import letters_on_paper
from portal.keyworker.reach import texts_in
from portal.kind_words import said
from portal.letters import in_language, letter
from portal.review import invitations
from portal.review.messages import Kind
from portal.review.people import FamilyMember, StaffMember, Way
from portal.review.reviews import Review
from portal.words import clean_of_marks
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


@pytest.mark.parametrize("path", ["/keyworker/start", "/keyworker/families/{}/invite"])
def test_it_is_seen_while_inviting_with_every_word_kept_and_nobody_added(desk: Desk, path: str) -> None:
    before = desk.a_family()
    browser = desk.browser.open(path.format(before))
    if path.endswith("start"):
        browser.fill("The child's name", "Zebedee")
    browser.fill("Their name", "Ämina").choose("Urdu – اردو").choose("Text message").choose("21:00")
    browser.choose("There is no hurry.").fill("A sentence of your own", "میں آپ کو فون کروں گی۔").press(
        "See what they will see"
    )
    assert browser.status == 200
    assert "Please" not in browser.title
    for words in ("The message: Text message, as long as", "میں آپ کو فون کروں گی۔", "http://localhost/ur/i/…"):
        assert words in browser.main
    kept = browser.press("Add and invite")
    assert kept.status == 422, "who they are to the child is still to be said"
    assert (kept.value("Their name"), kept.value("A sentence of your own")) == ("Ämina", "میں آپ کو فون کروں گی۔")
    with desk.house.database.reading() as db:
        assert db.query(FamilyMember).count() == 0
        assert [one.id for one in db.query(Review)] == [before]


def test_a_letter_is_seen_as_it_will_stand_on_paper_without_what_opens_it(desk: Desk) -> None:
    desk.browser.open("/keyworker/start").choose("Polish – polski").press("See what they will see")
    assert desk.browser.status == 200
    shown = _plain(desk.browser.main)
    with desk.app.test_request_context("/"):
        sheet = letters_on_paper.invitation(desk.house.settings, "pl", None)
    lines = [one.text for block in sheet.blocks for one in (*block.typed, block)]
    assert len(lines) > 6
    assert [line for line in lines if _plain(line) not in shown] == []


def test_what_is_added_is_seen_in_the_language_of_the_person_and_goes_out_so(desk: Desk) -> None:
    member_id = desk.a_person(desk.a_family(), language="ur")
    browser = desk.browser.open(f"/keyworker/people/{member_id}/send").choose("There is no hurry.")
    browser.fill("A sentence of your own", "میں آپ کو\nفون کروں گی۔").press("Send a new link")
    assert "You added: There is no hurry. میں آپ کو فون کروں گی۔" in browser.main
    desk.courier_comes()
    (sent,) = desk.house.settings.messages_folder.glob("*.json")
    with desk.app.test_request_context("/"), in_language("ur"):
        added = [clean_of_marks(line) for line in said("There is no hurry.\nمیں آپ کو فون کروں گی۔")]
    text = json.loads(sent.read_text())["text"]
    assert "\n\n".join(added) in text
    assert added[1] in _plain(browser.follow("See what they will see").main)


@pytest.mark.parametrize(
    ("text", "texts"), [("a" * 160, 1), ("a" * 161, 2), ("€" * 81, 2), ("ا" * 70, 1), ("ا" * 71, 2), ("😀" * 36, 2)]
)
def test_it_is_known_how_many_text_messages_a_text_fills(text: str, texts: int) -> None:
    assert texts_in(text) == texts


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
