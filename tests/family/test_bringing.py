"""Bringing something: every kind that is taken, forty that an enemy brings, and going on after a line broke."""

import io
import re
from collections.abc import Callable

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from portal.house import House
from portal.looking.kinds import Form, Kind, NotTaken, Refusal
from portal.looking.told import told
from portal.review.files import PART, File, FilePart, Keeping
from portal.sealing import Sealed
from tests.browser import Browser
from tests.family.conftest import Family
from tests.family.hostile import Hostile, hostile, photograph_of_a_telephone, picture, taken

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

BRING = "/en/your-space/bring"
UNKIND = re.compile(r"invalid|error|fail|forbidden|denied|illegal|malicious|virus|unsupported|!", re.IGNORECASE)


def hidden(browser: Browser) -> dict[str, str]:
    """Return what the form of the page carries unseen."""
    names = ("csrf_token", "once", "way_back")
    return {one.get("name"): one.get("value") for one in browser.tree.iter() if one.get("name") in names}


def multipart(fields: dict[str, str], name: str, data: bytes) -> tuple[bytes, str]:
    """Return a form with a file as a browser sends it."""
    edge = b"----portal"
    safe = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A").encode()
    lines = [
        b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (edge, key.encode(), value.encode())
        for key, value in fields.items()
    ]
    head = b'--%s\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n' % (edge, safe)
    body = b"".join(lines) + head + b"Content-Type: text/html\r\n\r\n" + data + b"\r\n--%s--\r\n" % edge
    return body, f"multipart/form-data; boundary={edge.decode()}"


def bring(browser: Browser, name: str, data: bytes, what: str = "") -> Browser:
    """Choose a file and press the button, without script."""
    browser.open(BRING)
    body, kind = multipart({**hidden(browser), "what": what}, name, data)
    return browser._arrive(BRING, browser.client.post(BRING, data=body, content_type=kind))


def kept(house: House) -> list[tuple[Keeping, Form | None]]:
    """Return what is kept."""
    with house.database.reading() as db:
        return [(one.state, one.form) for one in db.scalars(select(File).order_by(File.begun_at))]


def parts(house: House) -> int:
    """Return how many sealed parts there are."""
    with house.database.reading() as db:
        return db.scalar(select(func.count(FilePart.id))) or 0


def picture_of(browser: Browser) -> TestResponse:
    """Return the picture on the page."""
    source = next(one.get("src") for one in browser.tree.iter("{http://www.w3.org/1999/xhtml}img"))
    return browser.client.get(source)


@pytest.mark.parametrize("form", list(Form))
def test_what_a_file_is_is_told_by_its_content(form: Form) -> None:
    assert told(taken()[form]) is form


def test_a_photograph_is_kept_looked_at_sent_taken_back_and_sent_again(mother: Family) -> None:
    browser = bring(mother.inside(), "Amina.jpg", photograph_of_a_telephone(), "The last picture of her")
    assert browser.heading == "Your photograph"
    assert "Only you can see it" in browser.main
    assert browser.value("What it is, if you want to say") == "The last picture of her"
    browser.press("Send it")
    assert browser.heading == "We have your photograph"
    reference = re.search(r"[A-Z0-9]{3}-[A-Z0-9]{3}", browser.main)
    assert reference is not None
    browser.follow("See what becomes of it").follow("Take this back").press("Yes, take it back")
    assert "Nobody but you can see it" in browser.main
    assert kept(mother.house) == [(Keeping.WITHDRAWN, Form.JPEG)]
    browser.press("Send it after all")
    assert kept(mother.house) == [(Keeping.SENT, Form.JPEG)]
    assert "The last picture of her" in browser.main


def test_the_copy_that_is_shown_stands_upright_and_says_nothing_about_itself(mother: Family) -> None:
    original = photograph_of_a_telephone()
    browser = bring(mother.inside(), "photo.jpg", original)
    answer = picture_of(browser)
    assert b"Amina" not in answer.data
    shown = Image.open(io.BytesIO(answer.data))
    assert shown.size == (20, 60)
    assert not shown.getexif()
    assert "comment" not in shown.info
    link = next(one for one in browser.tree.iter() if "Take a copy" in "".join(one.itertext()) and one.get("href"))
    assert browser.client.get(link.get("href")).data == original


def test_what_was_brought_is_given_out_as_a_download_that_can_do_nothing(mother: Family) -> None:
    browser = bring(mother.inside(), "notes.html", taken()[Form.TXT])
    path = browser.path
    answer = browser.client.get(f"{path}/file")
    assert answer.content_type == "text/plain"
    assert re.fullmatch(
        r"attachment; filename=\"(document-[A-Z0-9]{3}-[A-Z0-9]{3}\.txt)\"; filename\*=UTF-8''\1",
        answer.headers["Content-Disposition"],
    )
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "no-store"
    part = browser.client.get(f"{path}/file", headers={"Range": "bytes=4-8"})
    assert (part.status_code, part.data) == (206, taken()[Form.TXT][4:9])


def test_the_microphone_may_be_used_on_one_page_and_no_other(mother: Family) -> None:
    browser = mother.inside()
    for place in ("", "/bring", "/words"):
        answer = browser.client.get(f"/en/your-space{place}")
        allowed = "microphone=(self)" in answer.headers["Permissions-Policy"]
        assert allowed is (place == "/bring")


def test_nothing_of_a_file_lies_in_the_database_in_clear_and_a_moved_part_does_not_open(mother: Family) -> None:
    bring(mother.inside(), "Findable name.txt", b"A very findable sentence" * 20_000, "Findable, too")
    from tests.family.test_link import dump

    text = dump(mother.house)
    assert "indable" not in text
    assert ("FilePart", "part_ct") in Sealed.everywhere
    browser = mother.inside().open(BRING)
    with mother.house.database.writing() as db:
        one, two = db.scalars(select(FilePart).order_by(FilePart.first_byte)).all()
        one.part_ct, two.part_ct = two.part_ct, one.part_ct
        reference = db.scalars(select(File.reference)).one()
    assert browser.client.get(f"/en/your-space/brought/{reference}/file").status_code == 404


@pytest.mark.parametrize("why", list(Refusal))
def test_every_refusal_is_a_kind_sentence(mother: Family, why: Refusal) -> None:
    browser = mother.inside().open(f"{BRING}?why={why.value}")
    sentence = next("".join(one.itertext()) for one in browser.tree.iter() if one.get("class") == "govuk-error-message")
    assert len(sentence) > 20
    assert sentence.endswith(".")
    assert not UNKIND.search(sentence)


def test_nothing_chosen_is_said_kindly_and_the_words_stay(mother: Family) -> None:
    browser = bring(mother.inside(), "", b"", "A lullaby")
    assert browser.status == 422
    assert "No file is chosen yet" in browser.main
    assert browser.value("What it is, if you want to say") == "A lullaby"


def _is_met_kindly(mother: Family, one: Hostile) -> None:
    browser = bring(mother.inside(), one.name, one.data, "What I say of it")
    if isinstance(one.becomes, Refusal):
        assert browser.status == 422, one.what
        assert browser.title.startswith("There is a problem")
        assert browser.value("What it is, if you want to say") == "What I say of it"
        assert kept(mother.house) == []
        assert parts(mother.house) == 0
    else:
        assert browser.status == 200, one.what
        assert "Only you can see it" in browser.main
        assert kept(mother.house) == [(Keeping.KEPT, one.becomes)]
        for sign in ("\u202e", "\x00", "\ue000", "onerror=alert(1)>.jpg</"):
            assert sign not in browser.html
        if one.becomes.kind is Kind.PICTURE:
            assert picture_of(browser).data.startswith(b"\xff\xd8\xff")
            assert b"script" not in picture_of(browser).data
            assert b"PK\x05\x06" not in picture_of(browser).data
    assert not UNKIND.search(browser.main.replace(one.name, "")), one.what


def test_there_are_forty_of_them_and_each_is_told_for_what_it_is() -> None:
    assert len(hostile()) >= 40
    for one in hostile():
        if callable(one.made) or not one.made:
            continue
        try:
            found: Form | Refusal = told(one.data)
        except NotTaken as refused:
            found = refused.why
        # Whether a picture opens is found out by opening it, in the process apart.
        assert found is one.becomes or (isinstance(found, Form) and found.kind is Kind.PICTURE), one.what


@pytest.mark.whole
@pytest.mark.parametrize("one", hostile(), ids=lambda one: one.what)
def test_whatever_is_brought_is_met_with_a_kind_sentence_and_nothing_else(mother: Family, one: Hostile) -> None:
    _is_met_kindly(mother, one)


@pytest.mark.parametrize("what", ["a flood of dots", "a photograph and an archive in one", "a name: turned round"])
def test_a_few_of_them_on_every_day(mother: Family, what: str) -> None:
    _is_met_kindly(mother, next(one for one in hostile() if one.what == what))


class Telephone:
    """A telephone with script: begins, sends parts, asks how much is there, and says that it is all."""

    def __init__(self, family: Family) -> None:
        self.browser = family.inside().open(BRING)
        self.reference = ""

    def begin(self, data: bytes, mark: str = "mark", **more: str) -> int:
        """Begin, or go on; return how much is there."""
        said = {"name": "p.jpg", "size": str(len(data)), "mark": mark, **more}
        answer = self.browser.client.post(
            f"{BRING}/begin", data={**hidden(self.browser), **said}, follow_redirects=True
        )
        found = answer.get_json()
        self.reference = found["reference"]
        assert found["arriving"]
        return int(found["have"])

    def part(self, data: bytes, at: int) -> TestResponse:
        """Send one part."""
        return self.browser.client.post(
            f"/en/your-space/brought/{self.reference}/part?at={at}",
            data=data[at : at + PART],
            headers={"X-CSRFToken": hidden(self.browser)["csrf_token"]},
        )

    def whole(self) -> Browser:
        """Say that it is all."""
        path = f"/en/your-space/brought/{self.reference}/whole"
        return self.browser._arrive(path, self.browser.client.post(path, data=hidden(self.browser)))


def test_a_file_in_parts_goes_on_where_it_broke_off_on_the_same_device_or_another(mother: Family) -> None:
    data = picture(size=(1500, 900))
    assert len(data) > 2 * PART
    first = Telephone(mother)
    assert first.begin(data) == 0
    assert first.part(data, 0).status_code == 303
    assert first.part(data, 0).status_code == 303, "the answer was lost, so the same part comes again"
    assert first.part(data, 2 * PART).status_code == 409, "a part that comes too early is not taken"
    start = mother.inside()
    assert "has not come whole" in start.main
    start.follow("Look at it")
    assert "Choose the same file again" in start.main
    second = Telephone(mother)
    at = second.begin(data)
    assert at == PART
    assert second.reference == first.reference
    while at < len(data):
        assert second.part(data, at).status_code == 303
        at += PART
    assert second.whole().heading == "Your photograph"
    assert second.browser.client.get(f"/en/your-space/brought/{second.reference}/file").data == data


def test_a_spoken_message_that_broke_off_is_kept_as_far_as_it_came(mother: Family) -> None:
    spoken = taken()[Form.WEBM]
    telephone = Telephone(mother)
    telephone.begin(b"", spoken="1", mark="")
    assert telephone.part(spoken, 0).status_code == 303
    browser = mother.inside().open(BRING)
    browser.follow(f"Your spoken message {telephone.reference}").press("Keep what has come")
    assert browser.heading == "Your spoken message"
    assert kept(mother.house) == [(Keeping.KEPT, Form.WEBM)]
    assert browser.answer is not None
    assert "media-src 'self'" in browser.answer.headers["Content-Security-Policy"]


def test_whoever_speaks_for_long_is_still_here(mother: Family) -> None:
    from datetime import timedelta

    from portal import clock
    from portal.review.spaces import Visit

    telephone, spoken = Telephone(mother), taken()[Form.WEBM]
    telephone.begin(b"", spoken="1", mark="")
    with mother.house.database.writing() as db:
        visit = db.scalars(select(Visit).order_by(Visit.begun_at)).one()
        visit.seen_at = before = clock.now() - timedelta(minutes=25)
    telephone.part(spoken, 0)
    with mother.house.database.reading() as db:
        assert db.scalars(select(Visit.seen_at).order_by(Visit.begun_at)).one() > before + timedelta(minutes=20)


def test_what_was_not_sent_goes_for_good_when_it_is_let_go(mother: Family) -> None:
    browser = bring(mother.inside(), "p.jpg", picture())
    browser.follow("Let this go").press("Yes, let it go")
    assert kept(mother.house) == []
    assert parts(mother.house) == 0


def test_what_is_refused_in_parts_goes_at_once(mother: Family) -> None:
    telephone, data = Telephone(mother), b"MZ" + bytes(100)
    telephone.begin(data)
    telephone.part(data, 0)
    browser = telephone.whole()
    assert "We cannot take this kind of file" in browser.main
    assert parts(mother.house) == 0


def test_no_more_comes_than_was_said_than_a_file_may_have_or_than_there_is_room(mother: Family) -> None:
    telephone = Telephone(mother)
    telephone.begin(b"1234567890")
    assert telephone.part(b"1234567890X", 0).status_code == 422
    for size, sentence in (("99999999", "larger than"), ("0", "nothing in this file"), ("x", "nothing in this file")):
        said = {**hidden(telephone.browser), "size": size, "mark": "other"}
        answer = telephone.browser.client.post(f"{BRING}/begin", data=said, follow_redirects=True)
        assert sentence in answer.get_data(as_text=True)
    with mother.house.database.writing() as db:
        db.scalars(select(File)).one().expected = 200 * 1024 * 1024
    browser = bring(mother.inside(), "p.jpg", picture())
    assert "There is no more room" in browser.main


def test_pressed_twice_a_file_is_brought_once_and_sent_once(mother: Family) -> None:
    browser = mother.inside().open(BRING)
    body, kind = multipart({**hidden(browser), "what": ""}, "p.jpg", picture())
    answers = [browser.client.post(BRING, data=body, content_type=kind) for _ in range(2)]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert len(kept(mother.house)) == 1


def test_another_persons_file_is_not_there(mother: Family, father: Family) -> None:
    path = bring(mother.inside(), "p.jpg", picture()).path
    other = father.inside().client
    for end in ("", "/picture", "/file", "/so-far", "/kept", "/let-go", "/take-back"):
        assert other.get(path + end).status_code == 404


def test_a_file_begun_in_one_space_is_never_kept_in_another(mother: Family, father: Family) -> None:
    browser = mother.inside().open(BRING)
    carried = hidden(browser)
    browser.open(father.link).fill("Your number", father.number).press("Open my space")
    body, kind = multipart({**carried, "csrf_token": hidden(browser.open(BRING))["csrf_token"]}, "p.jpg", picture())
    assert browser.client.post(BRING, data=body, content_type=kind).status_code == 401
    assert kept(mother.house) == []


def test_too_large_and_too_many_at_once_are_said_on_a_kind_page(app: Flask, mother: Family) -> None:
    browser = mother.inside().open(BRING)
    large: Callable[..., TestResponse] = browser.client.post
    answer = large(BRING, data=b"x", environ_overrides={"CONTENT_LENGTH": "99999999", "portal.too_large": True})
    assert answer.status_code == 413
    assert "This file is too large to keep here" in answer.get_data(as_text=True)
    answer = large(BRING, data=b"", environ_overrides={"portal.busy": True})
    assert answer.status_code == 503
    assert "Several people are sending files just now" in answer.get_data(as_text=True)
