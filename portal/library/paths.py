"""Reading paths: three questions that may be left out, and the pages that fit what somebody answers.

Which question has which answers, and which pages belong to them, stands in content/paths.toml; the words that a reader
sees belong to the interface. Nothing of an answer is kept anywhere: it stands in the address of the page alone.
"""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

QUESTIONS = ("what", "when", "want")
EVERYONE = "everyone"
LEAST, MOST = 3, 7


@dataclass(frozen=True)
class Answer:
    """One answer to a question: how it stands in an address, the pages that fit, and whether it stands further down."""

    name: str
    sign: str
    pages: tuple[str, ...]
    further: bool


@dataclass(frozen=True)
class Paths:
    """The questions with their answers, and the pages that fit everyone."""

    answers: Mapping[str, tuple[Answer, ...]]
    everyone: tuple[str, ...]

    def given(self, question: str, sign: str) -> Answer | None:
        """Return the answer that a sign in an address stands for."""
        return next((answer for answer in self.answers[question] if answer.sign == sign), None)

    def fitting(self, given: Mapping[str, Answer | None], there: Collection[str]) -> list[tuple[str, list[str]]]:
        """Return three to seven pages, each once, in groups: the question for whose answer they stand, or everyone."""
        found: list[tuple[str, list[str]]] = []
        seen: set[str] = set()

        def add(why: str, pages: tuple[str, ...], most: int) -> None:
            new = [page for page in pages if page in there and page not in seen][: max(most - len(seen), 0)]
            seen.update(new)
            if new:
                found.append((why, new))

        for question in QUESTIONS:
            if (answer := given.get(question)) is not None:
                add(question, answer.pages, MOST)
        add(EVERYONE, self.everyone, len(self.everyone) if not seen else LEAST)
        return found


@cache
def read_paths(folder: Path) -> Paths:
    """Read the paths from the content folder, once."""
    text = tomllib.loads((folder / "paths.toml").read_text(encoding="utf-8"))
    answers = {
        question: tuple(
            Answer(one["answer"], one["sign"], tuple(one["pages"]), bool(one.get("further"))) for one in text[question]
        )
        for question in QUESTIONS
    }
    return Paths(answers, tuple(text[EVERYONE]))
