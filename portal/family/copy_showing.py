"""What a person's copy says, in the language in which they read: their own words first, then what belongs to them."""

from collections.abc import Iterable, Sequence

from portal.copying.fields import TAKEN
from portal.copying.gathering import Everything, Row
from portal.copying.shape import File as FileKept
from portal.copying.shape import Item, Piece, Section
from portal.family.asked import title_of
from portal.family.bring_pages import label_of as file_label
from portal.family.bring_pages import standing_of as file_standing
from portal.family.copy_notes import noted
from portal.family.news_pages import what_it_says
from portal.family.removal_pages import removal_standing
from portal.family.sharing_pages import label_of
from portal.family.words_pages import standing_of
from portal.languages import ENGLISH
from portal.review.answers import Outcome
from portal.review.files import File
from portal.review.form_drafts import Filled
from portal.review.news import News
from portal.review.prompts import named
from portal.wishing import label_of_feast, label_of_may_know, label_of_means, label_of_shared
from portal.words import day, gettext, hour, moment, weekday
from portal.words import language as page_language


def sections(found: Everything, key_worker: str, language: str, titles: dict[str, str]) -> list[Section]:
    """Return everything of a person in sections; a section in which nothing would stand is left out."""
    forms = [row | {"words": Filled.of(row["words"]).said} for row in found["form_drafts"]]
    begun = sorted([*found["drafts"], *forms], key=lambda row: row["saved_at"], reverse=True)
    made = [
        Section(gettext("What you wrote"), _written(found, key_worker)),
        Section(gettext("What you began to write"), [_begun(row, titles) for row in begun]),
        Section(gettext("What you brought"), [_file(row, key_worker) for row in found["files"]]),
        Section(gettext("News of the review"), _news(found, key_worker)),
        Section(gettext("What you show to somebody in your family"), _shared(found)),
        Section(gettext("How I wish to be reached"), _wishes(found)),
        Section(gettext("What you asked to be taken out"), [_removal(row) for row in found["removal_requests"]]),
        Section(
            gettext("What is noted about you"),
            noted(found),
            gettext("This part is in English, as the portal notes it."),
        ),
    ]
    return [section for section in made if section.items]


def _written(found: Everything, key_worker: str) -> list[Item]:
    names = {row["id"]: row["reference"] for table in ("questions", "contributions") for row in found[table]}
    answers = {row["question_id"]: row for row in found["answers"]}
    items = [
        (
            row["kept_at"],
            Item(
                gettext("Your question") if table == "questions" else _told(row["prompt"]),
                row["reference"],
                _facts(row, names.get(row["follows_id"]), key_worker),
                [
                    Piece(row["words"]),
                    *_translation(row),
                    *_earlier(found["earlier_words"], row),
                    *_answer(answers.get(row["id"])),
                ],
            ),
        )
        for table in ("questions", "contributions")
        for row in found[table]
    ]
    return [item for _, item in sorted(items, key=lambda one: one[0])]


def _told(prompt: str) -> str:
    return title_of(prompt) if named(prompt) else gettext("What you told the panel")


def _facts(row: Row, follows: str | None, key_worker: str) -> list[str]:
    facts = []
    if row["written_by"]:
        said = row["said_on"] or row["kept_at"]
        facts.append(
            gettext(
                "You said this aloud on %(day)s. %(name)s wrote it down.", day=day(said), name=_apart(row["written_by"])
            )
        )
        if row["confirmed_at"]:
            facts.append(gettext("You said on %(moment)s that it is right.", moment=moment(row["confirmed_at"])))
    else:
        facts.append(gettext("You sent it on %(moment)s.", moment=moment(row["kept_at"])))
    if row["changed_at"]:
        facts.append(gettext("You changed it on %(moment)s.", moment=moment(row["changed_at"])))
    if follows:
        facts.append(gettext("You added it to %(reference)s.", reference=_apart(follows)))
    return [*facts, standing_of(row["state"], key_worker)]


def _apart(name: str | None) -> str:
    """Return a name or a reference kept apart from the direction of the words around it, in plain files, too."""
    return f"\u2068{name or ''}\u2069"


def _translation(row: Row) -> list[Piece]:
    if not row["translation"]:
        return []
    return [
        Piece(
            row["translation"],
            gettext("Its translation for the panel"),
            ENGLISH,
            gettext("Translated by %(name)s.", name=_apart(row["translator"])),
        )
    ]


def _earlier(rows: Iterable[Row], of: Row) -> list[Piece]:
    return [
        Piece(row["words"], gettext("Your words until %(moment)s", moment=moment(row["until_at"])))
        for row in rows
        if row["of_id"] == of["id"]
    ]


def _answer(row: Row | None) -> list[Piece]:
    if row is None:
        return []
    how_far = {
        Outcome.WHOLE: "",
        Outcome.PARTLY: gettext("The panel could answer a part of your question."),
        Outcome.CANNOT: gettext("The panel could not answer this. Here is why."),
    }[row["outcome"]]
    label = gettext("What the panel says")
    if not row["translation"]:
        return [Piece(row["words"], label, ENGLISH, how_far)]
    by = gettext("Translated by %(name)s.", name=_apart(row["translator"]))
    return [
        Piece(row["translation"], label, row["translated_into"], f"{how_far} {by}".strip()),
        Piece(row["words"], gettext("The same in English"), ENGLISH),
    ]


def _begun(row: Row, titles: dict[str, str]) -> Item:
    kept = [gettext("Kept on %(moment)s.", moment=moment(row["saved_at"]))]
    if row["let_go_at"]:
        kept += [gettext("You let it go on %(moment)s.", moment=moment(row["let_go_at"]))]
    return Item(titles.get(row["place"]) or gettext("Not sent yet"), "", kept, [Piece(row["words"])])


def _file(row: Row, key_worker: str) -> Item:
    file = File(**{name: row[name] for name in ("form", "spoken", "state", "size", "kept_at", "begun_at")})
    facts = [gettext("Kept on %(moment)s.", moment=moment(row["kept_at"] or row["begun_at"]))]
    pieces = [Piece(row["name"], gettext("How it is called on your device"))] if row["name"] else []
    pieces += [Piece(row["words"], gettext("What it is, in your words"))] if row["words"] else []
    kept = FileKept(row["id"], row["name"]) if row["size"] else None
    return Item(file_label(file), row["reference"], [*facts, file_standing(file, key_worker)], pieces, kept)


def _news(found: Everything, key_worker: str) -> list[Item]:
    about = {row["id"]: row for row in found["news"]}
    items = []
    for row in found["news_for"]:
        news = about[row["news_id"]]
        said = "\n".join(what_it_says(News(**{name: news[name] for name in TAKEN["news"]}), key_worker))
        facts = [gettext("You were told on %(day)s.", day=day(row["told_on"]))]
        words = [one for one in found["news_words"] if one["news_id"] == row["news_id"] and one["words"]]
        # The words in the person's own language stand before the English.
        words.sort(key=lambda one: one["language"] == ENGLISH)
        pieces = [Piece(said, "", page_language())]
        for one in words:
            by = gettext("Translated by %(name)s.", name=_apart(one["translator"])) if one["translator"] else ""
            pieces.append(Piece(one["words"], "", one["language"], by))
        items.append(Item(gettext("News of the review"), "", facts, pieces))
    return items


def _shared(found: Everything) -> list[Item]:
    items = []
    for row in found["shares"]:
        facts = [gettext("You wished it on %(day)s.", day=day(row["wished_at"]))]
        if row["undone_at"]:
            facts.append(gettext("It ended on %(day)s.", day=day(row["undone_at"])))
        pieces = [Piece(row["wish"], gettext("Who is it for?"))]
        items.append(Item(label_of(row["kind"]), _reference_of(found, row["subject_id"]), facts, pieces))
    return items


def _reference_of(found: Everything, subject_id: object) -> str:
    return next(
        (
            row["reference"]
            for table in ("questions", "contributions", "files")
            for row in found[table]
            if row["id"] == subject_id
        ),
        "",
    )


def _wishes(found: Everything) -> list[Item]:
    items = [_reach(row) for row in found["contact_wishes"]]
    for row in found["quiet_days"]:
        span = f"{day(row['first'])} – {day(row['last'])}" if row["last"] != row["first"] else day(row["first"])
        facts = [label_of_feast(row["feast"]) if row["feast"] else span]
        facts += [gettext("Every year")] if row["every_year"] else []
        items.append(Item(gettext("A quiet day"), "", facts, [Piece(row["what_for"])] if row["what_for"] else []))
    return items


def _reach(row: Row) -> Item:
    pieces = [
        _listed(gettext("These ways are fine"), [label_of_means(one) for one in row["ways"]]),
        _listed(gettext("Somebody else may see"), [label_of_shared(one) for one in row["shared"]]),
        _listed(gettext("Not before"), [hour(row["earliest"])] if row["earliest"] else []),
        _listed(gettext("Not after"), [hour(row["latest"])] if row["latest"] else []),
        _listed(gettext("These days of the week are fine"), [weekday(one) for one in row["weekdays"]]),
        _listed(gettext("Who may know?"), [label_of_may_know(row["may_know"])] if row["may_know"] else []),
        Piece(row["never_ring"] or "", gettext("Numbers never to ring")),
        Piece(row["interpreter"] or "", gettext("An interpreter for calls")),
        Piece(row["who"] or "", gettext("Who they are")),
    ]
    return Item(gettext("Ways and times"), "", [], [piece for piece in pieces if piece.words])


def _listed(label: str, lines: Sequence[str]) -> Piece:
    return Piece("\n".join(lines), label, page_language())


def _removal(row: Row) -> Item:
    facts = [
        gettext("You asked on %(day)s.", day=day(row["asked_at"])),
        removal_standing(row["state"], row["settled_at"]),
    ]
    what = "\n".join(row["what"]) or gettext("Everything that I wrote")
    pieces = [Piece(what, gettext("What is to be taken out"), page_language())]
    if row["taken_out"]:
        pieces.append(Piece("\n".join(row["taken_out"]), gettext("What was taken out"), ENGLISH))
    if row["words"]:
        pieces.append(Piece(row["words"]))
    return Item(gettext("What you asked to be taken out"), "", facts, pieces)
