"""What the portal notes of a person by itself, for their copy: their details, links, messages, visits and acts.

It is shown as it is noted, in English and marked so: these are the house's own few words, and nobody's story.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from portal import languages
from portal.copying.gathering import Everything, Row
from portal.copying.shape import Item, Piece
from portal.languages import ENGLISH, as_english
from portal.review.quiet import LONDON
from portal.words import language


def noted(found: Everything) -> list[Item]:
    """Return what is noted, each kind as one thing; what there is none of is left out."""
    lists = {
        "Details": [line for row in found["family_members"] for line in _details(row)],
        "Contact with the key worker": [
            *(f"In touch: {_when(row['was_on'])}" for row in found["in_touch"]),
            *(f"Next: {_when(row['next_on'])}" for row in found["contacts"] if row["next_on"]),
        ],
        "Choices about hearing": list(_choices(found)),
        "Requests to take out": [_request(row) for row in found["removal_requests"]],
        "Private links": [
            f"By {row['way']}, {_span(row, invited_at='made', opened_at='first opened', ended_at='ended')}"
            for row in found["invitations"]
        ],
        "Messages": [
            f"{row['kind'].value} by {row['way'].value}, {row['state'].value}, "
            f"{_span(row, queued_at='written', settled_at='settled')}" + (f": {row['own']}" if row["own"] else "")
            for row in found["messages"]
        ],
        "Visits": [
            f"{row['device'].replace('/', ' ').strip() or 'a telephone or computer'}, "
            f"{_span(row, begun_at='from', seen_at='last seen', ended_at='ended')}"
            for row in found["visits"]
        ],
        "What you did": [f"{_when(row['at'])}: {row['verb']}" for row in found["history"]],
    }
    return [_item(title, lines) for title, lines in lists.items() if lines]


def _item(title: str, lines: Sequence[str]) -> Item:
    return Item(as_english(title, language()), "", (), [Piece("\n".join(lines), "", ENGLISH)])


def _details(row: Row) -> Iterator[str]:
    yield f"Name: {row['name']}"
    yield f"To the child: {row['relation'].value}"
    yield f"Language: {languages.language(row['language']).own_name}"
    yield f"Messages go by: {row['way'].value}"
    if row["address"]:
        yield f"Address: {row['address']}"
    yield f"Added: {_when(row['joined_at'])}"
    yield f"In this space: {row['presence'].value}" + (
        f", since {_when(row['presence_at'])}" if row["presence_at"] else ""
    )
    if row["display"]:
        yield f"How you like to read: {', '.join(map(str, row['display']))}"


def _choices(found: Everything) -> Iterator[str]:
    for row in found["where_choices"]:
        yield f"Where the review is: {row['hearing'].value}, chosen {_when(row['hearing_at'])}"
    references = {row["id"]: row["reference"] for row in found["questions"]}
    for row in found["answers"]:
        about = references[row["question_id"]]
        yield (
            f"Answer to {about}: you were told {row['told_how'].value} on {_when(row['told_on'])}, "
            f"let through {_when(row['released_at'])}, {row['hearing'].value}, chosen {_when(row['hearing_at'])}"
        )
    for row in found["news_for"]:
        yield (
            f"News: you were told {row['told_how'].value} on {_when(row['told_on'])}, "
            f"let through {_when(row['released_at'])}, {row['hearing'].value}, chosen {_when(row['hearing_at'])}"
        )


def _request(row: Row) -> str:
    steps = {"asked_at": "asked", "seen_at": "seen", "talked_at": "spoken about", "settled_at": "settled"}
    return f"{row['state'].value}: {_span(row, **steps)}"


def _span(row: Row, **steps: str) -> str:
    return ", ".join(f"{what} {_when(row[name])}" for name, what in steps.items() if row[name])


def _when(value: date | datetime | None) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(LONDON):%-d %B %Y, %H:%M}"
    return f"{value:%-d %B %Y}" if value else ""
