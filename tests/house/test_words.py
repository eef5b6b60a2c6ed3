"""Every word that a family can meet: translated or marked as English, one language at a time, and none that wounds."""

import html
import random
import re
import shutil
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from babel.messages.extract import extract
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from portal import clock, languages
from portal.access import Role
from portal.app import BODY_LIMIT, create_app
from portal.family import places
from portal.house import House
from portal.languages import ENGLISH, placeholders
from portal.library.panels import PARTS, SAME
from portal.library.source import Source
from portal.looking.kinds import Form, Found, Refusal
from portal.review import answers, contributions, drafts, files, kept, meetings, questions
from portal.review.answers import Hearing, Outcome, ToldHow
from portal.review.files import Keeping
from portal.review.invitations import Invitation
from portal.review.kept import LONGEST
from portal.review.meetings import MeetingKind
from portal.review.people import FamilyMember, StaffMember
from portal.review.questions import Standing
from portal.review.reviews import Review, Stage
from portal.settings import ROOT, Settings
from scripts import catalogues
from tests import make
from tests.browser import as_family
from tests.house import pseudo
from tests.house.pseudo import bracketed
from tests.house.reading import read
from tests.house.world import emptied
from tests.offered import TRANSLATIONS

LANGUAGES = TRANSLATIONS
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SENTENCE = "Skip to the main text"
NOTE = "Some words on this page are in English, because they have not been translated yet."
_LETTER = re.compile(r"[^\W\d_]")


# --- whole and fitting ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_word_that_a_family_can_meet_is_translated(code: str) -> None:
    missing = catalogues.missing(code)
    assert not missing, f"{len(missing)} without a translation: {missing[:5]}. Try: scripts/catalogues.py"


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_translation_has_the_places_of_its_english(code: str) -> None:
    for message in catalogues.kept(code):
        if message.id and message.string:
            english, own = str(message.id), str(message.string)
            assert placeholders(english) == placeholders(own), f"{english!r} and {own!r}"
            assert "%" not in placeholders(english), f"a stray per cent sign: {english!r}"
            assert own.strip() == own, f"spaces round {own!r}"


def test_every_offered_language_has_a_catalogue_and_content(settings: Settings) -> None:
    assert (settings.languages[0], len(settings.languages)) == (ENGLISH, 11)
    for code in LANGUAGES:
        assert (ROOT / "translations" / code / "LC_MESSAGES" / "messages.po").exists()
        assert (ROOT / "content" / code / "words.toml").exists()
        assert (ROOT / "content" / code / "banned.txt").exists()


# --- gaps -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def po(tmp_path: Path, settings: Settings) -> tuple[Path, Callable[[], FlaskClient]]:
    """The Urdu catalogue in a copy, to be harmed, and a portal that speaks from it."""
    folder = tmp_path / "translations"
    shutil.copytree(settings.translations_folder, folder)

    def start() -> FlaskClient:
        return create_app(settings.model_copy(update={"translations_folder": folder})).test_client()

    return folder / "ur" / "LC_MESSAGES" / "messages.po", start


def _marked(client: FlaskClient, path: str, sentence: str) -> None:
    answer = client.get(path)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert f'<span lang="en" dir="ltr">{html.escape(sentence)}' in page
    note = client.application.extensions["catalogues"].find("ur", NOTE)
    assert note in page, "nothing says that some words are in English"


def _without(text: str, sentence: str, string: str = "") -> str:
    changed = re.sub(rf'(msgid "{re.escape(sentence)}"\nmsgstr ")[^"]*"', rf'\1{string}"', text)
    assert changed != text
    return changed


@pytest.mark.parametrize("path", ["/ur/", "/ur/support", "/ur/i/abc", "/ur/your-way-back"])
def test_a_message_without_a_translation_stands_there_as_english(
    po: tuple[Path, Callable[[], FlaskClient]], path: str
) -> None:
    file, start = po
    file.write_text(_without(file.read_text("utf-8"), SENTENCE), encoding="utf-8")
    _marked(start(), path, SENTENCE)


def test_what_is_to_be_known_of_a_page_stands_in_one_box(po: tuple[Path, Callable[[], FlaskClient]]) -> None:
    file, start = po
    file.write_text(_without(file.read_text("utf-8"), SENTENCE), encoding="utf-8")
    client = start()
    note = client.application.extensions["catalogues"].find("ur", NOTE)
    for path in ("/ur/support", "/ur/find-support", "/ur/worcestershire/about"):
        main = client.get(path).get_data(as_text=True).split("<main")[1].split("</main>")[0]
        assert note in main.split("<h2")[0]
        assert main.split("<h2")[0].count('class="note"') == 1


@pytest.mark.parametrize("broken", ["%(nummer)s", "%(number)d %s", "%(number", "100 % %(number)s", "nothing"])
def test_a_translation_whose_places_do_not_fit_stands_back_for_the_english(
    po: tuple[Path, Callable[[], FlaskClient]], broken: str
) -> None:
    file, start = po
    sentence = "If you or someone with you is in danger, call %(number)s."
    file.write_text(_without(file.read_text("utf-8"), sentence, broken), encoding="utf-8")
    _marked(start(), "/ur/", sentence.partition("%")[0])


def test_a_translation_that_is_not_sure_of_itself_stands_back_for_the_english(
    po: tuple[Path, Callable[[], FlaskClient]],
) -> None:
    file, start = po
    text = file.read_text("utf-8").replace(f'msgid "{SENTENCE}"', f'#, fuzzy\nmsgid "{SENTENCE}"')
    file.write_text(text, encoding="utf-8")
    _marked(start(), "/ur/", SENTENCE)


@pytest.mark.whole
def test_without_any_one_message_its_page_still_comes(app: Flask) -> None:
    messages: dict[str, str] = app.extensions["catalogues"]._messages["ur"]
    client = app.test_client()
    for path in ("/ur/i/abc", "/ur/worcestershire/", "/ur/what-happens-next"):
        whole = _plain(client.get(path).get_data(as_text=True))
        starts = {message: html.escape(own.partition("%")[0])[:60] for message, own in messages.items()}
        shown = [one for one, start in starts.items() if start and start in whole and not one.startswith("%")]
        assert len(shown) > 15
        for message in shown:
            own = messages.pop(message)
            try:
                answer = client.get(path)
                page = _plain(answer.get_data(as_text=True))
                assert answer.status_code == 200
                noted = html.escape(messages.get(NOTE, NOTE), quote=False)
                assert page == whole or noted in page, f"nothing on {path} says that {message!r} is in English"
                seen = [run.text for run in read(page).runs if run.lang == "en"]
                start = " ".join(message.partition("%")[0].split())[:20]
                said = [run for run in read(page).runs if run.text.startswith(start) and run.lang != "en"]
                assert all(run.attribute or "title" in run.tags for run in said), f"{message!r} is unmarked on {path}"
                assert page == whole or said or any(one.startswith(start) for one in seen), message
                assert not re.search("[\ue000-\ue002]", page)
            finally:
                messages[message] = own


def test_without_a_whole_catalogue_everything_is_there_in_english(
    po: tuple[Path, Callable[[], FlaskClient]],
) -> None:
    file, start = po
    file.unlink()
    client = start()
    for path in ("/ur/", "/ur/support", "/ur/worcestershire/", "/ur/i/abc", "/ur/signed-out", "/ur/nowhere"):
        page = client.get(path).get_data(as_text=True)
        assert '<html lang="ur" dir="rtl"' in page
        assert '<span lang="en" dir="ltr">Skip to the main text</span>' in page
        assert NOTE in page


# --- a language in brackets -----------------------------------------------------------------------------------------


@dataclass
class Eo:
    """A portal in a language that nobody speaks, with a family in it whose own words are in brackets too."""

    app: Flask
    house: House
    client: FlaskClient
    member_id: UUID
    other_id: UUID
    references: list[str]
    secret: str
    problems: dict[str, list[str]]
    brought: list[str]

    def look(self, path: str, wanted: int = 200, data: dict[str, str] | None = None, *, inside: bool = True) -> str:
        """Look at a page, note what was forgotten on it, and return it."""
        client = self.client if inside else self.app.test_client()
        answer = client.get(path) if data is None else client.post(path, data=data)
        page = answer.get_data(as_text=True)
        assert answer.status_code == wanted, f"{path}: {answer.status_code}"
        if found := pseudo.forgotten(page):
            self.problems[f"{path} {wanted} {data or ''}"[:100]] = found
        return page


@pytest.fixture
def eo(portal_app: Flask, settings: Settings, tmp_path: Path) -> Iterator[Eo]:
    """A portal in brackets."""
    emptied(portal_app)
    pseudo.speak(tmp_path / "content", tmp_path / "translations")
    folders = {"content_folder": tmp_path / "content", "translations_folder": tmp_path / "translations"}
    app = create_app(settings.model_copy(update={"languages": ("en", pseudo.CODE), **folders}))
    app.config["WTF_CSRF_ENABLED"] = False
    house: House = app.extensions["house"]
    with house.database.writing() as db:
        worker = make.a_staff_member(db, Role.KEY_WORKER, name=f"{pseudo.OPEN}Kit")
        worker.name = bracketed("Kit")
        coordinator, chair = make.a_coordinator(db), make.a_chair(db)
        review = make.a_review(db, worker, bracketed("Zebedee"))
        review.next_contact_on = clock.now().date()
        member = make.a_family_member(db, review, bracketed("Amina"), pseudo.CODE)
        secret, _ = make.a_link(db, house, worker, member)
        other = make.a_family_member(db, review, bracketed("Bashir"), pseudo.CODE)
        make.a_link(db, house, worker, other)
        references = _everything(db, member, coordinator, chair, worker)
        things = _brought(db, member, coordinator)
        invitation = db.query(Invitation).filter_by(family_member_id=member.id).one().id
        member_id, other_id = member.id, other.id
    client = as_family(app, house, invitation).client
    yield Eo(app, house, client, member_id, other_id, references, secret, {}, things)
    house.database.engine.dispose()


def _everything(
    db: Session, member: FamilyMember, coordinator: StaffMember, chair: StaffMember, worker: StaffMember
) -> list[str]:
    """Write something of every kind, in every state, with and without a translation."""
    told = contributions.tell(db, member, bracketed("told"), "told")
    back = contributions.tell(db, member, bracketed("told and taken back"), "back")
    contributions.withdraw(db, member, back)
    taken = contributions.tell(db, member, bracketed("told and taken up"), "taken")
    contributions.take_up(db, coordinator, taken)
    references = [told.reference, back.reference, taken.reference]
    meeting = meetings.plan(db, coordinator, MeetingKind.PANEL_MEETING, clock.now().date())
    for state in (Standing.ASKED, Standing.WITHDRAWN, Standing.TAKEN_UP, Standing.AT_MEETING, Standing.DRAFTED):
        question = make.a_question(db, member, bracketed(state.value))
        references.append(question.reference)
        if state is Standing.WITHDRAWN:
            questions.withdraw(db, member, question)
        elif state is not Standing.ASKED:
            questions.take_up(db, coordinator, question)
            kept.translate(db, coordinator, question, bracketed("translated"), bracketed("T. Ranslator"))
            if state is Standing.AT_MEETING:
                meetings.put_to(db, coordinator, question, meeting)
            if state is Standing.DRAFTED:
                answers.draft(db, coordinator, question, Outcome.WHOLE, bracketed("drafted"))
    for hearing in Hearing:
        for outcome in Outcome:
            question = make.a_question(db, member, bracketed("answered"))
            questions.take_up(db, coordinator, question)
            translation = bracketed("answered") if outcome is not Outcome.WHOLE else ""
            translator = bracketed("T. Ranslator") if translation else ""
            answer = answers.draft(db, coordinator, question, outcome, bracketed("so"), translation, translator)
            answers.check(db, chair, question, answer)
            if (hearing, outcome) != (Hearing.NOT_SAID, Outcome.WHOLE):
                answers.release(db, worker, question, answer, ToldHow.IN_PERSON, clock.now().date())
                if hearing is not Hearing.NOT_SAID:
                    answers.choose(db, member, question, answer, hearing)
            references.append(question.reference)
    return references


def _brought(db: Session, member: FamilyMember, coordinator: StaffMember) -> list[str]:
    """Bring something of every kind and in every state."""
    found = [files.begin(db, member, "arriving", expected=2_000_000, room=10**9)]
    found.append(files.begin(db, member, "spoken", spoken=True, room=10**9))
    for form in (Form.JPEG, Form.PDF, Form.MP3):
        for state in Keeping:
            if state is not Keeping.ARRIVING:
                file = make.a_file(db, member, Found(form), words=bracketed("it"), sent=False)
                file.name, file.state, file.kept_at = bracketed("name"), state, clock.now()
                found.append(file)
    return [file.reference for file in found]


@pytest.mark.whole
def test_no_page_that_a_family_can_meet_has_a_word_that_nobody_can_translate(
    eo: Eo, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in eo.app.extensions["public_paths"]():
        if path.startswith("/eo/"):
            eo.look(path, inside=False)
    space = "/eo/your-space"
    _the_space(eo, space)
    _forms(eo, space)
    _links(eo)
    _come_back(eo, space)
    _troubles(eo, space, monkeypatch)
    assert not eo.problems, "\n".join(f"{path}: {found}" for path, found in eo.problems.items())


def _the_space(eo: Eo, space: str) -> None:
    for stage in Stage:
        with eo.house.database.writing() as db:
            db.execute(update(Review).values(stage=stage))
        eo.look(space)
    for page in ("/tell", *(f"/write/{place}" for place in places.plain()), "/words", "/leaving"):
        eo.look(space + page)
    for why in Refusal:
        eo.look(f"{space}/bring?why={why.value}")
    for reference in eo.brought:
        for page in ("", "/kept", "/take-back", "/let-go"):
            eo.look(f"{space}/brought/{reference}{page}")
    statuses = set()
    for reference in eo.references:
        eo.look(f"{space}/words/{reference}")
        eo.look(f"{space}/kept/{reference}")
        eo.look(f"{space}/words/{reference}/take-back")
        answered = eo.client.get(f"{space}/words/{reference}/answer").status_code
        statuses.add(answered)
        eo.look(f"{space}/words/{reference}/answer", answered)
    assert statuses == {200, 404}
    with eo.house.database.reading() as db:
        invitation = db.query(Invitation).filter_by(family_member_id=eo.other_id).one().id
    mother, eo.client = eo.client, as_family(eo.app, eo.house, invitation).client
    for page in ("", "/words", "/leaving"):
        eo.look(space + page)
    eo.client = mother


def _forms(eo: Eo, space: str) -> None:
    for page in ("/write/ask", "/write/tell"):
        for typed in ("", "   ", bracketed("x " * LONGEST)):
            words = eo.look(space + page, 422, {"words": typed})
            assert "govuk-error-summary" in words
    with eo.house.database.writing() as db:
        member = db.get_one(FamilyMember, eo.member_id)
        first, second, aside = (
            drafts.save(db, member, "tell", drafts.Typed(uuid4().hex, bracketed(words))).draft
            for words in ("first", "second", "let go")
        )
        assert first is not None
        assert second is not None
        assert aside is not None
        drafts.let_go(aside)
        gone = drafts.save(db, member, "gone-somewhere", drafts.Typed(uuid4().hex, bracketed("left over"))).draft
        assert gone is not None
        begun = (first.id, second.id)
    eo.look(f"{space}/write/tell")
    eo.look(f"{space}/write/gone-somewhere")
    eo.look(f"{space}/write/gone-somewhere", 422, {"words": bracketed("left over, and more")})
    for draft in begun:
        eo.look(f"{space}/write/tell/{draft}")
        eo.look(f"{space}/write/tell/check/{draft}")
        eo.look(f"{space}/write/tell/check/{draft}", 422, {"words": bracketed("older")})
    eo.look("/eo/signed-out", inside=False)


def _links(eo: Eo) -> None:
    link = f"/eo/i/{eo.secret}"
    eo.look(link, inside=False)
    eo.look(link, 422, {"number": ""}, inside=False)
    for _ in range(6):
        eo.look(link, 422, {"number": "1234 5678"}, inside=False)
    eo.look("/eo/i/nothing", 422, {"number": "1234 5678"}, inside=False)


def _come_back(eo: Eo, space: str) -> None:
    eo.look(space, 401, inside=False)
    eo.look(f"{space}/write/ask", 401, {"words": bracketed("written")}, inside=False)
    with eo.app.test_request_context("/eo/"):
        from portal.family.door import way_back

        with eo.house.database.reading() as db:
            mark = way_back(db.query(Invitation).filter_by(family_member_id=eo.other_id).one().id)
    for page in ("ask", "tell"):
        carried = {"words": bracketed("written"), "way_back": mark, "place": page, "once": uuid4().hex}
        eo.look(f"{space}/write/{page}", 401, carried, inside=False)
        for number in ("", "1"):
            eo.look("/eo/come-back", 422, {**carried, "number": number}, inside=False)
    eo.look("/eo/come-back", 401, {"words": bracketed("written"), "way_back": "x"}, inside=False)


def _troubles(eo: Eo, space: str, monkeypatch: pytest.MonkeyPatch) -> None:
    eo.look("/eo/nowhere", 404, inside=False)
    eo.look("/eo/nowhere/at/all", 404)
    eo.look(f"{space}/words/NO-WHERE", 404)
    eo.look("/eo/your-space/leave", 404)  # only looked at, though it is there to be pressed
    answered = eo.references[-1]
    eo.look(f"{space}/words/{answered}/take-back", 409, {"x": "y"})
    eo.look(f"{space}/write/ask", 413, {"words": "x" * (BODY_LIMIT + 1)})
    with monkeypatch.context() as patch:
        patch.setattr("portal.review.questions.asked_by", lambda *_: 1 / 0)
        eo.look(space, 500)
    eo.app.config["WTF_CSRF_ENABLED"] = True
    eo.look(f"{space}/write/ask", 422, {"words": bracketed("written")})
    eo.look(f"{space}/words/{answered}/take-back", 422, {"x": "y"})
    eo.look(f"/eo/i/{eo.secret}", 422, {"number": "1234 5678"}, inside=False)
    eo.app.config["WTF_CSRF_ENABLED"] = False


def test_the_search_for_forgotten_words_finds_them() -> None:
    page = '<html lang="eo"><title>⟦a⟧ – ⟦b⟧</title><p>⟦Call <b>1</b> now.⟧</p>{}</html>'
    assert pseudo.forgotten(page.format("")) == []
    for forgotten in ("<p>Forgotten</p>", '<p aria-label="Forgotten">⟦a⟧</p>', "<p>⟦a⟧ and ⟦b⟧</p>", "<p>⟦a⟧ ی</p>"):
        assert len(pseudo.forgotten(page.format(forgotten))) == 1, forgotten
    assert pseudo.forgotten(page.format('<p lang="en">Shown in English</p>')) == [
        "'Shown in English', shown in English"
    ]


# --- the templates --------------------------------------------------------------------------------------------------


# Parts of tags: the names of style classes, attributes that are set or chosen, and the end of an address.
_NOT_SHOWN = re.compile(
    r"\{% block \w+_class %\}.*?\{% endblock %\}|\{% set \w+ %\}.*?\{% endset %\}| class=\"nav\" aria-label=|\?next=",
    re.DOTALL,
)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT / "templates").as_posix())
def test_every_word_of_a_template_is_marked_to_be_translated(path: Path, portal_app: Flask) -> None:
    source = _NOT_SHOWN.sub("", path.read_text(encoding="utf-8"))
    tokens = portal_app.jinja_env.lex(source)
    bare = "".join(value for _, kind, value in tokens if kind == "data")
    found = [run.text for run in read(f"<div>{bare}</div>").runs if _LETTER.search(run.text) and run.text != "SHOUT"]
    assert not found, f"put these into _(): {found}"


# --- one language at a time -----------------------------------------------------------------------------------------


def _plain(page: str) -> str:
    return re.sub(r'(?:name="(csrf_token|once|way_back)"|data-csrf=)[^>]*>', "", page)


@pytest.mark.whole
def test_languages_in_turn_leave_no_word_of_one_in_another(app: Flask, house: House) -> None:
    with house.database.writing() as db:
        worker = make.a_key_worker(db)
        member = make.a_family_member(db, make.a_review(db, worker))
        make.a_link(db, house, worker, member)
        make.a_question(db, member)
        invitation = db.query(Invitation).filter_by(family_member_id=member.id).one().id
    client = as_family(app, house, invitation).client
    codes = (*LANGUAGES, ENGLISH)
    private = ("your-space", "your-space/write/ask", "your-space/words")
    pages = ("support", "", "worcestershire/", "i/abc", "nowhere", *private)
    paths = [f"/{code}/{page}" for code in codes for page in pages]
    first = {path: _plain(client.get(path).get_data(as_text=True)) for path in paths}
    for path, page in first.items():
        code = path.split("/")[1]
        assert f'<html lang="{code}" dir="{languages.language(code).direction}"' in page
    order = random.Random(34)
    for _ in range(3):
        order.shuffle(paths)
        for path in paths:
            accepted = {"Accept-Language": order.choice(("pl", "ur", "en", "fr", "xx"))}
            assert _plain(client.get(path, headers=accepted).get_data(as_text=True)) == first[path], path


def test_a_form_that_comes_back_speaks_the_language_of_its_page(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    try:
        found = set()
        for code in (*LANGUAGES, ENGLISH, *LANGUAGES):
            page = app.test_client().post(f"/{code}/i/abc", data={"number": ""}).get_data(as_text=True)
            found.add(next(run.text for run in read(page).runs if "title" in run.tags))
        assert len(found) == len(LANGUAGES) + 1
    finally:
        app.config["WTF_CSRF_ENABLED"] = True


STRANGE = (
    *(
        "en-GB",
        "rom",
        "syl",
        "xx",
        "zz-ZZ",
        "x-klingon",
        "i-default",
        "root",
        "C",
        "POSIX",
        "en_US.UTF-8",
        "ur-Arab-PK",
    ),
    *("*;q=0.1", "und", "zh-Hans-CN", "ku", "ckb", "pa-Arab", "12", "a-b-c-d-e-f-g", "../../etc", "%00"),
    *("ur;q=nothing", "ur;q=-1", ",", ";;;", "ur" * 2000, "ﬁ", "\u202eur"),
)


@pytest.mark.parametrize("tag", STRANGE)
def test_a_strange_language_never_breaks_anything(client: FlaskClient, tag: str) -> None:
    latin = tag.encode("utf-8").decode("latin-1")
    start = client.get("/", headers={"Accept-Language": latin})
    assert start.status_code == 302
    assert start.headers["Location"] in {f"/{code}/" for code in (ENGLISH, *LANGUAGES)}
    for path in (f"/{tag}/", f"/{tag}/support", f"/{tag}/i/abc", f"/{tag}/your-space"):
        assert client.get(path).status_code in (400, 404), path
    for cookie in ("lang", "language", "locale"):
        client.set_cookie(cookie, latin.replace(";", "").replace(",", ""))
    assert client.get("/en/", query_string={"lang": tag}, headers={"Accept-Language": latin}).status_code == 200
    assert client.get("/en/nowhere", headers={"Accept-Language": latin}).status_code == 404


@pytest.mark.parametrize(
    ("accepted", "led_to"),
    [
        ("ur-PK", "/ur/"),
        ("pl-PL,pl;q=0.9,en;q=0.8", "/pl/"),
        ("zh-Hans-CN", "/en/"),
        ("ckb, ur;q=0.5, en;q=0.9", "/en/"),
        ("de, ur-Arab-PK;q=0.5", "/ur/"),
        ("", "/en/"),
    ],
)
def test_a_reader_is_led_to_the_language_that_suits_best(client: FlaskClient, accepted: str, led_to: str) -> None:
    answer = client.get("/", headers={"Accept-Language": accepted})
    assert answer.headers["Location"] == led_to
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.parametrize(
    ("code", "direction"),
    [("ku", "ltr"), ("ckb", "rtl"), ("pa", "ltr"), ("pa-Arab", "rtl"), ("fa", "rtl"), ("syl", "ltr")],
)
def test_direction_comes_from_the_script(code: str, direction: str) -> None:
    assert languages.language(code).direction == direction


# --- words that wound -----------------------------------------------------------------------------------------------


def _banned_english() -> list[tuple[str, list[str]]]:
    lines = (ROOT / "content" / "en" / "banned.txt").read_text("utf-8").splitlines()
    split = [line.partition("|") for line in lines if line and not line.startswith("#")]
    return [(word.strip(), [one.strip() for one in harmless.split(",") if one.strip()]) for word, _, harmless in split]


def _wounding(text: str) -> list[str]:
    plain = " ".join(text.casefold().replace("’", "'").split())
    found = []
    for word, harmless in _banned_english():
        rest = plain
        for phrase in harmless:
            rest = rest.replace(phrase, " ")
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", rest):
            found.append(word)
    return found + ["!"] * bool(re.search(r"\w!", text))


def _said_in_english() -> Iterator[tuple[str, str]]:
    keywords = {"_": None, "gettext": None, "later": None, "mark": None}
    for path in [*sorted((ROOT / "portal").rglob("*.py")), *TEMPLATES]:
        method = "jinja2.ext:babel_extract" if path.suffix == ".html" else "python"
        options = {"trimmed": "true", "silent": "false"} if path.suffix == ".html" else {}
        with path.open("rb") as file:
            for _, message, _, _ in extract(method, file, keywords, (), options):
                yield path.relative_to(ROOT).as_posix(), str(message)
    texts = ("content/en/*.md", "content/en/easy/*.md", "content/en/professionals/l*.md", "content/panels/*/en/*.md")
    for path in [path for pattern in texts for path in ROOT.glob(pattern)]:
        source = Source.parse(path.read_text("utf-8"))
        body = re.sub(r"\{#[\w-]+\}|\]\([^)]*\)", "", source.body)
        yield path.relative_to(ROOT).as_posix(), f"{source.meta['title']}. {source.meta.get('summary', '')} {body}"
    for path in ROOT.glob("content/panels/*/panel.toml"):
        facts = tomllib.loads(path.read_text("utf-8"))
        yield path.relative_to(ROOT).as_posix(), " ".join(_strings([facts[name] for name in PARTS if name in facts]))


def _strings(fact: Any) -> list[str]:
    """Return every sentence of a panel's facts."""
    if isinstance(fact, dict):
        return [text for key, value in fact.items() if key not in SAME for text in _strings(value)]
    if isinstance(fact, list):
        return [text for one in fact for text in _strings(one)]
    return [str(fact)]


def test_no_english_word_wounds() -> None:
    said = list(_said_in_english())
    assert len(said) > 500
    found = {f"{place}: {word!r} in {text[:90]!r}" for place, text in said for word in _wounding(text)}
    assert not found, "\n".join(sorted(found))


def test_the_search_for_words_that_wound_finds_them_and_knows_the_harmless_ones() -> None:
    assert _wounding("The case is Closed!") == ["case", "closed", "!"]
    assert _wounding("Keep it in case you need it. A showcase, an enclosed letter.") == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_word_wounds_in_another_language(code: str) -> None:
    banned = [line for line in (ROOT / "content" / code / "banned.txt").read_text("utf-8").splitlines() if line.strip()]
    assert len(banned) > 10
    said = [("messages.po", str(message.string)) for message in catalogues.kept(code) if message.id]
    for path in [*ROOT.glob(f"content/{code}/*.md"), *ROOT.glob(f"content/panels/*/{code}/*")]:
        said.append((path.relative_to(ROOT).as_posix(), path.read_text("utf-8")))
    found = {f"{place}: {word!r}" for place, text in said for word in banned if word.casefold() in text.casefold()}
    found |= {f"{place}: an exclamation mark in {text[:60]!r}" for place, text in said if re.search(r"\w!", text)}
    assert not found, "\n".join(sorted(found))
