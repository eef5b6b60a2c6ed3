"""One person on their way through the portal: finds things by the words on them, in the language they read."""

import re
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, Response, expect

from portal.settings import ROOT, Settings
from portal.words import Catalogues
from tests.journeys.eye import Eye
from tests.journeys.live import Live

_CATALOGUES = Catalogues(ROOT / "translations", Settings.model_fields["languages"].default)


def said(code: str, message: str) -> str:
    """Return a message of the interface as a language says it; English where there is no translation."""
    return _CATALOGUES.find(code, message) or message


class Walker:
    """A browser of one's own, and an eye on every page that it comes to."""

    def __init__(
        self,
        context: BrowserContext,
        live: Live,
        code: str = "en",
        script: bool = True,
        story: str = "",
        secrets: tuple[str, ...] = (),
    ) -> None:
        self.context, self.live, self.code = context, live, code
        self.page: Page = context.new_page()
        self.answer: Response | None = None
        self.eye = Eye(self.page, live.base, script, story, secrets)

    def says(self, message: str) -> str:
        """Return a message in the language that this person reads."""
        return said(self.code, message)

    def open(self, address: str) -> "Walker":
        """Go to an address."""
        self.answer = self.page.goto(address)
        return self

    @property
    def status(self) -> int:
        """The status of the page that was opened last."""
        assert self.answer is not None
        return self.answer.status

    def look(self, step: str) -> "Walker":
        """Look at the page."""
        self.eye.look(step)
        return self

    def follow(self, words: str | re.Pattern[str]) -> "Walker":
        """Follow the link with these words; some look like buttons."""
        name = self._told(words)
        button = self.page.locator("a[role=button]").and_(self.page.get_by_role("button", name=name, exact=True))
        found = self.page.get_by_role("link", name=name, exact=True).or_(button)
        in_main = self.main.locator(found)
        expect(found).not_to_have_count(0)
        self._act((in_main if in_main.count() else found).first)
        return self

    def press(self, words: str | re.Pattern[str]) -> "Walker":
        """Press the button with these words."""
        self._act(self.page.get_by_role("button", name=self._told(words), exact=True))
        return self

    def fill(self, label: str, value: str) -> "Walker":
        """Write into a field."""
        self.page.get_by_label(self.says(label), exact=True).fill(value)
        return self

    def choose(self, label: str) -> "Walker":
        """Choose a radio button or tick a box."""
        self.page.get_by_label(self.says(label), exact=True).check()
        return self

    def pick(self, label: str, value: str) -> "Walker":
        """Pick from a list."""
        self.page.get_by_label(self.says(label), exact=True).select_option(value)
        return self

    @property
    def main(self) -> Locator:
        """The main part of the page."""
        return self.page.locator("main")

    @property
    def heading(self) -> str:
        """The page's heading."""
        return self.page.locator("h1").inner_text()

    def reads(self, words: str | re.Pattern[str]) -> "Walker":
        """Check that the page says something."""
        expect(self.main).to_contain_text(self._told(words))
        return self

    def does_not_read(self, words: str) -> "Walker":
        """Check that something is not anywhere on the page, seen or unseen."""
        assert words not in self.page.content()
        return self

    def path(self) -> str:
        """Return where this person is."""
        return self.page.url.removeprefix(self.live.base)

    def sign_in(self, role: str, panel: str, look: bool = False, turn: int = 0) -> "Walker":
        """Sign in as a member of staff, with password and code.

        Whoever did so before, in a browser that is gone, goes on with that: a new code comes twice a minute only.
        """
        person = self.live.staff(role, panel, turn)
        if person["email"] in self.live.inside and not look:
            cookie, desk = self.live.inside[person["email"]]
            self.context.add_cookies([cookie])
            if "/staff/" not in self.open(desk).page.url:
                return self
        self.open("/staff/login")
        if look:
            self.look("sign in")
        self.fill("E-mail address", person["email"]).fill("Password", person["password"]).press("Continue")
        if look:
            self.look("code")
        self.fill("Code from your authenticator app", self.live.code(person)).press("Continue")
        assert "/staff/" not in self.page.url, self.main.inner_text()
        cookie = next(one for one in self.context.cookies() if one["name"] == "session")
        self.live.inside[person["email"]] = (cookie, self.page.url)
        return self

    def enter(self, link: str, number: str) -> "Walker":
        """Open a private space with its link and its number."""
        self.open(link).fill("Your number", number).press("Open my space")
        assert self.path() == f"/{self.code}/your-space", self.main.inner_text()
        return self

    def _told(self, words: str | re.Pattern[str]) -> Any:
        return self.says(words) if isinstance(words, str) else words

    def _act(self, found: Locator) -> None:
        expect(found).to_have_count(1)
        found.click()
        self.page.wait_for_load_state("load")
