"""A whole invitation in one form: safe times, a kind sentence, and nothing private in a sentence of one's own."""

import io
import logging
from contextlib import redirect_stderr, redirect_stdout
from datetime import time
from uuid import UUID

import pytest
from flask import Flask

from portal.house import House
from portal.kind_words import sentences
from portal.library.private_words import Private
from portal.review import history, messages, wishes
from portal.review.history import Entry
from portal.review.messages import Travel
from portal.review.people import FamilyMember
from portal.review.reviews import Review, Stage
from tests.browser import Browser
from tests.keyworker.conftest import ADDRESS, CHILD, NAME, Desk

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

OWN = "A sentence of your own"
# What somebody might write: the language, the sentence, and of which kinds something is in it.
PRIVATE = [
    ("en", "We are so sorry for your loss.", {Private.DEATH}),
    ("en", "This is about the review. The panel meets soon.", {Private.REVIEW}),
    ("en", "The police and the coroner have written.", {Private.POLICE}),
    ("en", "I will wait at the hospital.", {Private.HOSPITAL}),
    ("en", "Come to 12 Hill Lane, BS1 1AA.", {Private.ADDRESS}),
    ("en", "See you in Bristol, or in Stoke-on-Trent.", {Private.PLACE}),
    ("en", "I will ring you in Bath.", {Private.PLACE}),
    ("en", "I will come on 3 May, or on 4/5.", {Private.DATE}),
    ("en", "I will come on the 3rd of May.", {Private.DATE}),
    ("en", "My number is 07700 900123.", {Private.NUMBER}),
    ("en", "My number is 077–009–001–23.", {Private.NUMBER}),
    ("en", "See www.example.org or write to kit@example.org.", {Private.LINK}),
    ("en", "See bit.ly/4fGh, please.", {Private.LINK}),
    ("en", "See ｗｗｗ.example.xyz, please.", {Private.LINK}),
    ("en", "About the de\u2063a\ufe0fth.", {Private.DEATH}),
    ("en", "About the dеаth, and the Роlice.", {Private.DEATH, Private.POLICE}),  # with Cyrillic letters
    ("en", "About the d e a t h, and the p.o.l.i.c.e.", {Private.DEATH, Private.POLICE}),
    ("pl", "Po ś m i e r c i", {Private.DEATH}),
    ("ur", "م و ت کے بعد", {Private.DEATH}),
    ("ur", "آپ کے بیٹے کی موت کے بارے میں", {Private.DEATH}),
    ("ur", "پولیس ہسپتال میں آئے گی", {Private.POLICE, Private.HOSPITAL}),
    ("ur", "میں برسٹل میں ہوں", {Private.PLACE}),
    ("pl", "Po śmierci syna", {Private.DEATH}),
    ("pl", "PO SMIERCI, W SZPITALU", {Private.DEATH, Private.HOSPITAL}),
    ("pl", "Przyjdę 3 maja z policją", {Private.DATE, Private.POLICE}),
    ("bn", "আপনার ছেলের মৃত্যুর পরে", {Private.DEATH}),
    ("bn", "হাসপাতালে পুলিশ আসবে ৩ মে", {Private.HOSPITAL, Private.POLICE, Private.DATE}),
    ("ro", "După înmormântare", {Private.DEATH}),
    ("ro", "Politia, la spitalul din oras", {Private.POLICE, Private.HOSPITAL}),
    ("ar", "بعد وفاة ابنك", {Private.DEATH}),
    ("ar", "والشرطة في المستشفى", {Private.POLICE, Private.HOSPITAL}),
    ("gu", "તમારા દીકરાના મૃત્યુ પછી", {Private.DEATH}),
    ("gu", "પોલીસ હોસ્પિટલમાં આવશે", {Private.POLICE, Private.HOSPITAL}),
    ("pa", "ਤੁਹਾਡੇ ਪੁੱਤਰ ਦੀ ਮੌਤ ਬਾਰੇ", {Private.DEATH}),
    ("pa", "ਪੁਲਿਸ ਹਸਪਤਾਲ ਵਿੱਚ ਆਵੇਗੀ", {Private.POLICE, Private.HOSPITAL}),
    ("so", "Dhimashada wiilkaaga", {Private.DEATH}),
    ("so", "Booliska ayaa isbitaalka imanaya", {Private.POLICE, Private.HOSPITAL}),
    ("pt", "Depois da morte do seu filho, a 3 de maio", {Private.DEATH, Private.DATE}),
    ("pt", "A polícia vai ao hospital", {Private.POLICE, Private.HOSPITAL}),
    ("fa", "پس از مرگ پسر شما", {Private.DEATH}),
    ("fa", "پليس در بيمارستان", {Private.POLICE, Private.HOSPITAL}),
    ("fa", "میں death کے بعد", {Private.DEATH}),
]
KIND = [
    ("en", "I will ring you on Monday at 10.30, or between 10 and 12."),
    ("en", "I am here 10.30-12.00, or 2.30–4.00."),
    ("en", "You may ring me whenever you like. It is Kit, whom you met."),
    ("en", "Reading this can wait."),
    ("en", "A warm bath may help, and so may a slow walk."),
    ("ur", "میں آپ کو پیر کو فون کروں گی۔"),
    ("pl", "Zadzwonię w poniedziałek. Proszę się nie spieszyć."),
    ("bn", "আমি আপনাকে সোমবার ফোন করব।"),
    ("ro", "Vă sun luni. Nu este nicio grabă."),
    ("ar", "سأتصل بك يوم الاثنين."),
    ("gu", "હું તમને સોમવારે ફોન કરીશ."),
    ("pa", "ਮੈਂ ਤੁਹਾਨੂੰ ਸੋਮਵਾਰ ਨੂੰ ਫ਼ੋਨ ਕਰਾਂਗੀ।"),
    ("so", "Isniinta ayaan ku soo wici doonaa."),
    ("pt", "Ligo-lhe na segunda-feira. Não há pressa."),
    ("fa", "دوشنبه به شما زنگ می‌زنم."),
]


@pytest.mark.parametrize(("language", "sentence", "kinds"), PRIVATE)
def test_a_sentence_that_tells_something_private_is_found_in_every_language(
    house: House, language: str, sentence: str, kinds: set[Private]
) -> None:
    assert {one.kind for one in house.private_words.found(sentence, language, [])} == kinds


@pytest.mark.parametrize(("language", "sentence"), KIND)
def test_a_kind_sentence_may_go_out(house: House, language: str, sentence: str) -> None:
    assert house.private_words.found(sentence, language, [CHILD, NAME]) == []


def test_every_language_has_a_list_of_each_kind_and_our_own_kind_sentences_pass_it(app: Flask, house: House) -> None:
    for code in house.settings.languages:
        with app.test_request_context(f"/{code}/"):
            for sentence in sentences().values():
                assert house.private_words.found(sentence, code, []) == [], code
        listed = {one.kind for one in house.private_words.entries_of(code)}
        assert listed == {Private.DEATH, Private.REVIEW, Private.POLICE, Private.HOSPITAL}, code


@pytest.mark.parametrize(
    ("name", "sentence", "piece"),
    [
        ("Zoë-Łucja O’Quill", "lucja is in my thoughts", "lucja"),
        ("Zoë-Łucja O’Quill", "Dear Zoe,", "Zoe"),
        ("Zoë-Łucja O’Quill", "the OQUILLS", "OQUILLS"),
        ("Zebedeusz", "myślę o Zebedeuszu", "Zebedeuszu"),
        ("Zoë", "the zoetrope", ""),
        ("علي", "عليّ هنا", "عليّ"),
        ("Ali", "It is all ready", ""),
        ("Ava Zoë", "Ava’s and Zoe's own time", "Ava Zoe"),
        ("Zebedee", "Zebe\u2063dee", "Zebedee"),
        ("Zebedee", "Ζеbеdее", "Zebedee"),  # with Cyrillic and Greek letters
    ],
)
def test_a_name_is_found_however_it_is_written(house: House, name: str, sentence: str, piece: str) -> None:
    found = house.private_words.found(sentence, "en", [name])
    assert [one.piece for one in found if one.kind is Private.NAME] == piece.split()


@pytest.mark.parametrize(
    ("language", "name", "sentence", "piece"),
    [
        ("pl", "Ewa", "Myślę o Ewie.", "Ewie"),
        ("pl", "Ewa", "Dla EWY.", "EWY"),
        ("pl", "Ewa", "Pamiętam Ewę i jej uśmiech.", "Ewę"),
        ("pl", "Jan", "Myślę o Janie.", "Janie"),
        ("pl", "Anna", "Dla Anny.", "Anny"),
        ("pl", "Ewa", "E w a", "e w a"),
        ("pl", "Ewa", "Dla E.w.y i E-w-a", "e w y i e w a"),
        ("ro", "Ana", "Pentru Anei.", "Anei"),
        ("en", "Ava", "Avas own time", "Avas"),
        ("bn", "মিম", "মিমের কথা ভাবছি", "মিমের"),
        ("gu", "રવિ", "રવિને યાદ કરું છું", "રવિને"),
        ("pl", "Ala", "Ale nie ma pośpiechu.", ""),
        ("pl", "Ida", "Dobrze, idę z Państwem.", ""),
        ("en", "Ian", "Plan A, B or C; I can ring.", ""),
    ],
)
def test_a_short_name_is_found_with_the_endings_of_its_language_and_letter_by_letter(
    house: House, language: str, name: str, sentence: str, piece: str
) -> None:
    found = house.private_words.found(sentence, language, [name])
    assert [one.piece for one in found if one.kind is Private.NAME] == ([piece] if piece else [])


def _new_family(desk: Desk, way: str = "E-mail", address: str = ADDRESS) -> Browser:
    browser = desk.browser.open("/keyworker/start").fill("The child's name", CHILD).fill("Their name", NAME)
    browser.choose("Mother").choose("Polish – polski").choose(way).fill("The address for that way", address)
    return browser


@pytest.mark.parametrize("button", ["Add and invite", "See what they will see"])
@pytest.mark.parametrize(
    ("own", "why"),
    [
        (f"Myślę o {CHILD}.", f"“{CHILD}” is a name in this family."),
        ("Dla Aminy", "“Aminy” is a name in this family."),
        ("W szpitalu", "“szpitalu” may tell of a hospital."),
        ("Nie ma pośpiechu. " * 20, "Please keep it under 300 letters."),
    ],
)
def test_why_a_sentence_cannot_go_out_is_said_and_every_word_is_kept(
    desk: Desk, own: str, why: str, button: str
) -> None:
    browser = _new_family(desk).choose("Gathering information").choose("10:00").fill(OWN, own).press(button)
    assert browser.status == 422
    assert browser.title.startswith("There is a problem: Invite a family")
    assert why in browser.main
    kept = {"The child's name": CHILD, "Their name": NAME, "The address for that way": ADDRESS, OWN: own}
    assert {label: browser.value(label) for label in kept} == kept
    assert '<details class="govuk-details" open>' in browser.html
    browser.fill(OWN, "Nie ma pośpiechu.").press("Add and invite")
    assert browser.heading == "One person", "the choices were kept as well"
    with desk.house.database.reading() as db:
        assert db.query(Review).one().stage is Stage.GATHERING
        member = db.query(FamilyMember).one()
        assert messages.to_family(db, member)[0].own == "Nie ma pośpiechu."


def test_where_the_disk_is_full_every_word_comes_back_on_a_form_of_short_lines(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError

    browser = _new_family(desk, "Letter on paper", "").fill(OWN, "Nie ma pośpiechu.")
    with monkeypatch.context() as patched:
        patched.setattr(history, "add", full)
        browser.press("Add and invite")
    assert browser.status == 500
    browser.press("Send it")
    assert browser.heading == "One person"
    assert NAME in browser.main
    assert "You added: Nie ma pośpiechu." in browser.main


def test_an_address_of_more_lines_than_an_envelope_has_is_refused_kindly(desk: Desk) -> None:
    address = "Flat 1\n" * 9
    browser = _new_family(desk, "Letter on paper", address).press("Add and invite")
    assert browser.status == 422
    assert "Please write the address in 8 lines at most." in browser.main
    assert browser.value("The address for that way") == address


def test_a_form_that_lay_open_for_too_long_comes_back_with_every_word(desk: Desk) -> None:
    browser = _new_family(desk, "Letter on paper", "1 Hill Lane\nBristol").fill(OWN, "Nie ma pośpiechu.")
    browser.typed["csrf_token"] = "of another day"
    browser.press("Add and invite")
    assert browser.status == 422
    assert browser.heading == "Please press once more"
    browser.press("Send it")
    assert browser.heading == "One person"
    assert "You added: Nie ma pośpiechu." in browser.main
    assert "1 Hill Lane" in browser.main


def test_a_name_of_a_relative_who_is_there_already_goes_into_no_message(desk: Desk) -> None:
    review_id = desk.a_family()
    member_id = desk.a_person(review_id)
    for path in (f"/keyworker/families/{review_id}/invite", f"/keyworker/people/{member_id}/send"):
        browser = desk.browser.open(path).fill(OWN, "Ask Amina.")
        browser.press(browser.buttons[-1] if path.endswith("invite") else "Send a new link")
        assert browser.status == 422
        assert "“Amina” is a name in this family." in browser.main
        assert browser.value(OWN) == "Ask Amina."


def test_safe_times_are_kept_before_anything_goes_out(desk: Desk) -> None:
    browser = _new_family(desk).fill("Numbers never to ring", "0117 496 0000")
    browser.typed |= {"earliest": "10", "latest": "10"}
    browser.press("Add and invite")
    assert browser.status == 422
    assert "These two times are the same." in browser.main
    browser.typed |= {"earliest": "10", "latest": "11"}
    browser.press("Add and invite")
    assert "Never ring 0117 496 0000." in browser.main
    with desk.house.database.reading() as db:
        member = db.query(FamilyMember).one()
        found = wishes.of(db, member)
        assert found is not None
        assert (found.earliest, found.latest) == (time(10), time(11))
        assert found.times_by == desk.key_worker_id
        (message,) = messages.to_family(db, member)
        assert (message.state is Travel.HELD) == bool(wishes.hold_for(db, member, message.queued_at, message.way))


def test_one_press_leads_to_what_has_to_be_done_now(desk: Desk) -> None:
    browser = _new_family(desk, "Letter on paper", "").press("Add and invite")
    main = browser.main
    order = [
        "What to do now",
        "Print the letter",
        "Print the number on its own sheet",
        "Messages to them",
        "How to reach",
    ]
    assert [main.index(words) for words in order] == sorted(main.index(words) for words in order)
    browser.press("I have printed it").press("I have noted the number")
    assert "What to do now" not in browser.main


def test_what_somebody_adds_is_in_no_log_and_no_line_of_history(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    canary, said = "Kanarek-kanarek", io.StringIO()
    with caplog.at_level(logging.DEBUG), redirect_stdout(said), redirect_stderr(said):
        _new_family(desk).fill(OWN, f"Dobry {canary}.").press("Add and invite")
        desk.courier_comes()
    (sent,) = desk.house.settings.messages_folder.glob("*.json")
    assert canary in sent.read_text("utf-8")
    assert canary not in caplog.text + said.getvalue()
    with desk.house.database.reading() as db:
        assert not [one for one in db.query(Entry) if canary in repr(vars(one))]
        (message,) = messages.to_family(db, db.query(FamilyMember).one())
        assert message.own_ct is not None
        assert canary.encode() not in message.own_ct
    other: UUID = desk.a_family()
    assert canary not in desk.browser.open(f"/keyworker/families/{other}").html
