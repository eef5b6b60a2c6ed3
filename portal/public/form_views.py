"""The other forms of every page: for paper, in large print, in easy read; and the short address that stands on paper.

They are made when somebody asks for them and not beforehand, so that a portal with many languages stays small.
"""

from collections.abc import Callable
from dataclasses import replace

from flask import abort, redirect
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.headers import PUBLIC_CACHE
from portal.house import House, house
from portal.languages import ENGLISH
from portal.library.article import EASY, Article
from portal.library.easy import with_pictures
from portal.library.panels import Panel
from portal.library.short import short
from portal.library.source import Key
from portal.page import Choice, frame, render, terms
from portal.public.around import panel_choices, public_frame
from portal.public.door import door
from portal.public.form_pages import EasyRead, ForPaper, LargePrint
from portal.public.pages import ArticlePage
from portal.public.scan import scan
from portal.reading import page_choice
from portal.stages import stage_labels
from portal.words import gettext

PRINT, LARGE, EASY_READ = "print", "large-print", "easy-read"
STYLES = {PRINT: "print", LARGE: "large", EASY_READ: "easy"}


@door.show(f"/<lang:lang>/<page:page>/{PRINT}", f"/<lang:lang>/<panel:panel>/<page:page>/{PRINT}", may=May.READ_PAGES)
def for_paper(here: Here[None], page: str, panel: Panel | None = None) -> Response:
    """Show a page as it is to be printed, with the address at which it is found again."""
    panel = panel or here.house.panels.only
    found = here.house.library.article(page, here.language, panel)
    code = short(here.house.library, panel, page)
    path = f"/{here.language}/{code}" if code else here.house.panels.address(here.language, panel, page)
    base = here.house.settings.base_url.rstrip("/")
    return _answer(
        ForPaper(
            *_words(found, panel, page, PRINT),
            short=base.partition("://")[2] + path,
            scan=scan(base + path),
            look_again_on=found.review_by,
        ),
        panel,
        page,
        PRINT,
    )


@door.show(f"/<lang:lang>/<page:page>/{LARGE}", f"/<lang:lang>/<panel:panel>/<page:page>/{LARGE}", may=May.READ_PAGES)
def in_large_print(here: Here[None], page: str, panel: Panel | None = None) -> Response:
    """Show a page in large letters."""
    panel = panel or here.house.panels.only
    found = here.house.library.article(page, here.language, panel)
    return _answer(LargePrint(*_words(found, panel, page, LARGE)), panel, page, LARGE)


@door.show(
    f"/<lang:lang>/<page:page>/{EASY_READ}", f"/<lang:lang>/<panel:panel>/<page:page>/{EASY_READ}", may=May.READ_PAGES
)
def in_easy_read(here: Here[None], page: str, panel: Panel | None = None) -> Response:
    """Show a page in short sentences with pictures, where it has been written so."""
    if not has_easy_read(here.house, page):
        abort(404)
    panel = panel or here.house.panels.only
    found = here.house.library.article(EASY + page, here.language, panel)
    shown, pictures = with_pictures(found.parts)
    found = replace(found, render=lambda: shown)
    return _answer(EasyRead(*_words(found, panel, page, EASY_READ), pictures=pictures), panel, page, EASY_READ)


@door.show("/<lang:lang>/<short:short>", may=May.READ_PAGES)
def short_address(here: Here[None], short: tuple[Panel | None, str]) -> Response:
    """Lead from the address that stands on paper to its page."""
    panel, page = short
    answer = redirect(here.house.panels.address(here.language, panel, page), 302)
    answer.headers["Cache-Control"] = PUBLIC_CACHE
    return answer


def has_easy_read(home: House, page: str) -> bool:
    """Whether a page has been written in easy read."""
    return home.library.source(Key("", ENGLISH, EASY + page)) is not None


def form_choices(page: str, panel: Panel | None, here: str = "") -> list[Choice]:
    """Return the other forms of a page as links; ``here`` is the form in which it is read."""
    usual = gettext("Read the full page") if here == EASY_READ else gettext("The usual form of this page")
    names = {
        "": usual,
        PRINT: gettext("For printing"),
        LARGE: gettext("In large print"),
        EASY_READ: gettext("In easy read"),
    }
    return [
        Choice(name, form_address(page, panel, form))
        for form, name in names.items()
        if form != here and (form != EASY_READ or has_easy_read(house(), page))
    ]


def form_address(page: str, panel: Panel | None, form: str) -> str:
    """Return the address of a page in one of its forms."""
    return house().panels.address(frame().lang, panel, f"{page}/{form}" if form else page)


def made_on_request(home: House) -> Callable[[str], bool]:
    """Return what knows the addresses of the other forms, which are not made ready beforehand."""
    slugs = {panel.slug for panel in home.panels.all} if home.panels.only is None else set()

    def known(path: str) -> bool:
        parts = path.split("/")
        if parts[-1] not in (PRINT, LARGE, EASY_READ) or len(parts) not in (4, 5) or parts[0]:
            return False
        _, code, *panel, page, form = parts
        exists = page in home.library.pages and (form != EASY_READ or has_easy_read(home, page))
        return exists and code in home.settings.languages and slugs.issuperset(panel)

    return known


def _words(
    found: Article, panel: Panel | None, page: str, form: str
) -> tuple[Article, str, list[tuple[str, str]], list[Choice], list[Choice]]:
    """Return what every form of an article shows."""
    elsewhere = panel_choices() if panel is None and form == LARGE else []
    return found, terms(panel)["key_worker"], stage_labels(), elsewhere, form_choices(page, panel, form)


def _answer(page: ArticlePage, panel: Panel | None, name: str, form: str) -> Response:
    around = public_frame(panel, f"{name}/{form}")
    around.own_style = STYLES[form]
    around.public = True
    around.alternates = ()  # what a search engine has to know stands on the usual page
    around.nav = () if form == PRINT else tuple(_near(name, panel, form))
    answer = render(page)
    answer.headers["Cache-Control"] = PUBLIC_CACHE
    return answer


def _near(page: str, panel: Panel | None, form: str) -> list[Choice]:
    """Return the pages that stand beside a page, in the same form."""
    library = house().library
    near = [one for one in library.pages if library.group(one) == library.group(page)]
    there = [one for one in near if form != EASY_READ or has_easy_read(house(), one)]
    links = [replace(page_choice(one, panel, page), url=form_address(one, panel, form)) for one in there]
    return [*links, Choice(gettext("All pages"), house().panels.address(frame().lang, panel))]
