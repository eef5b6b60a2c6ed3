"""What is filled in about how a person wishes to be reached: the same fields for the person and for the key worker.

Every field may stay empty: nobody has to say any of it.
"""

from datetime import date, time, timedelta

from babel.dates import get_month_names
from wtforms.validators import ValidationError

from portal import languages
from portal.days import read_day, today
from portal.forms import (
    BooleanField,
    Form,
    Line,
    Lines,
    OneOf,
    Pick,
    RadioField,
    SelectField,
    SelectMultipleField,
    SeveralOf,
    StringField,
    TextAreaField,
    Tick,
    no_longer_than,
)
from portal.review.kept import clean
from portal.review.quiet import Feast, Span
from portal.review.wishes import ContactWishes, Knowing, MayKnow, Means, Reach, Shared, Times
from portal.words import gettext, hour, language, later, weekday

_LONGEST = 5_000  # characters; far beyond any list of numbers or names
_LINE = 300
_YEARS_AHEAD = 8  # the 29th of February can be that far away


def _labels_of_means() -> list[tuple[str, str]]:
    return [
        (Means.EMAIL.value, gettext("E-mail")),
        (Means.TEXT.value, gettext("Text message")),
        (Means.PAPER.value, gettext("A letter")),
        (Means.TELEPHONE.value, gettext("A telephone call")),
    ]


def _labels_of_shared() -> list[tuple[str, str]]:
    return [(Shared.PHONE.value, gettext("The telephone")), (Shared.POST.value, gettext("The post"))]


def label_of_means(value: str) -> str:
    """Return the name of a way in which somebody may be reached."""
    return dict(_labels_of_means())[value]


def label_of_shared(value: str) -> str:
    """Return the name of what somebody else may see."""
    return dict(_labels_of_shared())[value]


def label_of_may_know(value: MayKnow) -> str:
    """Return who may know that a person is here."""
    return {MayKnow.NOBODY: gettext("Nobody"), MayKnow.THESE: gettext("Only these people")}[value]


def label_of_feast(feast: Feast) -> str:
    """Return the name of a feast that is reckoned for every year."""
    return {
        Feast.MOTHERING_SUNDAY: gettext("Mothering Sunday"),
        Feast.FATHERS_DAY: gettext("Father's Day"),
        Feast.CHRISTMAS: gettext("24 to 26 December"),
        Feast.NEW_YEAR: gettext("31 December and 1 January"),
    }[feast]


def _text(typed: str | None) -> str | None:
    return clean(typed or "").strip() or None


class ReachForm(Form):
    """How somebody may be reached."""

    ways = SelectMultipleField(
        later("These ways are fine"),
        widget=SeveralOf(),
        description=later("If none is chosen, it stays as it was agreed."),
        validate_choice=False,
    )
    shared = SelectMultipleField(later("Somebody else may see"), widget=SeveralOf(), validate_choice=False)
    words = TextAreaField(
        later("Numbers never to ring (may be left empty)"), widget=Lines(), validators=[no_longer_than(_LONGEST)]
    )
    interpreter = StringField(
        later("An interpreter for calls (may be left empty)"),
        widget=Line(),
        description=later("Write the language."),
        validators=[no_longer_than(_LINE)],
    )

    def __init__(self, wishes: ContactWishes | None = None) -> None:
        super().__init__(
            data={
                "ways": wishes.ways,
                "shared": wishes.shared,
                "words": wishes.never_ring,
                "interpreter": wishes.interpreter,
            }
            if wishes
            else None
        )
        self.ways.choices, self.shared.choices = _labels_of_means(), _labels_of_shared()

    @property
    def part(self) -> Reach:
        """What was filled in."""
        return Reach(
            frozenset(one for one in Means if one.value in (self.ways.data or ())),
            frozenset(one for one in Shared if one.value in (self.shared.data or ())),
            _text(self.words.data),
            _text(self.interpreter.data),
        )


class TimesForm(Form):
    """When somebody may be reached."""

    earliest = SelectField(later("Not before"), widget=Pick(), validate_choice=False)
    latest = SelectField(later("Not after"), widget=Pick(), validate_choice=False)
    weekdays = SelectMultipleField(
        later("These days of the week are fine"),
        widget=SeveralOf(),
        description=later("If none is chosen, every day is fine."),
        validate_choice=False,
    )

    def __init__(self, wishes: ContactWishes | None = None) -> None:
        super().__init__(
            data={
                "earliest": _written(wishes.earliest),
                "latest": _written(wishes.latest),
                "weekdays": [str(one) for one in wishes.weekdays],
            }
            if wishes
            else None
        )
        self.earliest.choices = self.latest.choices = hours()
        self.weekdays.choices = [(str(number), weekday(number)) for number in range(7)]

    def validate_latest(self, field: SelectField) -> None:
        """Two equal hours would leave none, or all of them."""
        must_differ(self.earliest.data, field.data)

    @property
    def part(self) -> Times:
        """What was filled in."""
        days = frozenset(number for number in range(7) if str(number) in (self.weekdays.data or ()))
        return Times(hour_of(self.earliest.data), hour_of(self.latest.data), days if len(days) < 7 else frozenset())


class KnowingForm(Form):
    """Who may know that somebody is here."""

    may_know = RadioField(later("Who may know?"), widget=OneOf(), validate_choice=False)
    words = TextAreaField(
        later("Who they are (may be left empty)"), widget=Lines(), validators=[no_longer_than(_LONGEST)]
    )

    def __init__(self, wishes: ContactWishes | None = None) -> None:
        chosen = wishes.may_know.value if wishes and wishes.may_know else None
        super().__init__(data={"may_know": chosen, "words": wishes.who} if wishes else None)
        self.may_know.choices = [(one.value, label_of_may_know(one)) for one in MayKnow]

    def validate_words(self, field: TextAreaField) -> None:
        """Only these people: then somebody has to be named."""
        if self.may_know.data == MayKnow.THESE.value and _text(field.data) is None:
            raise ValidationError(gettext("Please write who may know, or choose that nobody may."))

    @property
    def part(self) -> Knowing:
        """What was filled in; names alone mean that only these may know."""
        who = _text(self.words.data)
        chosen = next((one for one in MayKnow if one.value == self.may_know.data), MayKnow.THESE if who else None)
        return Knowing(chosen, who)


class NearDay(StringField):  # type: ignore[misc]  # WTForms carries no types
    """A day in any form, in the months of the reader's language, too; without a year the next one that comes."""

    widget = Line()

    @property
    def day(self) -> date | None:
        """The day that was typed, if it can be told."""
        text = _with_english_months(clean(self.data or ""))
        if not self.has_no_year:
            return read_day(text)
        years = range(today().year, today().year + _YEARS_AHEAD + 1)
        found_in = (read_day(f"{text.rstrip(' ./-')} {year}") for year in years)
        return next((found for found in found_in if found is not None and found >= today()), None)

    @property
    def has_no_year(self) -> bool:
        """Whether what was typed is no whole day by itself."""
        return read_day(_with_english_months(clean(self.data or ""))) is None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not (self.data or "").strip()


class QuietForm(Form):
    """A day, or several in a row, to be kept quiet."""

    first = NearDay(later("The day"), description=later("For example 3 May, or 3/5/2027."))
    last = NearDay(later("The last day (may be left empty)"), description=later("Only if it is more than one day."))
    every_year = BooleanField(later("Every year"), widget=Tick())
    words = StringField(later("What it is for (may be left empty)"), widget=Line(), validators=[no_longer_than(_LINE)])

    def validate_first(self, field: NearDay) -> None:
        """The first day has to be one."""
        if field.is_empty:
            raise ValidationError(gettext("Please write the day that is to be quiet."))
        _must_be_told(field)
        if field.day and not self.last.day and self.last.is_empty:
            self._must_be_to_come(field.day)

    def validate_last(self, field: NearDay) -> None:
        """The last day may be left out; else it does not come before the first."""
        if field.is_empty:
            return
        _must_be_told(field)
        if self.first.day is None:
            return
        span = self._between(self.first.day)
        if span.last < span.first:
            raise ValidationError(gettext("The last day comes before the first. Please look at both again."))
        if self.every_year.data and span.last - span.first > timedelta(days=300):
            raise ValidationError(gettext("These are too many days for every year. Please look at both again."))
        self._must_be_to_come(span.last)

    def _must_be_to_come(self, last: date) -> None:
        if last < today() and not self.every_year.data:
            raise ValidationError(gettext("This day is already behind us. Please write a day to come."))

    def _between(self, first: date) -> Span:
        last = self.last.day or first
        if last < first and self.last.has_no_year:  # from December into January, or days that have begun already
            if self.first.has_no_year:
                first = _moved(first, -1)
            last = _moved(last, max(first.year - last.year, 0))
            last = last if last >= first else _moved(last, 1)
        return Span(first, last, bool(self.every_year.data))

    @property
    def span(self) -> Span:
        """The days that were filled in, once they were found good."""
        first = self.first.day
        if first is None:
            raise ValueError("Ask for the days after they were found good.")
        return self._between(first)

    @property
    def what_for(self) -> str | None:
        """What they are for, if that was said."""
        return _text(self.words.data)


def _must_be_told(field: NearDay) -> None:
    if field.day is None:
        raise ValidationError(gettext("We could not read this day. Please write it like 3/5/2027."))


def _moved(day: date, years: int) -> date:
    year = min(day.year + years, date.max.year)
    return date(year, day.month, min(day.day, 28) if day.month == 2 else day.day)


def hours() -> list[tuple[str, str]]:
    """Return the hours of the day to choose from, and none."""
    return [("", gettext("Any time")), *((str(number), hour(time(number))) for number in range(24))]


def must_differ(earliest: str | None, latest: str | None) -> None:
    """Refuse two equal hours. Raises ValidationError."""
    if hour_of(earliest) is not None and hour_of(earliest) == hour_of(latest):
        raise ValidationError(
            gettext("These two times are the same. Please choose two different times, or leave one open.")
        )


def hour_of(typed: str | None) -> time | None:
    """Return the hour that was chosen, if one was."""
    return time(int(typed)) if typed in {str(number) for number in range(24)} else None


def _written(value: time | None) -> str:
    return str(value.hour) if value else ""


def _with_english_months(typed: str) -> str:
    """Return what was typed with the months of the reader's language in English, and without small words between."""
    text = f" {typed.strip().lower()} "
    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            names = get_month_names(width, context, languages.locale(language()))
            english = get_month_names("wide", locale=languages.locale(languages.ENGLISH))
            for number, name in names.items():
                text = text.replace(f" {name.lower()} ", f" {english[number].lower()} ")
    return text.replace(" de ", " ").replace(" do ", " ").strip()
