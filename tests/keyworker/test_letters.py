"""Letters on paper, read off their PDFs as a person and a telephone's camera would."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import pypdfium2
import pytest
import zxingcpp
from sqlalchemy import select

from portal import letters_on_paper, paper, stage_letters
from portal.languages import language as known
from portal.letters import in_language
from portal.review import codes, invitations, messages, resting, safety
from portal.review.display import Liking
from portal.review.history import Entry
from portal.review.messages import Message, Travel
from portal.review.people import FamilyMember, StaffMember, Way
from portal.review.reviews import Stage
from portal.settings import LINK_LENGTH, Settings, link_to, short_address
from portal.stages import now_in
from tests import squares
from tests.browser import Browser
from tests.family.test_copy import _unpacked as unpacked
from tests.keyworker.conftest import CHILD, NAME, Desk
from tests.offered import OFFERED, sampled

pytestmark = pytest.mark.whole  # each PDF takes seconds

ADDRESS = "12 Made-up Road\nWorcester\nWR1 1AA"
OWN = "Ring me when it suits you: I have time in the afternoons, and I am glad to come along."
DOT_TO_CM = 2.54 / 72


@dataclass
class Letter:
    """A letter that waits to be printed, and what is on it."""

    desk: Desk
    member_id: UUID
    message_id: UUID
    secret: str
    code: str
    number: str

    @property
    def url(self) -> str:
        """Where it is shown."""
        return f"/keyworker/messages/{self.message_id}/letter"

    @property
    def person(self) -> str:
        """Where its reader is shown."""
        return f"/keyworker/people/{self.member_id}"


def _letter(desk: Desk, language: str = "en", *likings: Liking) -> Letter:
    member_id = desk.a_person(desk.a_family(), Way.PAPER, ADDRESS, language)
    with desk.house.database.writing() as db:
        member, key_worker = db.get_one(FamilyMember, member_id), db.get_one(StaffMember, desk.key_worker_id)
        member.display = [liking.value for liking in likings]
        invitations.invite(db, key_worker, member, Way.PAPER)
        invitations.give_number(db, key_worker, member, desk.house.numbers)
        message = messages.to_family(db, member)[0]
        message.own = OWN
        secrets = letters_on_paper.secrets_of(message)
        assert secrets is not None
        assert member.number is not None
        return Letter(desk, member_id, message.id, secrets.link, secrets.code, member.number)


def _pdf(desk: Desk, url: str) -> bytes:
    answer = desk.browser.client.get(url)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf"), url
    assert answer.headers["Content-Disposition"] == 'inline; filename="letter.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.get_data()


def _everything_stands_on_its_pages(pdf: bytes) -> None:
    for page in pypdfium2.PdfDocument(pdf):
        width, height = page.get_size()
        text = page.get_textpage()
        for at in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(at)
            assert left >= 0, text.get_text_range(at, 1)
            assert bottom >= 0
            assert right <= width
            assert top <= height


@pytest.mark.parametrize("language", sampled(OFFERED))
def test_a_letter_is_one_page_that_tells_a_stranger_nothing_and_whose_square_is_the_link(
    desk: Desk, language: str
) -> None:
    letter = _letter(desk, language)
    pdf = _pdf(desk, f"{letter.url}.pdf")
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    _everything_stands_on_its_pages(pdf)
    assert squares.in_pdf(pdf) == [link_to(desk.house.settings, language, letter.secret)]
    words = squares.words_of(pdf)
    assert codes.in_groups(letter.code) in words
    assert short_address(desk.house.settings) in words
    assert "12 Made-up Road" in words
    panel = desk.house.panels.named("west-of-england")
    assert panel is not None
    for private in (CHILD, letter.number, codes.spoken(letter.number), letter.secret, panel.name, panel.contact.phone):
        assert private not in words
    with desk.app.app_context(), in_language(language):
        for told in now_in(Stage.GATHERING, "key worker"):
            assert told not in words


def test_a_longer_address_and_a_sentence_of_ones_own_still_leave_one_page(desk: Desk) -> None:
    letter = _letter(desk, "ur")
    with desk.house.database.writing() as db:
        db.get_one(
            FamilyMember, letter.member_id
        ).address = "Flat 3\nMade-up House\n12 Made-up Road\nWorcester\nWR1 1AA"
    pdf = _pdf(desk, f"{letter.url}.pdf")
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    _everything_stands_on_its_pages(pdf)


def test_a_letter_whose_link_rests_says_so_before_it_is_printed(desk: Desk) -> None:
    letter, rests = _letter(desk), "The link in this letter rests: it opens for nobody."
    assert rests not in desk.browser.open(letter.url).main
    with desk.house.database.writing() as db:
        invitation = db.get_one(invitations.Invitation, db.get_one(Message, letter.message_id).invitation_id)
        resting.pause(db, db.get_one(StaffMember, desk.key_worker_id), invitation)
    assert rests in desk.browser.open(letter.url).main
    assert rests not in squares.words_of(_pdf(desk, f"{letter.url}.pdf"))


def test_whoever_opens_the_square_meets_the_neutral_page(desk: Desk) -> None:
    letter = _letter(desk, "ur")
    (link,) = squares.in_pdf(_pdf(desk, f"{letter.url}.pdf"))
    stranger = Browser(desk.app).open(link.removeprefix(desk.house.settings.base_url))
    assert stranger.status == 200
    assert 'lang="ur" dir="rtl"' in stranger.html
    for private in (NAME, CHILD, "Made-up"):
        assert private not in stranger.html
    typed = Browser(desk.app).open("/en/i")
    assert typed.status == 200


def test_the_square_is_more_than_two_centimetres_wide(desk: Desk) -> None:
    page = pypdfium2.PdfDocument(_pdf(desk, f"{_letter(desk).url}.pdf"))[0]
    (found,) = zxingcpp.read_barcodes(page.render(scale=4).to_pil().convert("RGB"))
    corners = found.position
    wide = abs(corners.top_right.x - corners.top_left.x) / 4 * DOT_TO_CM
    high = abs(corners.bottom_left.y - corners.top_left.y) / 4 * DOT_TO_CM
    assert 2 < wide < 4
    assert 2 < high < 4


def test_the_longest_address_that_the_portal_may_have_is_short_on_paper() -> None:
    longest = f"https://{'h' * (LINK_LENGTH - len('https:///xx/i/') - codes.SECRET_LENGTH)}"
    assert len(short_address(Settings(base_url=longest))) <= 30


def test_number_letter_and_copy_for_the_file_never_hold_what_belongs_to_another(desk: Desk) -> None:
    letter = _letter(desk, "ur")
    sheet = _pdf(desk, f"{letter.person}/number-sheet.pdf")
    copy = _pdf(desk, f"{letter.url}.pdf?for=file")
    assert codes.spoken(letter.number) in squares.words_of(sheet)
    for pdf in (sheet, copy):
        assert squares.in_pdf(pdf) == []
        for private in (letter.secret, letter.code, codes.in_groups(letter.code), CHILD):
            assert private not in squares.words_of(pdf)
    for private in (NAME, "Made-up"):
        assert private not in squares.words_of(sheet)
    assert codes.spoken(letter.number) not in squares.words_of(copy)
    assert letter.number not in squares.words_of(copy)
    words = squares.words_of(copy)
    assert "Copy for the file, without link, code and number" in words
    assert "Nothing has to be done now, or at all." in words
    assert OWN in words


@pytest.mark.parametrize("path", ["", "?for=file"])
def test_the_page_to_print_shows_the_very_words_of_the_pdf(desk: Desk, path: str) -> None:
    letter = _letter(desk)
    page = desk.browser.open(f"{letter.url}{path}").main
    for line in (
        "Hello,",
        "It is for you alone.",
        short_address(desk.house.settings),
        OWN,
        "Nothing has to be done now",
    ):
        assert line in page
        assert line in squares.words_of(_pdf(desk, f"{letter.url}.pdf{path}"))
    assert (codes.in_groups(letter.code) in page) == (not path)


def test_a_pdf_is_tagged_says_its_language_and_reads_in_order(desk: Desk) -> None:
    letter = _letter(desk)
    pdf = _pdf(desk, f"{letter.url}.pdf")
    inside = unpacked(pdf)
    for said in (b"/StructTreeRoot", b"/Lang (en)", b"pdfuaid"):
        assert said in inside, said
    words = squares.words_of(pdf)
    order = ["12 Made-up Road", "Your private link", "Hello,", "It is for you alone.", codes.in_groups(letter.code)]
    order += ["You can also point the camera", "To open it you also need a number", OWN, "If this letter is not meant"]
    places = [words.index(line) for line in order]
    assert places == sorted(places)


def test_whoever_likes_large_letters_gets_them_on_paper(desk: Desk) -> None:
    heights = [_height_of(_pdf(desk, f"{_letter(desk, 'en', *likings).url}.pdf")) for likings in ((), (Liking.LARGE,))]
    assert heights[0] >= 12
    assert heights[1] >= 18


def _height_of(pdf: bytes) -> float:
    """Return the size in which the first words of the letter are set."""
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage()
    at = text.get_text_range().index("Hello")
    return float(pypdfium2.raw.FPDFText_GetFontSize(text, at))


@pytest.mark.parametrize("code", sampled(OFFERED))
def test_a_stages_letter_says_what_the_page_says_in_the_language_that_was_chosen(desk: Desk, code: str) -> None:
    letter = _letter(desk, code)
    for name, stage in stage_letters.STAGES.items():
        browser = desk.browser.open(f"{letter.person}/letters/{code}/{name}")
        assert browser.status == 200
        divisions = browser.tree.iter("{http://www.w3.org/1999/xhtml}div")
        on_paper = next(one for one in divisions if one.get("class") == "leaf")
        assert (on_paper.get("lang"), on_paper.get("dir")) == (code, known(code).direction)
        page, *sections = stage_letters.SECTIONS[stage]
        panel = desk.house.panels.named("west-of-england")
        for section in sections:
            part = desk.house.library.on_paper(page, section, code, panel)
            assert str(part.html) in browser.html
            assert part.language == code
        for private in (NAME, CHILD):
            assert private not in "".join(on_paper.itertext())


@pytest.mark.parametrize("code", sampled(OFFERED))
def test_letters_and_cards_stand_on_their_pages_in_every_language(desk: Desk, code: str) -> None:
    letter = _letter(desk, code)
    _everything_stands_on_its_pages(_pdf(desk, f"{letter.person}/letters/{code}/learning-shared/letter.pdf"))
    cards = _pdf(desk, f"/keyworker/cards/{code}/cards.pdf")
    _everything_stands_on_its_pages(cards)
    assert len(pypdfium2.PdfDocument(cards)) == 1
    front = f"http://localhost/{code}/west-of-england/"
    assert squares.in_pdf(cards) == [front] * 4
    assert Browser(desk.app).open(front.removeprefix("http://localhost")).status == 200
    assert squares.words_of(cards).count("01632") == 4


def test_a_letter_about_the_review_has_the_english_beside_it_for_the_file(desk: Desk) -> None:
    letter = _letter(desk, "pl")
    pdf = _pdf(desk, f"{letter.person}/letters/pl/panel/letter.pdf?for=file")
    _everything_stands_on_its_pages(pdf)
    words = squares.words_of(pdf)
    assert "The panel looks at everything together." in words
    assert "Dzień dobry" in words
    assert "Copy for the file" in words


def test_somebody_who_was_not_reached_is_written_to_in_words_that_tell_nothing(desk: Desk) -> None:
    letter = _letter(desk)
    words = squares.words_of(_pdf(desk, f"{letter.person}/letters/en/not-reached/letter.pdf"))
    assert "You do not have to answer" in words
    assert "01632 960 111" in words
    assert "made up for the demonstration" in words
    told = re.compile(r"child|review|panel|die|death|loss|hospital|west-of-england|@", re.IGNORECASE)
    assert not told.search(words)


def test_printing_a_letter_about_the_review_sends_nothing_and_only_a_press_is_noted_once(desk: Desk) -> None:
    letter = _letter(desk)
    before = _sent(desk)
    desk.browser.open(f"{letter.person}/letters").follow("The stage: Review meeting")
    _pdf(desk, f"{letter.person}/letters/en/review-meeting/letter.pdf")
    assert "letter printed" not in _verbs(desk)
    desk.browser.open(f"{letter.person}/letters/en/review-meeting").press("I have printed it")
    desk.browser.open(f"{letter.person}/letters/en/review-meeting").press("I have printed it")
    assert desk.browser.heading == "Letters and cards"
    assert _verbs(desk).count("letter printed") == 1
    assert _sent(desk) == before


def test_two_presses_say_once_that_the_letter_with_the_link_is_printed(desk: Desk) -> None:
    letter = _letter(desk)
    desk.browser.open(letter.url)
    statuses = desk.post_at_once(f"/keyworker/messages/{letter.message_id}/printed", {})
    assert set(statuses) == {303}
    assert _verbs(desk).count("letter printed") == 1
    with desk.house.database.reading() as db:
        message = db.get_one(Message, letter.message_id)
        assert (message.state, message.text_ct) == (Travel.SENT, None)
    for path in (letter.url, f"{letter.url}.pdf", f"{letter.url}.pdf?for=file"):
        assert desk.browser.client.get(path).status_code == 404


def test_the_number_sheet_is_there_until_the_number_is_noted(desk: Desk) -> None:
    letter = _letter(desk)
    desk.browser.open(letter.url).follow("The number, on a sheet of its own").press("I have noted the number")
    for path in ("number-sheet", "number-sheet.pdf"):
        assert desk.browser.client.get(f"{letter.person}/{path}").status_code == 404


def test_a_page_that_shows_an_older_number_does_not_forget_the_newer_one(desk: Desk) -> None:
    letter = _letter(desk)
    for path in (letter.person, f"{letter.person}/number-sheet"):
        desk.browser.open(path)
        with desk.house.database.writing() as db:
            member, key_worker = db.get_one(FamilyMember, letter.member_id), db.get_one(StaffMember, desk.key_worker_id)
            invitations.give_number(db, key_worker, member, desk.house.numbers)
        assert desk.browser.press("I have noted the number").status == 409
        with desk.house.database.reading() as db:
            assert db.get_one(FamilyMember, letter.member_id).number is not None


def test_nothing_is_printed_for_whom_nothing_may_be_sent(desk: Desk) -> None:
    letter = _letter(desk)
    with desk.house.database.writing() as db:
        member, by = db.get_one(FamilyMember, letter.member_id), db.get_one(StaffMember, desk.key_worker_id)
        safety.stop(db, by, member, "The police ask for it.", links_rest=False)
    for path in (letter.url, f"{letter.person}/number-sheet", f"{letter.person}/letters/en/panel"):
        html = desk.browser.open(path).html
        for private in (codes.in_groups(letter.code), codes.spoken(letter.number), "The panel looks at everything"):
            assert private not in html
    for path in (
        f"{letter.url}.pdf",
        f"{letter.person}/number-sheet.pdf",
        f"{letter.person}/letters/en/panel/letter.pdf",
    ):
        assert desk.browser.client.get(path).status_code == 409


def test_where_no_pdf_can_be_made_the_page_itself_is_printed_and_says_so(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = _letter(desk)

    monkeypatch.setattr(paper, "ready", lambda: False)
    monkeypatch.setattr(paper, "_ARGUMENTS", ("/nowhere/python",))
    browser = desk.browser.open(letter.url)
    assert "Print this page: only what stands in the frame comes out on paper." in browser.main
    assert "Open it as a PDF, to print" not in browser.links
    browser.open(f"{letter.url}.pdf")
    assert browser.status == 503
    assert "Print this page instead" in browser.main
    assert codes.in_groups(letter.code) in browser.main


@pytest.mark.parametrize(
    "path", ["letters/xx/panel", "letters/en/nothing", "letters/en/nothing/letter.pdf", "letters?language=xx"]
)
def test_a_language_or_a_letter_that_there_is_not_is_not_there(desk: Desk, path: str) -> None:
    assert desk.browser.client.get(f"{_letter(desk).person}/{path}").status_code == 404


def _verbs(desk: Desk) -> Sequence[str]:
    with desk.house.database.reading() as db:
        return db.scalars(select(Entry.verb).order_by(Entry.at, Entry.id)).all()


def _sent(desk: Desk) -> Sequence[UUID]:
    with desk.house.database.reading() as db:
        return db.scalars(select(Message.id).order_by(Message.id)).all()
