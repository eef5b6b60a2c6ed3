"""How large and how tangled a text may be. Beyond it, making a page of it could keep the machine busy for minutes.

No page that somebody writes for readers comes near these bounds; a text that was pasted, or made to do harm, may.
"""

import re
from dataclasses import dataclass

LONGEST = 20_000  # signs; twice the longest page of today
_MOST_LINES = 2_000
_LONGEST_LINE = 2_000
_LONGEST_PARAGRAPH = 4_000
_LONGEST_WORD = 400
_MOST_BRACKETS = 100  # in one paragraph: of each that opens, the end is looked for to the end of it
_MOST_BRACKETS_IN_ALL = 600
_MOST_ANGLES = 100  # in all: no tag of HTML stays in a page
_DEEP = re.compile(r"[ \t>*+-]{25}")
_WIDE = re.compile(r"\s{101}")
_OPENS = re.compile(r"[\[<]")


@dataclass(frozen=True)
class Beyond:
    """What of a text goes too far: the line, from 1, what it is, and what to do about it."""

    line: int
    what: str
    advice: str


def beyond(text: str, times: int = 1) -> Beyond | None:
    """Return the first thing in a text that goes too far, if anything does; ``times`` gives it more room."""
    lines = text.split("\n")
    if len(text) > LONGEST * times:
        return Beyond(1, f"This text has more than {LONGEST} signs.", "Make two pages of it, or shorten it.")
    if len(lines) > _MOST_LINES * times:
        return Beyond(1, f"This text has more than {_MOST_LINES} lines.", "Make two pages of it, or shorten it.")
    if text.count("[") > _MOST_BRACKETS_IN_ALL * times or text.count("<") > _MOST_ANGLES * times:
        return Beyond(1, "There are more brackets in this text than links could need.", "Leave out what is no link.")
    began, size, opens = 1, 0, 0
    for number, line in enumerate(lines, 1):
        if found := _of_a_line(line, times):
            return Beyond(number, *found)
        if not line.strip():
            began, size, opens = number + 1, 0, 0
            continue
        size, opens = size + len(line), opens + len(_OPENS.findall(line))
        if size > _LONGEST_PARAGRAPH * times:
            what = f"This paragraph, list or table has more than {_LONGEST_PARAGRAPH} signs."
            return Beyond(began, what, "Put an empty line into it.")
        if opens > _MOST_BRACKETS * times:
            what = f"More than {_MOST_BRACKETS} brackets open in this paragraph."
            return Beyond(began, what, "Put an empty line into it, or leave out the brackets that are no links.")
    return None


def _of_a_line(line: str, times: int) -> tuple[str, str] | None:
    if len(line) > _LONGEST_LINE * times:
        return f"This line has more than {_LONGEST_LINE} signs.", "Make several paragraphs of it."
    if any(len(word) > _LONGEST_WORD * times for word in line.split()):
        return f"There is a word of more than {_LONGEST_WORD} signs.", "Divide it, or leave it out."
    if _DEEP.match(line):
        return "This stands inside so many lists or quotations that nobody could follow.", "Begin it further out."
    if _WIDE.search(line):
        return "There are more than 100 spaces side by side.", "One is enough."
    return None
