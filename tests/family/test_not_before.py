"""Answers and news that were not brought, put off or refused are in no byte that their person can get."""

import io
import re
import zipfile
from uuid import UUID

import pypdfium2
import pytest
from flask import Flask

from portal.house import House
from portal.review import answers, hearing_news
from portal.review.answers import Hearing
from portal.review.reviews import Review
from tests import make
from tests.browser import Browser
from tests.family.relatives import Relatives, four_relatives


@pytest.mark.whole
@pytest.mark.parametrize("language", ["en", "ur"])
def test_what_was_not_brought_or_not_chosen_is_in_no_byte_that_a_person_can_get(
    app: Flask, house: House, language: str
) -> None:
    family = four_relatives(app, house, {"mother": language})
    father = family.spaces["father"].inside()
    before = _bytes_of(app, father, "en", {})
    hidden, known = _everything_that_may_not_be_shown(family)
    inside = family.spaces["mother"].inside()
    for path, (status, headers, body) in _bytes_of(app, inside, language, known).items():
        assert status < 500, path
        for token in hidden:
            assert token.encode() not in body, f"{token} stands at {path}"
            assert token not in headers, f"{token} stands in the headers of {path}"
    for path, (status, _, body) in _bytes_of(app, father, "en", {}).items():
        assert (status, _still(body)) == (before[path][0], _still(before[path][2])), f"his space changed at {path}"


def _still(body: bytes) -> bytes:
    """Return a page without what is new each time it is made: its marks, and the hour."""
    return re.sub(rb'(?:value|nonce|data-[a-z-]+)="[^"]*"|\d\d:\d\d(?::\d\d)?', b"", body)


def _everything_that_may_not_be_shown(family: Relatives) -> tuple[list[str], dict[str, list[str]]]:
    """Give the mother an answer and a piece of news in every state in which nothing of it may be seen."""
    hidden: list[str] = []
    known: dict[str, list[str]] = {"reference": [], "piece_id": []}
    waits = (None, *(one for one in Hearing if one is not Hearing.NOW))
    with family.house.database.writing() as db:
        mother, key_worker = family.member(db, "mother"), family.key_worker(db)
        coordinator, chair = make.a_coordinator(db), make.a_chair(db)
        for hearing in waits:
            name = re.sub(r"\W", "", hearing.name if hearing else "unreleased").title()
            words, news = f"CanaryAnswer{name}x", f"CanaryNews{name}x"
            question = make.a_question(db, mother, f"Asked with {name}")
            if hearing is None:
                make.a_checked_answer(db, question, coordinator, chair, words)
                make.news_of(db, db.get_one(Review, mother.review_id), key_worker, chair, news)
            else:
                answer = make.a_released_answer(db, question, coordinator, chair, key_worker, words)
                answer.translated_into = mother.language
                answer.translation, answer.translator = f"{words}Translated", f"{words}Translator"
                row = make.news_brought(db, mother, key_worker, chair, news)
                if hearing is not Hearing.NOT_SAID:
                    answers.choose(db, mother, question, answer, hearing)
                    hearing_news.choose(db, mother, row, hearing)
                known["piece_id"].append(str(row.id))
            known["reference"].append(question.reference)
            hidden += [words, news]
    return hidden, known


def _bytes_of(
    app: Flask, browser: Browser, language: str, known: dict[str, list[str]]
) -> dict[str, tuple[int, str, bytes]]:
    """Return everything that every address of a space gives: pages, copies, files, with their headers."""
    places = [f"add-{reference}" for reference in known.get("reference", [])]
    values = {"lang": [language], "place": ["ask", *places], **known}
    found = {}
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.startswith("family.") or "GET" not in (rule.methods or ()):
            continue
        paths = [rule.rule]
        for name in rule.arguments:
            part = re.compile(rf"<(?:\w+:)?{name}>")
            paths = [part.sub(value, path) for path in paths for value in values.get(name, [str(UUID(int=7))])]
        for path in paths:
            answer = browser.client.get(path)
            body = answer.get_data()
            if body.startswith(b"PK"):
                with zipfile.ZipFile(io.BytesIO(body)) as pack:
                    body = b"\n".join(name.encode() + pack.read(name) for name in pack.namelist())
            elif body.startswith(b"%PDF"):
                pages = pypdfium2.PdfDocument(body)
                body = "\n".join(page.get_textpage().get_text_range() for page in pages).encode()
            found[path] = (answer.status_code, str(answer.headers), body)
    return found
