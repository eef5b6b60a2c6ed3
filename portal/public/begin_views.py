"""Reading paths: at most three questions, each answered by a link or left out, that lead to the pages that may fit.

What is answered stands in the address, as single letters that tell nothing to somebody who looks at the list of visited
pages, and nowhere else. A page that knows an answer is kept by no cache.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import request
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.library.panels import Panel
from portal.library.paths import QUESTIONS, Answer, read_paths
from portal.page import Choice, Page, frame, render
from portal.public.around import panel_choices, public_answer, public_frame
from portal.public.begin_pages import ANSWER_WORDS, QUESTION_WORDS, WHY, BeginPage, FittingPages
from portal.public.door import door
from portal.public.pages import Group, PageLink
from portal.reading import page_choice
from portal.words import gettext

BEGIN = "begin"
LEFT_OUT = "-"  # stands in the address where a question was left out
ON_A_PATH = "#read"  # the article itself: see "Was this page clear?" in docs/decisions.md


@door.show("/<lang:lang>/begin", "/<lang:lang>/<panel:panel>/begin", may=May.READ_PAGES)
def begin(here: Here[None], panel: Panel | None = None) -> Response:
    """Ask the first question that is neither answered nor left out; after the last, show the pages that may fit."""
    panel = panel or here.house.panels.only
    paths = read_paths(here.house.settings.content_folder)
    signs = {question: request.args.get(question, "") for question in QUESTIONS}
    given = {question: paths.given(question, sign) for question, sign in signs.items()}
    known = {question: signs[question] for question in QUESTIONS if given[question] or signs[question] == LEFT_OUT}
    address = here.house.panels.address(here.language, panel, BEGIN)
    frame().query = _with("", known)
    said = [
        Choice(_words_of(question, answer), _with(address, known, **{question: ""}))
        for question, answer in given.items()
        if answer is not None
    ]
    asked = next((question for question in QUESTIONS if question not in known), None)
    if asked is None:
        return _answer(_fitting(here, panel, given, said), panel)
    choices = {
        answer: Choice(_words_of(asked, answer), _with(address, known, **{asked: answer.sign}))
        for answer in paths.answers[asked]
    }
    page = BeginPage(
        gettext(QUESTION_WORDS[asked]),
        QUESTIONS.index(asked) + 1,
        len(QUESTIONS),
        [choice for answer, choice in choices.items() if not answer.further],
        [choice for answer, choice in choices.items() if answer.further],
        _with(address, known, **{asked: LEFT_OUT}),
        said,
    )
    return _answer(page, panel)


def _words_of(question: str, answer: Answer) -> str:
    return gettext(ANSWER_WORDS[question][answer.name])


def _with(address: str, known: Mapping[str, str], **other: str) -> str:
    """Return the address with the answers so far and another one; an empty one takes an answer back."""
    both = {**known, **other}
    kept = {question: both[question] for question in QUESTIONS if both.get(question)}
    return f"{address}?{urlencode(kept)}" if kept else address


def _fitting(
    here: Here[None], panel: Panel | None, given: Mapping[str, Answer | None], said: list[Choice]
) -> FittingPages:
    library, paths = here.house.library, read_paths(here.house.settings.content_folder)
    groups = []
    for why, pages in paths.fitting(given, library.pages):
        links = []
        for page in pages:
            link = page_choice(page, panel)
            summary = library.article(page, here.language, panel).summary
            links.append(PageLink(link.title, summary, link.url + ON_A_PATH, link.code or here.language))
        groups.append(Group(why, gettext(WHY[why]), links))
    return FittingPages(groups, panel_choices() if panel is None else (), said)


def _answer(page: Page, panel: Panel | None) -> Response:
    """Answer: the first question is the same for everybody, what comes after it is for one reader alone."""
    if not request.query_string:
        answer = public_answer(page, panel, BEGIN, listed=False)
    else:
        public_frame(panel, BEGIN, listed=False)
        frame().alternates = ()
        answer = render(page)
    return answer
