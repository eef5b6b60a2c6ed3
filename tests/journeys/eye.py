"""What is looked at on every page of a journey: axe, small screens, language, direction, quiet, nothing private."""

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ConsoleMessage, Page, Request

from portal.languages import language
from tests.journeys.live import ROOT

SCREENSHOTS = ROOT / "screenshots"
NARROW = (390, 320)
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# A page that asks somebody to look again is answered with 4xx, which Chromium also writes to its console.
ANSWERED_KINDLY = re.compile(r"Failed to load resource: the server responded with a status of 4\d\d")
OVERFLOW = """() => {
  const wide = document.documentElement.clientWidth + 1;
  if (document.documentElement.scrollWidth <= wide) return [];
  return [...document.querySelectorAll("body *")].filter(one => {
    const box = one.getBoundingClientRect();
    return box.width && (box.right > wide || box.left < -1) && !one.closest(".scroll, .skip, .hush");
  }).map(one => one.outerHTML.slice(0, 120)).slice(0, 5).concat("scrolls sideways");
}"""
# Where script is off no timer ever rings, and axe waits for some: short ones ring at once here, long ones never.
CLOCKLESS = """() => { window.setTimeout = (act, wait = 0, ...given) => {
  if (wait < 1000) Promise.resolve().then(() => act(...given));
  return 1;
}; }"""
# Digits that are not kept together run backwards in a right-to-left sentence. A person's own words stay as they are.
LOOSE_NUMBERS = """() => {
  const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT), loose = [];
  while (walk.nextNode()) {
    const near = walk.currentNode.parentElement;
    if (near.closest(".user-words, textarea, script, style")) continue;
    if (/[0-9](?:[ -]?[0-9]){4,}/.test(walk.currentNode.data) && near.closest("[dir]").dir !== "ltr")
      loose.push(walk.currentNode.data.trim());
  }
  return loose;
}"""


class Eye:
    """Watches one person's page: some things all the time, the rest whenever it is told to look."""

    def __init__(self, page: Page, base: str, script: bool, story: str = "", secrets: tuple[str, ...] = ()) -> None:
        self.page, self.script, self.story, self.secrets = page, script, story, secrets
        self.unseen: tuple[str, ...] = ()  # words that must not be anywhere on a page before the person asked for them
        self._host, self._said, self._strange, self._count = urlsplit(base).netloc, list[str](), list[str](), 0
        page.on("console", self._hear)
        page.on("pageerror", lambda problem: self._said.append(str(problem)))
        page.on("request", self._see)

    def look(self, step: str) -> None:
        """Look at the page as it is now, on a telephone and on a narrow one."""
        self._count += 1
        self.picture(step)
        lang = self._language()
        root = self.page.locator("html")
        assert root.get_attribute("lang") == lang, self._at(step)
        assert root.get_attribute("dir") == language(lang).direction, self._at(step)
        assert (found := self.axe()) == [], f"{self._at(step)} {found}"
        self.stays_within(step)
        if language(lang).direction == "rtl":
            assert self.page.evaluate(LOOSE_NUMBERS) == [], self._at(step)
        self.stays_quiet(step)
        self.keeps_to_itself(step)

    def axe(self, *, contrast: bool = True) -> list[dict[str, Any]]:
        """Return what axe finds, short enough to read; contrast takes most of its time and is the style's alone."""
        if not self.script:
            self.page.evaluate(CLOCKLESS)
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        rules = {"color-contrast": {"enabled": contrast}}
        options = json.dumps({"runOnly": RULES, "rules": rules, "resultTypes": ["violations"]})
        found = self.page.evaluate(f"async () => (await axe.run({options})).violations")
        return [{"rule": one["id"], "where": [node["html"][:160] for node in one["nodes"][:4]]} for one in found]

    def stays_within(self, step: str) -> None:
        """Check that nothing makes the page scroll sideways on small screens."""
        for width in NARROW:
            with self.as_wide_as(width):
                found = self.page.evaluate(OVERFLOW)
                assert found == [], f"{self._at(step)} at {width} px {found}"

    def stays_quiet(self, step: str) -> None:
        """Check that nothing broke behind the page, and that nobody else was asked for anything."""
        assert self._said == [], self._at(step)
        assert self._strange == [], self._at(step)

    def keeps_to_itself(self, step: str) -> None:
        """Check that title and address say nothing of the family, and that nothing shows too early."""
        for word in self.secrets:
            assert word not in self.page.title() + self.page.url, self._at(step)
        if self.unseen:
            content = self.page.content()
            for word in self.unseen:
                assert word not in content, self._at(step)

    def picture(self, step: str) -> None:
        """Keep a picture of the page, where pictures are wanted."""
        if os.environ.get("PORTAL_SCREENSHOTS") != "1":
            return
        size = self.page.viewport_size
        device = "phone" if size and size["width"] < 600 else "desktop"
        name = re.sub(r"[^a-z0-9]+", "-", f"{self.story} {self._count:02} {step} {device}".lower())
        _small(self.page.screenshot(full_page=True, animations="disabled"), SCREENSHOTS / f"{name}.png")

    @contextmanager
    def as_wide_as(self, width: int) -> Iterator[None]:
        """Look through a window of another width for a moment."""
        before = self.page.viewport_size
        self.page.set_viewport_size({"width": width, "height": 844})
        yield
        if before:
            self.page.set_viewport_size(before)

    def _language(self) -> str:
        first = urlsplit(self.page.url).path.split("/")[1]
        return first if len(first) == 2 and first != "i" else "en"

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not ANSWERED_KINDLY.match(message.text):
            self._said.append(message.text)

    def _see(self, request: Request) -> None:
        place = urlsplit(request.url)
        if place.scheme not in ("data", "blob") and place.netloc != self._host:
            self._strange.append(request.url)

    def _at(self, step: str) -> str:
        return f"{step}: {self.page.url}"


def _small(picture: bytes, path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(picture)
