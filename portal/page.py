"""A page is a frozen dataclass that names its template; here it becomes an answer, with its frame and its headers.

Public pages are the same for everybody and may be kept by any cache. Everything else is private: never stored, never
indexed, and nothing of it travels to another site.
"""

import re
from dataclasses import dataclass, fields
from typing import Any, ClassVar
from urllib.parse import quote

from flask import Flask, current_app, g, render_template, request, url_for
from werkzeug.exceptions import SecurityError
from werkzeug.wrappers import Response

from portal import languages
from portal.forms import token
from portal.headers import harden, lighten, public_css
from portal.house import house
from portal.languages import ENGLISH
from portal.library.panels import Contact, Panel
from portal.review.display import Liking
from portal.words import START, STOP, clean_of_marks, gettext

_LONGEST_ADDRESS = 400  # signs; a longer one is of no page, and would stand in the answer once for each language
_PIECES = re.compile(r"(<(?:title|textarea|option)[^>]*>.*?</(?:title|textarea|option)>|<[^>]*>)", re.DOTALL)


@dataclass(frozen=True)
class Page:
    """The base of every page: its fields are exactly what its template uses."""

    template: ClassVar[str]


@dataclass(frozen=True)
class Choice:
    """A link in a list: to another page, or to this page in another language."""

    title: str
    url: str
    current: bool = False
    code: str = ""
    dir: str = ""

    @property
    def name(self) -> str:
        """The title, as the language switch calls it."""
        return self.title


@dataclass(frozen=True)
class SignedIn:
    """Somebody who is signed in, and how they leave."""

    label: str
    sign_out_url: str
    csrf: str


@dataclass
class Frame:
    """What stands around every page; a door fills in what is its own before the page is rendered."""

    site_name: str = ""
    home_url: str = ""
    leave_help_url: str = ""
    search_url: str = ""
    leave_post_url: str = ""
    contact: Contact | None = None
    nav: tuple[Choice, ...] = ()
    alternates: tuple[tuple[str, str], ...] = ()
    signed_in: SignedIn | None = None
    public: bool = False
    offers_languages: bool = True
    panel: Panel | None = None
    query: str = ""  # what of the address goes along into another language
    # Where a stranger lands, the languages stand open in the text (all_languages in frame.html); the top leads to them.
    languages_in_text: bool = False
    quiet: bool = False  # whether the title says no more than whose pages these are
    rests: int = 0  # after how many quiet minutes a visit falls asleep, on the pages of one
    own_style: str = ""  # the name of a style sheet that stands inside the page beside the one that all share
    likings: tuple[Liking, ...] = ()  # how somebody in their own space likes to read

    @property
    def lang(self) -> str:
        """The language of this page."""
        return str(g.language)

    @property
    def dir(self) -> str:
        """The direction of this page."""
        return languages.language(g.language).direction

    @property
    def languages(self) -> list[Choice]:
        """This page in every offered language."""
        if not self.offers_languages:
            return []
        offered = [languages.language(code) for code in house().settings.languages]
        return [
            Choice(one.own_name, _same_page_in(one.code) + self.query, one.code == g.language, one.code, one.direction)
            for one in offered
        ]

    @property
    def other_names(self) -> list[Choice]:
        """The names of four languages in four other scripts: who cannot read this page sees where to look."""
        here = languages.script_of(languages.language(g.language).own_name)
        others = {languages.script_of(one.name): one for one in reversed(self.languages) if not one.current}
        found = [one for script, one in others.items() if script != here]
        return sorted(found, key=lambda one: house().settings.languages.index(one.code))[:4]

    @property
    def about_this_site(self) -> list[Choice]:
        """The pages that say who runs this site and how it treats its readers, for the foot of every page."""
        home, address = house(), house().panels.address
        found = []
        for page in home.library.pages:
            if home.library.group(page) == "this site":
                english = home.library.language_of(page, g.language) != g.language
                code, direction = (ENGLISH, "ltr") if english else ("", "")
                title = home.library.title(page, g.language, self.panel)
                found.append(Choice(title, address(g.language, self.panel, page), False, code, direction))
        return found

    @property
    def demo(self) -> bool:
        """Whether this is the demonstration."""
        return house().settings.demo

    @property
    def leave_url(self) -> str:
        """The neutral site to which leaving quickly leads."""
        return house().settings.leave_url

    @property
    def noindex(self) -> bool:
        """Whether search engines must not show this page."""
        return not self.public

    @property
    def css(self) -> str:
        """The style of a public page, which stands inside it."""
        return public_css(self.own_style)[0]

    @property
    def untranslated(self) -> str:
        """Filled in once the page is whole: see ``render``."""
        return _GAP_NOTE


_GAP_NOTE = "\ue002"
_OTHER_NOTE = re.compile(r'</h1>\s*(?:<p class="lead">[^\n]*</p>\s*)?<div class="note">')
_PARTLY = '<p class="partly">'


def frame() -> Frame:
    """Return the frame of this request's page."""
    if "frame" not in g:
        g.frame = Frame()
    found: Frame = g.frame
    return found


def terms(panel: Panel | None) -> dict[str, str]:
    """Return the words that change from panel to panel, in the language of this answer."""
    return house().panels.words(panel, g.language)


def render(page: Page, status: int = 200) -> Response:
    """Render a page and mark what had to stay in English."""
    values = {field.name: getattr(page, field.name) for field in fields(page)}
    html = render_template(page.template, **values, frame=frame())
    response: Response = current_app.response_class(_mark_english(html), status=status)
    return response


def _mark_english(html: str) -> str:
    """Turn the marks around untranslated words into elements that say that these are English."""
    note_box = re.compile(rf'<div class="note"><p>{_GAP_NOTE}</p></div>\n?')
    if not g.get("untranslated") and START not in html:
        return note_box.sub("", html)
    note = clean_of_marks(gettext("Some words on this page are in English, because they have not been translated yet."))
    if _OTHER_NOTE.search(html):  # One box is enough: the sentence joins the note under the heading.
        html = note_box.sub("", html)
        html = html if _PARTLY in html else _OTHER_NOTE.sub(lambda found: f"{found[0]}<p>{note}</p>", html, count=1)
    html = html.replace(_GAP_NOTE, note)
    pieces = [clean_of_marks(piece) if piece.startswith("<") else _in_english(piece) for piece in _PIECES.split(html)]
    return "".join(pieces)


def _in_english(text: str) -> str:
    return text.replace(START, '<span lang="en" dir="ltr">').replace(STOP, "</span>")


def _same_page_in(code: str) -> str:
    if len(request.path) > _LONGEST_ADDRESS:
        return f"/{code}/"
    first, _, rest = request.path.lstrip("/").partition("/")
    same = rest if first in house().settings.languages else request.path.lstrip("/")
    return f"/{code}/{quote(same)}"


@dataclass(frozen=True)
class Sorry(Page):
    """A page for when something cannot be shown: kind, blameless, with one thing to do."""

    template: ClassVar[str] = "errors/sorry.html"
    title: str
    sentences: tuple[str, ...]
    action: str
    action_url: str


def sorry(title: str, *sentences: str, status: int, action: str = "", url: str = "") -> Response:
    """Answer with a kind page; without an action it leads to the front page of this language."""
    if not frame().site_name:
        of_a_space = request.blueprint in ("family", "link") or "/your-space" in request.path
        frame().site_name = gettext("Your space") if of_a_space else gettext("Child death reviews")
        frame().home_url = url_for("public.front", lang=g.language)
    page = Sorry(title, sentences, action or gettext("Go to the front page"), url or frame().home_url)
    return render(page, status)


def went_wrong(_: Exception) -> Response:
    """Answer when something of ours did not work."""
    _settle_language()
    return sorry(
        gettext("This did not work, and it is our fault"),
        gettext("Please wait a moment and try again. If you were writing, go back: your words may still be there."),
        status=500,
    )


def install(app: Flask) -> None:
    """Give an application its headers and its kind error pages."""
    app.after_request(harden)
    app.after_request(lighten)
    app.jinja_env.globals.update(csrf_token=token)
    app.jinja_env.globals.pop("config", None)

    @app.url_value_preprocessor
    def _language_of_the_address(_endpoint: str | None, values: dict[str, Any] | None) -> None:
        g.language = (values or {}).get("lang") or ENGLISH

    @app.before_request
    def _language_without_address() -> None:
        if "language" not in g:
            g.language = _guess()

    def not_there(_: Exception) -> Response:
        _settle_language()
        return sorry(
            gettext("This page is not here"),
            gettext("The address may have been cut short, or the page may have moved. You have done nothing wrong."),
            status=404,
        )

    def moved_on(_: Exception) -> Response:
        _settle_language()
        return sorry(
            gettext("Something has changed in the meantime"),
            gettext("Somebody else has moved this on, so nothing was changed now. Please go back and look again."),
            status=409,
        )

    def foreign(_: Exception) -> Response:
        return Response("This address does not belong to this site.", 400, mimetype="text/plain")

    app.register_error_handler(SecurityError, foreign)
    app.register_error_handler(404, not_there)
    app.register_error_handler(405, not_there)
    app.register_error_handler(400, not_there)
    app.register_error_handler(409, moved_on)
    app.register_error_handler(500, went_wrong)


def _settle_language() -> None:
    if "language" not in g or not request.view_args:
        first = request.path.lstrip("/").partition("/")[0]
        g.language = first if first in house().settings.languages else g.get("language") or _guess()


def _guess() -> str:
    return languages.best([tag for tag, _ in request.accept_languages], house().settings.languages)


def guess_language() -> str:
    """Return the offered language that the reader's browser asks for."""
    return _guess()
