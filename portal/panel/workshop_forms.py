"""The forms of the workshop. A field's name has an underscore, and no heading's id has one: both stand on one page."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from wtforms.validators import ValidationError

from portal.days import read_day
from portal.forms import (
    BooleanField,
    Form,
    HiddenField,
    Line,
    Lines,
    OneOf,
    Pick,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    Tick,
    choices,
    needed,
    no_longer_than,
)
from portal.library.source import TOP, Source
from portal.library.standing import Change
from portal.panel.forms import SeenForm
from portal.review.kept import LONGEST, clean
from portal.words import day, gettext, mark

KEEP, ASK, SHOW = "keep", "ask", "show"  # what was pressed
MADE_BY_A_PERSON, MADE_BY_A_MACHINE = "person", "machine"
_HEADING = re.compile(r"^## (.*?)[ \t]*\{#([a-z][a-z0-9-]*)\}[ \t]*$")


class WriteForm(SeenForm):
    """An English text: its words, and who looks after it."""

    the_title = StringField(
        mark("Title"), widget=Line(), validators=[needed(mark("Write the title.")), no_longer_than(300)]
    )
    the_summary = StringField(mark("Summary, in one sentence"), widget=Line(), validators=[no_longer_than(600)])
    the_words = TextAreaField(
        mark("The text"), widget=Lines(), validators=[needed(mark("Write the text.")), no_longer_than(LONGEST)]
    )
    the_owner = StringField(mark("Who looks after this page"), widget=Line(), validators=[no_longer_than(200)])
    the_day = StringField(mark("To be read again by"), widget=Line(), validators=[no_longer_than(100)])
    the_facts = TextAreaField(mark("Facts to confirm, one on each line"), widget=Lines())
    the_hard = StringField(mark("Sections that open only when the reader opens them"), widget=Line())
    the_note = StringField(
        mark("What you changed, and why, for the second person"), widget=Line(), validators=[no_longer_than(2000)]
    )
    with_panel = SelectField(mark("Show it with the words of"), widget=Pick(), choices=[])

    @property
    def of_a_panel(self) -> bool:
        """Whether this text is a panel's own, of which its file of facts says the rest."""
        return "the_owner" not in self

    def validate_the_day(self, field: Any) -> None:
        """Understand a day however it is usually written in England."""
        if read_day(field.data or "") is None:
            raise ValidationError(gettext("Write the day like this: 24 November 2026."))

    def text_over(self, live: Source) -> Source:
        """Return what was written, over what readers have now."""
        body = _several(self.the_words.data)
        text = Source(dict(live.meta), body).saying(title=_line(self.the_title.data))
        if self.of_a_panel:
            return text
        sections = text.sections
        hard = [one for one in re.split(r"[\s,]+", self.the_hard.data or "") if one]
        facts = [" ".join(line.split()) for line in (self.the_facts.data or "").splitlines() if line.strip()]
        changes = [one for one in live.meta.get("changes") or [] if one.get("section") in sections]
        return text.saying(
            summary=_line(self.the_summary.data),
            owner=_line(self.the_owner.data) or live.meta.get("owner"),
            review_by=read_day(self.the_day.data or "") or live.meta.get("review_by"),
            to_confirm=facts,
            hard=hard or None,
            changes=changes or None,
        )

    @classmethod
    def over(cls, live: Source, text: Source, *, own: bool, changed: Sequence[str]) -> "WriteForm":
        """Make the form for a text, with a choice for each section that changed; what was typed stands over it."""
        kinds = {kind_field(section): _kind_field() for section in changed}
        form = type("WriteFormOfThis", (cls,), kinds)(
            the_title=text.title,
            the_summary=text.summary,
            the_words=text.body,
            the_owner=str(text.meta.get("owner") or ""),
            the_day=_day(text.meta.get("review_by")),
            the_facts="\n".join(str(one) for one in text.meta.get("to_confirm") or []),
            the_hard=" ".join(text.meta.get("hard") or []),
        )
        if own:
            for name in ("the_summary", "the_owner", "the_day", "the_facts", "the_hard"):
                del form[name]
        for name in kinds:
            form[name].choices = choices(Change, kind_labels())
        made: WriteForm = form
        return made

    def kinds(self, changed: Sequence[str]) -> dict[str, Change]:
        """Return what kind of change each section is, as far as it was chosen."""
        given = {section: self[kind_field(section)].data for section in changed if kind_field(section) in self}
        return {section: Change(kind) for section, kind in given.items() if kind in {one.value for one in Change}}


def _kind_field() -> Any:
    return RadioField(
        mark("What kind of change is it?"),
        widget=OneOf(),
        choices=[],
        validate_choice=False,
    )


def kind_field(section: str) -> str:
    """Return the name of the field that says what kind of change a section is."""
    return f"kind_{section}"


def kind_labels() -> dict[Change, str]:
    """Return the kinds of change, each with what it does to translations."""
    return {
        Change.WORDING: gettext("Wording: it says the same in other words. Translations stay as they are."),
        Change.MEANING: gettext(
            "Meaning: it says something else now. Every translation shows a notice, and this English one press away."
        ),
        Change.UNSAFE: gettext(
            "Unsafe if old: what stood there could harm somebody. This English stands in place of every translation."
        ),
    }


class TranslateForm(SeenForm):
    """A translation, section by section; its fields are made for the sections that are to be worked on."""

    made_by = RadioField(
        mark("How was this made?"),
        widget=OneOf(),
        choices=[],
        validate_choice=False,
    )
    the_note = StringField(mark("A note for the second person"), widget=Line(), validators=[no_longer_than(2000)])
    with_panel = SelectField(mark("Show it with the words of"), widget=Pick(), choices=[])

    @classmethod
    def for_sections(cls, english: Source, own: Source | None, sections: Sequence[str]) -> "TranslateForm":
        """Make the form for some sections of a text, with the words that it has in this language."""
        fields: dict[str, Any] = {}
        for section in sections:
            fields |= _fields_of(section, english, own)
            fields[f"english_{section}"] = HiddenField(default=english.hashes[section])
        form = type("TranslateFormOfThese", (cls,), fields)()
        form.made_by.choices = [
            (MADE_BY_A_PERSON, gettext("I wrote it myself, or rewrote all of it")),
            (MADE_BY_A_MACHINE, gettext("A machine made it, and it is not rewritten yet. Readers are told so.")),
        ]
        made: TranslateForm = form
        return made

    def fields_of(self, section: str) -> list[Any]:
        """Return the visible fields of one section."""
        names = ("the_title", "the_summary", "the_lead") if section == TOP else (f"head_{section}", f"text_{section}")
        return [self[name] for name in names if name in self]

    def text_over(self, english: Source, own: Source | None, sections: Sequence[str]) -> Source:
        """Return the translation with what was written in its sections, in the order of the English."""
        head: dict[str, str] = {}
        if TOP in sections:
            head = {name: _line(self[f"the_{name}"].data) for name in ("title", "summary") if f"the_{name}" in self}
        pieces = []
        for section in english.sections:
            if section not in sections:
                text = _own_text(own, section)
            elif section == TOP:
                text = _several(self["the_lead"].data) if "the_lead" in self else ""
            else:
                words = _several(self[f"text_{section}"].data) if f"text_{section}" in self else ""
                text = f"## {_line(self[f'head_{section}'].data)} {{#{section}}}\n\n{words}"
            pieces.append(text.strip())
        body = "\n\n".join(piece for piece in pieces if piece)
        return Source(dict(own.meta) if own else {}, body).saying(**head)

    def outrun(self, english: Source, sections: Sequence[str]) -> list[str]:
        """Return the sections whose English has changed since this form was made."""
        return [one for one in sections if self[f"english_{one}"].data != english.hashes[one]]


def _fields_of(section: str, english: Source, own: Source | None) -> Mapping[str, Any]:
    if section == TOP:
        fields = {"the_title": _one_line(mark("Title"), own.title if own else "")}
        if english.summary:
            fields["the_summary"] = _one_line(mark("Summary"), own.summary if own else "")
        if english.lead:
            fields["the_lead"] = _many_lines(mark("Opening words"), own.lead if own else "")
        return fields
    heading, words = divided(_own_text(own, section))
    fields = {f"head_{section}": _one_line(mark("Heading"), heading)}
    if divided(english.sections[section].text)[1]:
        fields[f"text_{section}"] = _many_lines(mark("Text"), words)
    return fields


def _one_line(label: str, value: str) -> Any:
    return StringField(label, default=value, widget=Line(), validators=[no_longer_than(600)])


def _many_lines(label: str, value: str) -> Any:
    return TextAreaField(label, default=value, widget=Lines(), validators=[no_longer_than(LONGEST)])


def _own_text(own: Source | None, section: str) -> str:
    if own is None or section not in own.sections:
        return ""
    return own.lead if section == TOP else own.sections[section].text


def divided(text: str) -> tuple[str, str]:
    """Divide a section into the words of its heading and what stands under it."""
    first, _, rest = text.strip().partition("\n")
    found = _HEADING.match(first)
    return (found[1], rest.strip()) if found else ("", text.strip())


class PublishForm(Form):
    """The second person's word that readers can have a text."""

    agreed = BooleanField(
        mark("I have read every change, and it is right"),
        widget=Tick(),
        validators=[needed(mark("Tick the box if it is right, or send the text back."))],
    )
    read_all = BooleanField(mark("I have read the whole page"), widget=Tick())


class RemarkForm(Form):
    """What the second person asks the author to change."""

    remark = TextAreaField(
        mark("What should be different?"),
        widget=Lines(),
        validators=[needed(mark("Say what should be different, so that it can be changed.")), no_longer_than(4000)],
    )


class WithdrawForm(Form):
    """Why a translation is taken away."""

    why = StringField(
        mark("Why is it taken away?"),
        widget=Line(),
        validators=[needed(mark("Say in a few words why.")), no_longer_than(500)],
    )


def _line(typed: Any) -> str:
    return " ".join(clean(str(typed or "")).split())


def _several(typed: Any) -> str:
    return clean(str(typed or "")).strip()


def _day(value: Any) -> str:
    return day(value) if value else ""
