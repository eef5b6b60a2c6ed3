"""A browser without script: it finds things by labels and texts, and fails where a screen reader would be lost."""

import re
import time
from typing import Any
from urllib.parse import urljoin

from flask import Flask
from werkzeug.test import TestResponse

from portal.house import House
from portal.review import spaces
from portal.review.invitations import Invitation
from portal.review.people import StaffMember
from tests.manners import mind_your_manners

Element = Any
_HTML = "{http://www.w3.org/1999/xhtml}"


class Browser:
    """One person's browser: cookies, a page, and what they typed into its forms."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self.path = "/"
        self.answer: TestResponse | None = None
        self.tree: Element = None
        self.typed: dict[str, str] = {}

    @property
    def status(self) -> int:
        """The status of the page."""
        assert self.answer is not None
        return self.answer.status_code

    @property
    def html(self) -> str:
        """The page as it was sent."""
        assert self.answer is not None
        return self.answer.get_data(as_text=True)

    @property
    def text(self) -> str:
        """Every word that can be read on the page, in one line."""
        return _words(self.tree.find(f"{_HTML}body"))

    @property
    def main(self) -> str:
        """Every word in the main part of the page."""
        return _words(next(self.tree.iter(f"{_HTML}main")))

    @property
    def heading(self) -> str:
        """The page's one heading of the first rank."""
        return _words(next(self.tree.iter(f"{_HTML}h1")))

    @property
    def title(self) -> str:
        """The page's title."""
        return _words(next(self.tree.iter(f"{_HTML}title")))

    def open(self, path: str, **options: Any) -> "Browser":
        """Go to an address and through every redirect after it."""
        return self._arrive(path, self.client.get(path, **options))

    def follow(self, words: str) -> "Browser":
        """Follow the link with these words."""
        for link in self.tree.iter(f"{_HTML}a"):
            if _words(link) == words and link.get("href"):
                return self.open(urljoin(self.path, link.get("href")))
        raise AssertionError(f"No link {words!r} on {self.path}; there are {self.links}")

    @property
    def links(self) -> list[str]:
        """The words of every link."""
        return [_words(link) for link in self.tree.iter(f"{_HTML}a")]

    def fill(self, label: str, value: str) -> "Browser":
        """Type into the field with this label."""
        self.typed[self._field(label).get("name")] = value
        return self

    def value(self, label: str) -> str:
        """Return what stands in the field with this label."""
        field = self._field(label)
        if field.tag == f"{_HTML}textarea":
            return ("".join(field.itertext())).removeprefix("\n")
        return str(field.get("value") or "")

    def choose(self, label: str) -> "Browser":
        """Choose the radio button, tick the box, or pick the option with this label."""
        for option in self.tree.iter(f"{_HTML}option"):
            if _words(option) == label:
                select = next(one for one in self.tree.iter(f"{_HTML}select") if option in list(one.iter()))
                self.typed[select.get("name")] = option.get("value", _words(option))
                return self
        field = self._field(label)
        self.typed[field.get("name")] = field.get("value", "on")
        return self

    def press(self, words: str) -> "Browser":
        """Press the button with these words, sending the form that it stands in."""
        for form in self.tree.iter(f"{_HTML}form"):
            for button in form.iter(f"{_HTML}button"):
                if _words(button) == words:
                    return self._send(form, button)
        raise AssertionError(f"No button {words!r} on {self.path}; there are {self.buttons}")

    @property
    def buttons(self) -> list[str]:
        """The words of every button."""
        return [_words(button) for button in self.tree.iter(f"{_HTML}button")]

    def _send(self, form: Element, button: Element) -> "Browser":
        data = {**_standing(form), **{k: v for k, v in self.typed.items() if k in _names(form)}}
        if button.get("name"):
            data[button.get("name")] = button.get("value", "")
        path = urljoin(self.path, button.get("formaction") or form.get("action") or self.path)
        if form.get("method", "get").lower() == "get":
            return self._arrive(path, self.client.get(path, query_string=data))
        return self._arrive(path, self.client.post(path, data=data))

    def _arrive(self, path: str, answer: TestResponse) -> "Browser":
        for _ in range(10):
            if answer.status_code not in (301, 302, 303, 307, 308):
                break
            path = urljoin(path, answer.headers["Location"])
            answer = self.client.get(path)
        self.path, self.answer, self.typed = path, answer, {}
        if "html" in answer.content_type:
            self.tree = mind_your_manners(path, answer)
        return self

    def _field(self, label: str) -> Element:
        ids: dict[str, str] = {}
        for one in self.tree.iter(f"{_HTML}label"):
            ids.setdefault(_words(one), one.get("for"))
        wanted = ids.get(label) or next((ids[words] for words in ids if words.startswith(label)), None)
        for kind in ("input", "textarea", "select"):
            for field in self.tree.iter(f"{_HTML}{kind}"):
                if wanted is not None and field.get("id") == wanted:
                    return field
        raise AssertionError(f"No field {label!r} on {self.path}; there are {list(ids)}")


def as_staff(app: Flask, person: StaffMember) -> Browser:
    """Return the browser of a member of staff who has signed in with password and number."""
    browser = Browser(app)
    with browser.client.session_transaction() as session:
        session["_user_id"] = person.fs_uniquifier
        session["_fresh"] = True
        session["fs_cc"] = "set"
        session["fs_paa"] = time.time()
        session["tf_verified"] = True
    return browser


def as_family(app: Flask, house: House, invitation_id: Any) -> Browser:
    """Return the browser of somebody who opened their link with its number."""
    with house.database.writing() as db:
        secret = spaces.enter(db, db.get_one(Invitation, invitation_id))
    browser = Browser(app)
    browser.client.set_cookie("family", secret)
    return browser


def _words(element: Element) -> str:
    return re.sub(r"\s+", " ", "".join(element.itertext())).strip()


def _names(form: Element) -> set[str]:
    kinds = ("input", "textarea", "select")
    return {one.get("name") for kind in kinds for one in form.iter(f"{_HTML}{kind}") if one.get("name")}


def _standing(form: Element) -> dict[str, str]:
    """Return what a form would send if nobody touched it."""
    data: dict[str, str] = {}
    for one in form.iter(f"{_HTML}input"):
        kind = one.get("type", "text")
        if one.get("name") and (kind not in ("radio", "checkbox") or one.get("checked") is not None):
            data[one.get("name")] = one.get("value", "")
    for one in form.iter(f"{_HTML}textarea"):
        data[one.get("name")] = "".join(one.itertext()).removeprefix("\n")
    for one in form.iter(f"{_HTML}select"):
        options = list(one.iter(f"{_HTML}option"))
        picked = next((option for option in options if option.get("selected") is not None), options[0])
        data[one.get("name")] = picked.get("value", _words(picked))
    return data
