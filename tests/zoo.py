"""Robots that meet a private link before its owner does: scanners, previews, browsers that press whatever they find."""

from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import html5lib
from playwright.sync_api import Browser, Page

_HTML = "{http://www.w3.org/1999/xhtml}"
NAMES = (
    "Mozilla/5.0 (compatible; SafeLinks)",
    "WhatsApp/2.23.20.0",
    "TelegramBot (like TwitterBot)",
    "facebookexternalhit/1.1",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15",
)


@dataclass
class Seen:
    """What the robots met: how often they asked, the worst answer, and every page's words."""

    asked: int = 0
    pressed: int = 0
    worst: int = 0
    pages: set[str] = field(default_factory=set)


@dataclass
class _Robot:
    name: str
    seen: Seen
    opener: OpenerDirector

    def ask(self, url: str, method: str = "GET", data: dict[str, str] | None = None) -> str:
        body = urlencode(data).encode() if data is not None else None
        request = Request(url, data=body, method=method, headers={"User-Agent": self.name, "Referer": url})
        try:
            with self.opener.open(request, timeout=10) as answer:
                status, text = answer.status, answer.read().decode(errors="replace")
        except HTTPError as answer:
            with answer:
                status, text = answer.code, answer.read().decode(errors="replace")
        self.seen.asked += 1
        self.seen.worst = max(self.seen.worst, status)
        return str(text)


def over_http(link: str, rounds: int = 50) -> Seen:
    """Send robots without a browser to a link: HEAD, GET with everything that it loads, every link, every button."""
    seen = Seen()
    for turn in range(rounds):
        robot = _Robot(NAMES[turn % len(NAMES)], seen, build_opener(HTTPCookieProcessor(CookieJar())))
        robot.ask(link, "HEAD")
        page = robot.ask(link)
        seen.pages.add(page)
        tree = html5lib.parse(page)
        for url in sorted(_addresses(tree, link)):
            robot.ask(url)
        for form in tree.iter(f"{_HTML}form"):
            inputs = [one for one in form.iter(f"{_HTML}input") if one.get("name")]
            kept = {str(one.get("name")): str(one.get("value", "")) for one in inputs}
            robot.ask(urljoin(link, form.get("action") or link), "POST", kept)
            seen.pressed += 1
    return seen


def in_a_browser(browser: Browser, link: str, rounds: int = 5) -> Seen:
    """Send robots with a real browser, which run every script and press everything that can be pressed."""
    seen = Seen()
    for turn in range(rounds):
        context = browser.new_context(user_agent=NAMES[turn % len(NAMES)])
        context.set_default_timeout(10_000)
        # What leads out of the portal stays here.
        context.route(lambda url: urlsplit(url).netloc != urlsplit(link).netloc, lambda route: route.abort())
        page = context.new_page()
        count = _at(page, link).locator("button, input[type=submit]").count()
        for place in range(count):
            _at(page, link).locator("button, input[type=submit]").nth(place).click()
            page.wait_for_load_state("load")
            seen.pressed += 1
        for url in sorted(_addresses(html5lib.parse(_at(page, link).content()), link)):
            page.goto(url)
            seen.asked += 1
        context.close()
    return seen


def _at(page: Page, link: str) -> Page:
    page.goto(link)
    return page


def _addresses(tree: Any, link: str) -> set[str]:
    """Return every address of the same house that a page names."""
    found = set()
    for kind, name in (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src")):
        for one in tree.iter(f"{_HTML}{kind}"):
            url = urljoin(link, one.get(name) or link).partition("#")[0]
            if urlsplit(url).netloc == urlsplit(link).netloc:
                found.add(url)
    return found
