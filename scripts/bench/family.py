"""One invited person of the demonstration, as the bench plays them: opens the link, gives the number, sends questions.

Forms are read from the pages themselves, so that a new hidden field or another address does not break the bench; only
three names are known here: the folder `your-space`, its page `write/ask`, and the text field `words`.
"""

from __future__ import annotations

import http.client
import json
import secrets
import sqlite3
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlsplit

WORDS = "Will the people who looked after our child be asked what they remember? " * 4


@dataclass
class FoundForm:
    """A form of a page: where it goes, its hidden fields, and the names of those that a person fills in."""

    action: str
    hidden: dict[str, str] = field(default_factory=dict)
    open: list[str] = field(default_factory=list)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[FoundForm] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = said.get("method", "get").lower() == "post"
            if self._inside:
                self.found.append(FoundForm(said.get("action", "")))
        elif self._inside and tag in ("input", "textarea") and said.get("name"):
            kind = said.get("type", "text").lower() if tag == "input" else "textarea"
            if kind == "hidden":
                self.found[-1].hidden[said["name"]] = said.get("value", "")
            elif kind in ("text", "tel", "number", "textarea"):
                self.found[-1].open.append(said["name"])

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False


class Person:
    """A browser of the simplest kind, with one person's cookies."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.netloc = urlsplit(base).netloc
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, url: str, fields: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, address at the end and text, after following what the answer points to."""
        for _ in range(6):
            parts = urlsplit(urljoin(self.base, url))
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            connection = http.client.HTTPConnection(self.netloc, timeout=30)
            connection.request(method, target, urlencode(fields) if fields else None, self.headers())
            answer = connection.getresponse()
            text = answer.read().decode()
            connection.close()
            for said in answer.headers.get_all("Set-Cookie", []):
                name, _, value = said.partition(";")[0].partition("=")
                self.cookies[name] = value
            if answer.status not in (301, 302, 303, 307, 308):
                return answer.status, target, text
            method, fields, url = "GET", None, urljoin(target, answer.headers["Location"])
        raise SystemExit(f"{url} leads nowhere")

    def headers(self) -> dict[str, str]:
        return {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": self.base,
            "Referer": self.base + "/",
        }

    def forms(self, url: str) -> tuple[str, list[FoundForm]]:
        status, at, text = self.ask("GET", url)
        if status != 200:
            raise SystemExit(f"{url} answered {status}")
        reader = _Forms()
        reader.feed(text)
        return at, reader.found


@dataclass(frozen=True)
class QuestionForm:
    """A signed-in person's question form, ready to be sent many times."""

    person: Person
    target: str
    fields: dict[str, str]

    def body(self, once: str | None = None) -> bytes:
        """A new question unless `once` repeats an older one."""
        return urlencode({**self.fields, "once": once or secrets.token_hex(16), "words": WORDS}).encode()

    def send(self, once: str | None = None) -> bytes:
        """The bytes of one request."""
        body = self.body(once)
        head = [f"POST {self.target} HTTP/1.1", f"Host: {self.person.netloc}"]
        head += [f"{name}: {value}" for name, value in self.person.headers().items()]
        return "\r\n".join([*head, f"Content-Length: {len(body)}", "", ""]).encode() + body


def signed_in(var: Path, base: str) -> QuestionForm:
    """The first family member of the demonstration, signed in by link and number, at the question form."""
    invited = json.loads((var / "demo.json").read_text())["families"][0]
    person = Person(base)
    at, forms = person.forms(urlsplit(invited["link"]).path)
    door = next((form for form in forms if form.open), None)
    if door is None:
        raise SystemExit(f"{at} has no form that takes the number")
    fields = {**door.hidden, door.open[0]: str(invited["number"])}
    status, at, _ = person.ask("POST", urljoin(at, door.action), fields)
    if status != 200 or "your-space" not in at:
        raise SystemExit(f"the number was not taken: {status} at {at}")
    language = at.split("/")[1]
    at, forms = person.forms(f"/{language}/your-space/write/ask")
    asking = next((form for form in forms if "words" in form.open), None)
    if asking is None:
        raise SystemExit(f"{at} has no form with a field named words")
    return QuestionForm(person, urljoin(at, asking.action), asking.hidden)


def questions_on_disk(var: Path) -> int:
    """How many questions, each a draft until it is looked at, the portal's SQLite file holds, for another process."""
    connection = sqlite3.connect(f"file:{var / 'portal.db'}?mode=ro", uri=True)
    try:
        return int(connection.execute("SELECT count(*) FROM drafts").fetchone()[0])
    finally:
        connection.close()
