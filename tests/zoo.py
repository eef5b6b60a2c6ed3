"""Robots that meet a private link before its owner does: scanners, previews, browsers that press whatever they find.

Each fetches as its kind is known to fetch: with which name, asking first with HEAD or not, for a part of the page or
the whole, and what it looks for beside it. Then each does what only the worst of them do: it follows every link, and
presses every button behind the link, with everything left as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

import html5lib

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_HTML = "{http://www.w3.org/1999/xhtml}"
_CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"
)
_ICONS = ("/favicon.ico", "/apple-touch-icon.png", "/apple-touch-icon-precomposed.png")


@dataclass(frozen=True)
class Kind:
    """One kind of robot: whose it is, what it calls itself, and how it fetches."""

    whose: str
    agent: str
    first: tuple[str, ...] = ()  # methods with which it asks before it takes the page
    headers: tuple[tuple[str, str], ...] = ()
    beside: tuple[str, ...] = ()  # addresses that it tries whether or not the page names them
    image_agent: str = ""  # another name for pictures


KINDS = (
    Kind("WhatsApp", "WhatsApp/2.24.20.89 A", headers=(("Accept", "*/*"),), beside=("/favicon.ico",)),
    Kind(
        "iMessage",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 "
        "Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
        beside=_ICONS,
    ),
    Kind("Signal", "WhatsApp/2", headers=(("Accept", "*/*"), ("Range", "bytes=0-1048575"))),
    Kind(
        "Teams",
        "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
        first=("HEAD",),
        beside=("/favicon.ico",),
    ),
    Kind(
        "Slack",
        "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
        headers=(("Range", "bytes=0-32768"), ("Accept", "*/*")),
        image_agent="Slack-ImgProxy (+https://api.slack.com/robots)",
        beside=("/favicon.ico", "/robots.txt"),
    ),
    Kind(
        "Facebook and Messenger",
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        headers=(("Range", "bytes=0-524287"),),
    ),
    Kind("Telegram", "TelegramBot (like TwitterBot)"),
    Kind("Google Messages", "Google-PageRenderer Google (+https://developers.google.com/+/web/snippet/)"),
    Kind("Outlook Safe Links", f"{_CHROME} Edg/130.0.0.0", first=("HEAD", "GET")),
    Kind("Office", "Microsoft Office Word 2014 (16.0.17928) Windows NT 10.0", first=("OPTIONS", "HEAD", "PROPFIND")),
    Kind("Proofpoint", _CHROME, first=("GET", "GET"), headers=(("Accept-Language", "en-US,en;q=0.9"),)),
    Kind("Barracuda", "BarracudaLinkProtection/1.0", first=("HEAD",), beside=("/robots.txt",)),
    Kind("Mimecast", f"{_CHROME} Mimecast-URLProtect", first=("HEAD",)),
    Kind("a mail scanner that says nothing of itself", "", first=("HEAD",)),
)


@dataclass
class Seen:
    """What the robots met: how often they asked, the worst answer, and every page's words."""

    asked: int = 0
    pressed: int = 0
    worst: int = 0
    pages: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)


@dataclass
class _Robot:
    kind: Kind
    seen: Seen
    opener: OpenerDirector

    def ask(self, url: str, method: str = "GET", data: dict[str, str] | None = None, agent: str = "") -> str:
        body = urlencode(data).encode() if data is not None else None
        headers = {"User-Agent": agent or self.kind.agent, "Referer": url, **dict(self.kind.headers)}
        request = Request(url, data=body, method=method, headers=headers)
        try:
            with self.opener.open(request, timeout=10) as answer:
                status, text = answer.status, answer.read().decode(errors="replace")
        except HTTPError as answer:
            with answer:
                status, text = answer.code, answer.read().decode(errors="replace")
        self.seen.asked += 1
        self.seen.worst = max(self.seen.worst, status if status != 501 or method in ("GET", "POST", "HEAD") else 0)
        self.seen.places.add(urlsplit(url).path)
        return str(text)

    def press_everything(self, url: str, page: str, junk: str = "") -> None:
        for form in html5lib.parse(page).iter(f"{_HTML}form"):
            if form.get("method", "get").lower() == "post":
                self.ask(urljoin(url, form.get("action") or url), "POST", _left(form, junk))
                self.seen.pressed += 1


def over_http(link: str, rounds: int = 50, junk: str = "") -> Seen:
    """Send robots without a browser to a link: as they fetch, then every link, and every button behind it.

    With ``junk`` they write it into every field first, which hardly any robot does.
    """
    seen = Seen()
    for turn in range(rounds):
        kind = KINDS[turn % len(KINDS)]
        robot = _Robot(kind, seen, build_opener(HTTPCookieProcessor(CookieJar())))
        for method in kind.first:
            robot.ask(link, method)
        page = robot.ask(link)
        seen.pages.add(page)
        tree = html5lib.parse(page)
        for beside in kind.beside:
            robot.ask(urljoin(link, beside))
        for picture in sorted(_pictures(tree, link)):
            robot.ask(picture, agent=kind.image_agent)
        robot.press_everything(link, page, junk)
        for url in sorted(_addresses(tree, link)):
            behind = robot.ask(url)
            if 'method="post"' in behind:
                robot.press_everything(url, behind, junk)
    return seen


def in_a_browser(browser: Browser, link: str, rounds: int = 5) -> Seen:
    """Send robots with a real browser, which run every script and press everything that can be pressed."""
    seen = Seen()
    for turn in range(rounds):
        context = browser.new_context(user_agent=KINDS[turn % len(KINDS)].agent or None)
        context.set_default_timeout(10_000)
        # What leads out of the portal stays here.
        context.route(lambda url: urlsplit(url).netloc != urlsplit(link).netloc, lambda route: route.abort())
        page = context.new_page()
        _press_all(page, link, seen)
        for url in sorted(_addresses(html5lib.parse(_at(page, link).content()), link)):
            page.goto(url)
            seen.asked += 1
            seen.places.add(urlsplit(url).path)
            if page.locator("form[method=post]").count():
                _press_all(page, url, seen)
        context.close()
    return seen


def _press_all(page: Page, url: str, seen: Seen) -> None:
    buttons = "form[method=post] button, form[method=post] input[type=submit]"
    for place in range(_at(page, url).locator(buttons).count()):
        _at(page, url).locator(buttons).nth(place).click()
        page.wait_for_load_state("load")
        seen.pressed += 1


def _at(page: Page, link: str) -> Page:
    page.goto(link)
    return page


def _left(form: Any, junk: str) -> dict[str, str]:
    """Return what a form sends: as it stands, or with junk in everything that can be typed into."""
    sent = {}
    for one in (*form.iter(f"{_HTML}input"), *form.iter(f"{_HTML}textarea"), *form.iter(f"{_HTML}select")):
        if one.get("name") and one.get("type") not in ("radio", "checkbox"):
            hidden = one.get("type") == "hidden"
            sent[str(one.get("name"))] = str(one.get("value", "")) if hidden or not junk else junk
    return sent


def _pictures(tree: Any, link: str) -> set[str]:
    """Return the pictures, icons and other forms of a page that a preview would show, if it named any."""
    found = {one.get("content") for one in tree.iter(f"{_HTML}meta") if "image" in str(one.get("property", ""))}
    found |= {one.get("href") for one in tree.iter(f"{_HTML}link") if "oembed" in str(one.get("type", ""))}
    return {urljoin(link, one) for one in found if one}


def _addresses(tree: Any, link: str) -> set[str]:
    """Return every address of the same house that a page names."""
    found = set()
    for kind, name in (("a", "href"), ("link", "href"), ("script", "src"), ("img", "src")):
        for one in tree.iter(f"{_HTML}{kind}"):
            url = urljoin(link, one.get(name) or link).partition("#")[0]
            if urlsplit(url).netloc == urlsplit(link).netloc:
                found.add(url)
    return found
