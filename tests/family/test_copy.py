"""A person's own copy: everything of theirs and nothing of anybody else's, on paper, as a PDF, and as plain files."""

import io
import re
import resource
import socket
import sys
import zipfile
import zlib
from contextlib import suppress
from pathlib import Path
from threading import Thread
from uuid import uuid4

import pypdfium2
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock, paper
from portal.copying.fields import LEFT_OUT, NEVER, NOT_THEIRS, TAKEN
from portal.copying.gathering import _THEIRS
from portal.db import Base
from portal.house import House
from portal.looking.kinds import Form, Found
from portal.review import answers, contributions, kept, questions, removals
from portal.review.answers import Hearing
from portal.review.drafts import Draft
from portal.review.kept import EarlierWords
from portal.review.models import metadata
from portal.review.people import FamilyMember, Relation, StaffMember
from portal.review.reviews import Review
from portal.review.sharing import Consent, Looking, Share, Thing
from tests import make
from tests.browser import Browser
from tests.family.conftest import Family, invited

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

COPY = "/en/your-space/copy"


# --- what belongs in it -------------------------------------------------------------------------------------------


def _of_a_person() -> set[str]:
    """Return every table that refers to a person of a family, or to something that does; and their own history."""
    reached = {"family_members", "history"}
    while True:
        more = {
            table.name
            for table in metadata.sorted_tables
            if any(key.column.table.name in reached for column in table.columns for key in column.foreign_keys)
        } - reached
        if not more:
            return reached
        reached |= more


def test_every_column_of_what_is_kept_of_a_person_is_in_the_copy_or_left_out_for_a_reason() -> None:
    unknown = []
    sealed = {model.__tablename__: model for model in (mapper.class_ for mapper in Base.registry.mappers)}
    for table in sorted(_of_a_person() | (set(TAKEN) - {"family_members"})):
        for column in metadata.tables[table].columns:
            name = column.name.removesuffix("_ct")
            taken = name in TAKEN.get(table, ()) and hasattr(sealed[table], name)
            if not taken and column.name not in NEVER and f"{table}.{column.name}" not in LEFT_OUT:
                unknown.append(f"{table}.{column.name}")
    assert not unknown, (
        f"Say in portal/copying/fields.py whether these belong in a person's copy, or why not: {unknown}"
    )


def test_what_a_persons_rows_lead_to_is_in_the_copy_or_not_theirs_for_a_reason() -> None:
    tables = _of_a_person() - {"history"}
    forward = {
        key.column.table.name
        for table in tables
        for column in metadata.tables[table].columns
        for key in column.foreign_keys
    }
    assert forward - tables <= set(NOT_THEIRS) | set(TAKEN)


def test_the_lists_of_the_copy_name_nothing_that_is_not_there() -> None:
    columns = {f"{table.name}.{column.name}" for table in metadata.sorted_tables for column in table.columns}
    assert set(LEFT_OUT) <= columns
    for table, names in TAKEN.items():
        for name in names:
            assert {f"{table}.{name}", f"{table}.{name}_ct"} & columns, f"{table}.{name}"
            assert not {f"{table}.{name}", f"{table}.{name}_ct"} & set(LEFT_OUT), f"{table}.{name} is in both lists"


def test_everything_in_a_copy_stands_in_an_order() -> None:
    member = FamilyMember(id=uuid4(), language="en")
    for table, theirs in _THEIRS.items():
        assert "ORDER BY" in str(theirs(member)), table


# --- a person with a little of everything -------------------------------------------------------------------------


def _fill(db: Session, member: FamilyMember, mark: str) -> list[str]:
    """Give a person something of every kind, and return the words that are theirs alone."""
    review = db.get_one(Review, member.review_id)
    key_worker = db.get_one(StaffMember, review.key_worker_id)
    coordinator, chair = make.a_coordinator(db), make.a_chair(db)
    made = []

    def word(what: str) -> str:
        made.append(f"{mark}{what}")
        return made[-1]

    asked = make.a_question(db, member, word("Asked") + "\nاور یہ بھی")
    kept.translate(db, coordinator, asked, word("Translated"), word("Translator"))
    db.add(
        EarlierWords(
            key_id=member.key_id,
            family_member_id=member.id,
            of_id=asked.id,
            words=word("Earlier"),
            kept_at=clock.now(),
            until_at=clock.now(),
        )
    )
    heard = make.a_question(db, member, word("Heard"))
    answer = make.a_released_answer(db, heard, coordinator, chair, key_worker, word("Answer"))
    answers.choose(db, member, heard, answer, Hearing.NOW)
    contributions.tell(db, member, word("Told"), uuid4().hex)
    gone = make.a_question(db, member, word("Withdrawn"))
    questions.withdraw(db, member, gone)
    db.add(
        Draft(
            key_id=member.key_id,
            family_member_id=member.id,
            place="ask",
            once=uuid4().hex,
            language="en",
            words=word("Draft"),
            saved=1,
            saved_at=clock.now(),
        )
    )
    make.a_form_draft(db, member, "ways", "words", word("FormDraft"))
    wish = Share(
        key_id=member.key_id,
        owner_id=member.id,
        kind=Thing.QUESTION,
        subject_id=asked.id,
        wish=word("Wish"),
        state=Consent.WISHED,
        wished_at=clock.now(),
        looking=Looking.NOT_SAID,
    )
    db.add(wish)
    removals.say_more(db, member, removals.ask(db, member, [asked.reference]), word("Removal"))
    db.flush()
    return made


def _relatives(app: Flask, house: House) -> dict[str, tuple[Family, list[str]]]:
    """A mother, a father, a grandparent and a sister of one child, each with a little of everything."""
    found = {}
    with house.database.writing() as db:
        key_worker = make.a_key_worker(db)
        review = make.a_review(db, key_worker, "Childsname")
        for mark, relation in (
            ("Amina", Relation.MOTHER),
            ("Daniel", Relation.FATHER),
            ("Bushra", Relation.GRANDPARENT),
            ("Noor", Relation.SIBLING),
        ):
            member = make.a_family_member(db, review, f"{mark}Name", relation=relation, address=f"{mark}@example.org")
            secret, number = make.a_link(db, house, key_worker, member)
            own = [*_fill(db, member, mark), f"{mark}Name", f"{mark}@example.org"]
            found[mark] = (Family(app, house, secret, number), own)
    return found


def _zip(browser: Browser) -> zipfile.ZipFile:
    answer = browser.client.get(f"{COPY}/your-words.zip")
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(answer.get_data()))


def _plain(browser: Browser) -> str:
    """Return every name and every text of the plain files."""
    bundle = _zip(browser)
    assert bundle.testzip() is None
    return "\n".join(f"{name}\n{bundle.read(name).decode('utf-8-sig')}" for name in bundle.namelist())


def _pdf_text(made: bytes) -> str:
    document = pypdfium2.PdfDocument(made)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_a_copy_holds_everything_of_mine_and_nothing_of_my_family(app: Flask, house: House) -> None:
    relatives = _relatives(app, house)
    browser, own = relatives["Amina"][0].inside(), relatives["Amina"][1]
    for copy in (_plain(browser), browser.open(f"{COPY}/print").main):
        missing = [word for word in own if word not in copy]
        assert not missing, missing
        assert "اور یہ بھی" in copy
        others = [word for mark, (_, words) in relatives.items() if mark != "Amina" for word in words if word in copy]
        assert not others, others
        assert "Childsname" not in copy
        for secret in (relatives["Amina"][0].secret, relatives["Amina"][0].number):
            assert secret not in copy


@pytest.mark.whole
def test_the_pdf_holds_the_same_as_the_plain_files(app: Flask, house: House) -> None:
    relatives = _relatives(app, house)
    browser, own = relatives["Amina"][0].inside(), relatives["Amina"][1]
    made = browser.client.get(f"{COPY}/your-words.pdf")
    assert made.mimetype == "application/pdf"
    copy = _pdf_text(made.get_data())
    missing = [word for word in own if word not in copy]
    assert not missing, missing
    assert not [word for mark, (_, words) in relatives.items() if mark != "Amina" for word in words if word in copy]


def test_only_what_i_chose_to_see_now_is_in_my_copy(app: Flask, house: House, mother: Family) -> None:
    browser = mother.inside()
    with house.database.writing() as db:
        member = db.scalars(select(FamilyMember).order_by(FamilyMember.id)).one()
        review = db.get_one(Review, member.review_id)
        key_worker = db.get_one(StaffMember, review.key_worker_id)
        coordinator, chair = make.a_coordinator(db), make.a_chair(db)
        make.a_checked_answer(db, make.a_question(db, member), coordinator, chair, "Canary unreleased")
        for hearing in (Hearing.LATER, Hearing.WITH_KEY_WORKER, Hearing.NOT_AT_ALL, Hearing.NOT_SAID, Hearing.NOW):
            question = make.a_question(db, member)
            answer = make.a_released_answer(db, question, coordinator, chair, key_worker, f"Canary {hearing.value}")
            if hearing is not Hearing.NOT_SAID:
                answers.choose(db, member, question, answer, hearing)
    for copy in (_plain(browser), browser.open(f"{COPY}/print").main):
        assert "Canary read it now" in copy
        assert copy.count("Canary") == 1


def test_who_left_nothing_here_has_a_copy_that_says_what_is_noted(mother: Family) -> None:
    browser = mother.inside().open(COPY)
    browser.follow("Open the page to print")
    assert browser.heading == "Your words"
    assert "What is noted about you" in browser.main
    assert "What you wrote" not in browser.main


def test_another_persons_files_are_refused_like_those_of_nobody(app: Flask) -> None:
    for kind in ("pdf", "zip"):
        assert app.test_client().get(f"{COPY}/your-words.{kind}").status_code == 401


def _unpacked(made: bytes) -> bytes:
    """Return what a PDF says of itself, with its pressed parts opened."""
    opened = [made]
    for part in re.findall(rb"stream\r?\n(.*?)endstream", made, re.DOTALL):
        with suppress(zlib.error):
            opened.append(zlib.decompressobj().decompress(part))
    return b"\n".join(opened)


# --- the PDF ------------------------------------------------------------------------------------------------------


@pytest.mark.whole
def test_the_pdf_is_tagged_says_its_language_and_names_the_child_only_if_asked(app: Flask, house: House) -> None:
    with house.database.writing() as db:
        key_worker = make.a_key_worker(db)
        member = make.a_family_member(db, make.a_review(db, key_worker, "Zebedee"), language="ur")
        secret, number = make.a_link(db, house, key_worker, member)
        make.a_question(db, member, "ہمیں اس رات کسی نے فون کیوں نہیں کیا؟")
    browser = Family(app, house, secret, number).inside()
    made = browser.client.get("/ur/your-space/copy/your-words.pdf").get_data()
    inside = _unpacked(made)
    assert b"/StructTreeRoot" in inside
    assert b"/Lang (ur)" in inside
    assert b"Nastaliq" in inside
    assert "Zebedee" not in _pdf_text(made)
    named = browser.client.get("/ur/your-space/copy/your-words.pdf?child=yes").get_data()
    assert "Zebedee" in _pdf_text(named)


@pytest.mark.whole
def test_a_copy_is_kept_by_nobody_on_its_way_and_its_name_says_nothing(mother: Family) -> None:
    browser = mother.inside()
    for kind in ("pdf", "zip"):
        answer = browser.client.get(f"{COPY}/your-words.{kind}")
        assert answer.headers["Content-Disposition"] == f'attachment; filename="your-words.{kind}"'
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_where_no_pdf_can_be_made_the_page_says_so_calmly(mother: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = mother.inside()
    monkeypatch.setattr(paper, "ready", lambda: False)
    monkeypatch.setattr(paper, "_ARGUMENTS", ("/nowhere/python",))
    browser.open(COPY)
    assert "No document can be made here at the moment." in browser.main
    assert "Make the document" not in browser.buttons
    browser.open(f"{COPY}/your-words.pdf")
    assert browser.status == 503
    assert "they hold the same" in browser.main


@pytest.mark.whole
def test_whether_pdfs_can_be_made_is_found_out_by_trying(monkeypatch: pytest.MonkeyPatch) -> None:
    assert paper.ready()
    monkeypatch.setattr(paper, "_ARGUMENTS", (sys.executable, "-c", "raise OSError"))
    paper.ready.cache_clear()
    assert not paper.ready()
    paper.ready.cache_clear()


def test_what_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "PATIENCE", 0.01)
    with pytest.raises(paper.NotMade):
        paper.pdf("<p>Words</p>")
    monkeypatch.setattr(paper, "PATIENCE", 60)
    monkeypatch.setattr(paper, "_WAIT", 0.01)
    held = [paper._ROOM.acquire() for _ in range(2)]
    with pytest.raises(paper.NotMade):
        paper.pdf("<p>Words</p>")
    for _ in held:
        paper._ROOM.release()


@pytest.mark.whole
def test_nothing_is_fetched_for_a_pdf_and_nothing_is_left_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(5)
        port = server.getsockname()[1]

        def listen() -> None:
            try:
                heard.append(server.accept()[0].recv(10))
            except OSError:
                return

        ear = Thread(target=listen)
        ear.start()
        monkeypatch.setenv("TMPDIR", str(tmp_path))
        secret = tmp_path.parent / "secret.txt"
        secret.write_text("A very secret line")
        for source in (f"http://127.0.0.1:{port}/x.png", secret.as_uri()):
            picture = f'<img src="{source}" alt="x"><object data="{source}">y</object>'
            page = f'<html lang="en"><title>x</title><p>Words</p>{picture}</html>'
            try:
                made = paper.pdf(page)
            except paper.NotMade:
                continue
            assert "secret line" not in _pdf_text(made)
        server.close()
        ear.join()
    assert not heard
    assert list(tmp_path.iterdir()) == []


@pytest.mark.whole
def test_sixty_thousand_bengali_letters_and_two_hundred_things_become_a_pdf_within_its_time(
    app: Flask, house: House
) -> None:
    with house.database.writing() as db:
        key_worker = make.a_key_worker(db)
        member = make.a_family_member(db, make.a_review(db, key_worker), language="bn")
        secret, number = make.a_link(db, house, key_worker, member)
        make.a_question(db, member, ("আমার মেয়ে খুব হাসতো এবং বৃষ্টি ভালোবাসতো। " * 1500)[:60_000])
        for count in range(200):
            make.a_question(db, member, f"{count} আমার মেয়ে খুব হাসতো। " * 20)
    browser = Family(app, house, secret, number).inside()
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    answer = browser.client.get("/bn/your-space/copy/your-words.pdf")
    assert answer.mimetype == "application/pdf"
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < paper.SECONDS / 2


# --- plain files --------------------------------------------------------------------------------------------------


def test_plain_files_stand_in_numbered_folders_in_the_persons_language(app: Flask, house: House) -> None:
    family = invited(app, house, "ur")
    with house.database.writing() as db:
        member = db.scalars(select(FamilyMember).order_by(FamilyMember.id)).one()
        reference = make.a_question(db, member, "پہلی سطر\nsecond line\n\nlast").reference
    browser = family.inside()
    bundle = zipfile.ZipFile(io.BytesIO(browser.client.get("/ur/your-space/copy/your-words.zip").get_data()))
    names = bundle.namelist()
    assert names[0].startswith("0 ")
    listed = bundle.read(names[0]).decode("utf-8-sig")
    assert all(name in listed for name in names[1:])
    own = next(name for name in names if reference in name)
    assert own.startswith("1 ")
    assert "پہلی سطر\nsecond line\n\nlast" in bundle.read(own).decode("utf-8-sig")
    assert not any("\ue000" in bundle.read(name).decode("utf-8-sig") for name in names)


@pytest.mark.whole
def test_making_a_copy_changes_nothing(mother: Family) -> None:
    from tests.family.test_link import dump

    browser = mother.inside()
    before = dump(mother.house)
    for path in ("", "/print", "/your-words.pdf", "/your-words.zip"):
        assert browser.client.get(f"{COPY}{path}").status_code == 200
    assert dump(mother.house) == before


def test_what_i_brought_comes_back_exactly_as_it_came_under_a_name_without_a_path(app: Flask, house: House) -> None:
    family = invited(app, house)
    data = bytes(range(256)) * 3000  # several parts
    with house.database.writing() as db:
        member = db.scalars(select(FamilyMember).order_by(FamilyMember.id)).one()
        file = make.a_file(db, member, Found(Form.JPEG), data)
        file.name = "../../etc/Ömer's photo.jpg"
        reference = file.reference
    bundle = _zip(family.inside())
    name = next(one for one in bundle.namelist() if one.endswith(".jpg"))
    assert reference in name
    assert ".." not in name
    assert name.count("/") == 1
    assert bundle.read(name) == data
    assert all(one.date_time[0] >= 2026 for one in bundle.infolist())
