"""Quiet days and hours as the clocks in England have them, and the next moment that is free of both."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_DAY = timedelta(days=1)
_AS_FAR_AS = 800  # days; whoever wants nothing for longer than two years wants nothing


class Feast(Enum):
    """Days that many would rather spend in quiet, and that can be known for every year."""

    MOTHERING_SUNDAY = "mothering sunday"
    FATHERS_DAY = "fathers day"
    CHRISTMAS = "christmas"
    NEW_YEAR = "new year"


@dataclass(frozen=True)
class Span:
    """A day, or several in a row; every year where it is so, and then whatever year it was written with."""

    first: date
    last: date
    every_year: bool = False

    def covers(self, day: date) -> bool:
        """Whether a day is among these."""
        if not self.every_year:
            return self.first <= day <= self.last
        return any(self._in(year).covers(day) for year in (day.year - 1, day.year))

    def _in(self, year: int) -> "Span":
        # In a year without it, the 29th of February is kept on the day before and on the day after.
        later = year + self.last.year - self.first.year
        return Span(_on(self.first, year, date(year, 2, 28)), _on(self.last, later, date(later, 3, 1)))


def _on(day: date, year: int, otherwise: date) -> date:
    try:
        return day.replace(year=year)
    except ValueError:
        return otherwise


def easter(year: int) -> date:
    """Return Easter Sunday, as the churches in England keep it (the rule of Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    k = (32 + 2 * e + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def span_of(feast: Feast, year: int) -> Span:
    """Return the days of a feast that begins in a year."""
    if feast is Feast.CHRISTMAS:
        return Span(date(year, 12, 24), date(year, 12, 26))
    if feast is Feast.NEW_YEAR:
        return Span(date(year, 12, 31), date(year + 1, 1, 1))
    if feast is Feast.MOTHERING_SUNDAY:
        day = easter(year) - 21 * _DAY
    else:
        first = date(year, 6, 1)
        day = first + (6 - first.weekday() + 14) * _DAY  # the third Sunday of June
    return Span(day, day)


def is_of(feast: Feast, day: date) -> bool:
    """Whether a day is one of a feast."""
    return any(span_of(feast, year).covers(day) for year in (day.year - 1, day.year))


@dataclass(frozen=True)
class Wanted:
    """When somebody may be reached: not before, not after, on which days of the week, and on which days not at all."""

    quiet: Callable[[date], bool]
    earliest: time | None = None
    latest: time | None = None
    weekdays: frozenset[int] = frozenset()  # 0 is Monday; none means all of them

    def allows(self, day: date) -> bool:
        """Whether a day is free, whatever the hour."""
        return not self.quiet(day) and (not self.weekdays or day.weekday() in self.weekdays)

    def _hours(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        """Return the free hours of a free day, in the order of the clock."""
        dawn, next_dawn = _at(day, time(0)), _at(day + _DAY, time(0))
        first = _at(day, self.earliest) if self.earliest else dawn
        last = _at(day, self.latest) if self.latest else next_dawn
        if first < last:
            yield first, last
        else:  # through the night
            yield dawn, last
            yield first, next_dawn

    def next_free(self, at: datetime) -> datetime | None:
        """Return the first moment from this one on that is free; None when there is none for two years."""
        today = day_in_england(at)
        for number in range(_AS_FAR_AS):
            day = today + number * _DAY
            for first, last in self._hours(day) if self.allows(day) else ():
                if at < last:
                    return max(at, first)
        return None


def day_in_england(at: datetime) -> date:
    """Return the day that it is in England at a moment."""
    return at.astimezone(LONDON).date()


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, LONDON).astimezone(UTC)
