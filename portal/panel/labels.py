"""The words of the panel's door for states, ends and meetings. They are read by people in a hurry and never wound."""

from collections.abc import Sequence

from portal import languages
from portal.review.answers import Outcome
from portal.review.kept import WordsKept
from portal.review.meetings import Meeting, MeetingKind
from portal.review.questions import Standing
from portal.words import day, gettext


def group_label(key: str, key_worker: str) -> str:
    """Return the name of a group of questions, or of what families told."""
    return {
        "new": gettext("New"),
        "taken-up": gettext("Taken up"),
        "at-a-meeting": gettext("At a meeting"),
        "second-person": gettext("Answer drafted, waits for a second person"),
        "key-worker": gettext("With the %(key_worker)s", key_worker=key_worker),
        "ended": gettext("Ended"),
        "with-panel": gettext("With the panel"),
    }[key]


def standing_label(standing: Standing, key_worker: str) -> str:
    """Return where one question is."""
    return {
        Standing.TOLD_ALOUD: gettext("Waits for the word of the person who said it"),
        Standing.ASKED: gettext("New"),
        Standing.TAKEN_UP: gettext("Taken up"),
        Standing.AT_MEETING: gettext("At a meeting"),
        Standing.DRAFTED: gettext("Answer drafted, waits for a second person"),
        Standing.CHECKED: gettext("With the %(key_worker)s", key_worker=key_worker),
        Standing.ANSWERED: gettext("Answered in full"),
        Standing.PARTLY_ANSWERED: gettext("Answered in part"),
        Standing.CANNOT_BE_ANSWERED: gettext("Cannot be answered"),
        Standing.WITHDRAWN: gettext("Taken back by the person who asked"),
    }[standing]


def marks_of(row: WordsKept) -> list[str]:
    """Say how somebody's words came to be as they stand: told aloud, and confirmed or not; changed; added later."""
    found = []
    if row.said_on is not None:
        said = gettext("Told aloud on %(day)s, and written down by the key worker.", day=day(row.said_on))
        found.append(said)
        if row.confirmed_at is None:
            found.append(gettext("Not confirmed by the person who said it."))
        else:
            found.append(gettext("The person who said it has read it, and says that it is right."))
    if row.changed_at is not None:
        found.append(gettext("The person put other words here on %(day)s.", day=day(row.changed_at)))
        if row.language != languages.ENGLISH and row.translation_ct is None:
            found.append(gettext("These words need a translation: an earlier one was of other words."))
    return found


def outcome_labels() -> dict[Outcome, str]:
    """Return how far an answer can go."""
    return {
        Outcome.WHOLE: gettext("Answered in full"),
        Outcome.PARTLY: gettext("Answered in part"),
        Outcome.CANNOT: gettext("Cannot be answered"),
    }


def kind_labels() -> dict[MeetingKind, str]:
    """Return the kinds of meeting."""
    return {
        MeetingKind.REVIEW_MEETING: gettext("Review meeting"),
        MeetingKind.PANEL_MEETING: gettext("Panel meeting"),
    }


def meeting_label(meeting: Meeting) -> str:
    """Return a meeting as a line."""
    if meeting.kind is MeetingKind.REVIEW_MEETING:
        return gettext("Review meeting on %(day)s", day=day(meeting.held_on))
    return gettext("Panel meeting on %(day)s", day=day(meeting.held_on))


def language_label(code: str) -> str:
    """Return a language's name in English, for staff."""
    return str(languages.locale(languages.ENGLISH).languages.get(code, code))


def plain_words() -> Sequence[str]:
    """Return what the second person looks for. Source: domain.md 8, after the NHS's and charities' advice."""
    return (
        gettext("Short words and short sentences. No sentence over 25 words."),
        gettext("The question that was asked is the question that is answered."),
        gettext("Each special word is explained where it stands, or left out."),
        gettext('It says "your child", "died" and "death", and nothing that hides them.'),
        gettext("It lays no blame and promises no date."),
        gettext("What could not be found out is said as plainly as what could."),
        gettext("It names nobody and tells nothing about another family."),
        gettext("It says who the person can talk to about it."),
    )
