"""A key worker at their desk, who has signed in, and everything that the people of a family can do meanwhile."""

import re
import time
from dataclasses import dataclass
from threading import Barrier, Thread
from uuid import UUID

import pytest
from flask import Flask

from portal.courier.courier import deliver_all
from portal.house import House
from portal.review.people import FamilyMember, Relation, StaffMember, Way
from portal.review.reviews import Review
from tests import make
from tests.browser import Browser, as_staff

CHILD, NAME, ADDRESS, CARE = "Zebedee", "Amina Quill", "amina@example.org", "Only after ten; the telephone is shared."

# PDFs, and letters and cards in every language but one: they are made from the same pages.
_LEFT_OUT = re.compile(r"\.pdf|/(?:letters|cards)/(?!en/)")


@dataclass
class Desk:
    """One key worker and their browser, in one portal."""

    app: Flask
    house: House
    key_worker_id: UUID
    browser: Browser

    def a_family(self) -> UUID:
        """Begin to look after a family, and return its id."""
        with self.house.database.writing() as db:
            return make.a_review(db, db.get_one(StaffMember, self.key_worker_id), CHILD).id

    def a_person(
        self, review_id: UUID, way: Way = Way.EMAIL, address: str | None = ADDRESS, language: str = "en"
    ) -> UUID:
        """Add a person who is not invited yet, and return their id."""
        with self.house.database.writing() as db:
            review = db.get_one(Review, review_id)
            return make.a_family_member(db, review, NAME, language, way, address, Relation.MOTHER).id

    def a_question_with_a_checked_answer(self, member_id: UUID, words: str, answer: str) -> UUID:
        """Ask a question and bring it to where its answer is the key worker's to bring."""
        with self.house.database.writing() as db:
            member = db.get_one(FamilyMember, member_id)
            question = make.a_question(db, member, words)
            make.a_checked_answer(db, question, make.a_coordinator(db), make.a_chair(db), answer)
            return question.id

    def courier_comes(self) -> None:
        """Let the courier take everything that waits."""
        deliver_all(self.house, self.app)

    def post_at_once(self, path: str, filled: dict[str, str]) -> list[int]:
        """Send one form twenty times at the same moment, and return the statuses."""
        names = ("csrf_token", "once")
        hidden = {one.get("name"): one.get("value") for one in self.browser.tree.iter() if one.get("name") in names}
        cookie = self.browser.client.get_cookie("session")
        assert cookie is not None
        start, statuses = Barrier(20), []

        def press() -> None:
            client = self.app.test_client()
            client.set_cookie("session", cookie.value)
            start.wait()
            statuses.append(client.post(path, data={**hidden, **filled}).status_code)

        fingers = [Thread(target=press) for _ in range(20)]
        for finger in fingers:
            finger.start()
        for finger in fingers:
            finger.join()
        return statuses

    def every_page(self) -> dict[str, str]:
        """Return every page that can be reached from the list of families, by its address; letters in English only."""
        found: dict[str, str] = {}
        waiting = ["/keyworker/"]
        while waiting:
            path = waiting.pop()
            self.browser.open(path)
            assert self.browser.status == 200, path
            found[path] = self.browser.html
            hrefs = [link.get("href") for link in self.browser.tree.iter("{http://www.w3.org/1999/xhtml}a")]
            pages = {href for href in hrefs if href and href.startswith("/keyworker/") and not _LEFT_OUT.search(href)}
            waiting += pages - {*found, *waiting}
        return found


def a_desk(app: Flask, house: House, panel: str = make.PANEL) -> Desk:
    """Sit a new key worker down at their desk."""
    with house.database.writing() as db:
        key_worker = make.a_key_worker(db, panel)
        key_worker.tf_primary_method = "authenticator"
        browser = as_staff(app, key_worker)
        key_worker_id = key_worker.id
    with browser.client.session_transaction() as session:
        session["since"] = session["seen"] = time.time()
    return Desk(app, house, key_worker_id, browser)


@pytest.fixture
def desk(app: Flask, house: House) -> Desk:
    """The desk of one key worker."""
    return a_desk(app, house)
