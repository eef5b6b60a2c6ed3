"""What a person has sent: the list, the receipt, and each thing with what became of it."""

from datetime import datetime

from flask import request, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.family import asked, told_views
from portal.family import words_pages as pages
from portal.family.door import door, review_here
from portal.family.places import url_of
from portal.page import render
from portal.review import answers, changing, contributions, questions, sharing
from portal.review.changing import TAKEN_BACK, WAITS, Written
from portal.review.contributions import Place
from portal.review.meetings import MeetingState
from portal.review.people import FamilyMember
from portal.review.prompts import FREE
from portal.review.questions import Question, Standing
from portal.words import day, gettext


def written_by(here: Here[FamilyMember], key_worker: str) -> list[pages.Written]:
    """Return what the person wrote, the newest first, with what became of each."""
    found: list[Written] = [
        *questions.asked_by(here.db, here.caller),
        *contributions.told_by(here.db, here.caller),
    ]
    found.sort(key=lambda one: one.kept_at, reverse=True)
    return [
        pages.Written(
            url_for("family.words", reference=one.reference),
            label_of(one),
            one.reference,
            one.kept_at,
            pages.standing_of(one.state, key_worker),
            one.changed_at,
            one.written_by is not None,
        )
        for one in found
    ]


def label_of(row: Written) -> str:
    """Return what something is called in its person's space."""
    if isinstance(row, Question):
        return gettext("Your question")
    return gettext("What you told the panel") if row.prompt == FREE else asked.title_of(row.prompt)


def theirs(here: Here[FamilyMember], reference: str) -> Written:
    """Return what the person wrote under a reference, whichever it is."""
    return changing.one_of_theirs(here.db, here.caller, reference)


@door.show("/<lang:lang>/your-space/kept/<reference>", may=May.USE_OWN_SPACE)
def kept(here: Here[FamilyMember], reference: str) -> Response:
    """Say what was kept, who can see it now, what happens next, and until when it can be changed."""
    _, key_worker = review_here(here)
    found = theirs(here, reference)
    if found.state in TAKEN_BACK + WAITS:
        shown: Response = words(here, reference)  # a receipt would say that others can see it
        return shown
    page = pages.KeptPage(
        gettext("We have your question") if isinstance(found, Question) else gettext("We have what you wrote"),
        found.words,
        found.reference,
        found.kept_at,
        pages.who_sees(found, key_worker, sharing.is_shown(here.db, found)),
        pages.what_follows(found, key_worker),
        pages.until_when(found, changing.fixed(here.db, found)),
        url_for("family.words", reference=found.reference),
    )
    return render(page)


@door.show("/<lang:lang>/your-space/words", may=May.USE_OWN_SPACE)
def your_words(here: Here[FamilyMember]) -> Response:
    """Show everything that the person wrote."""
    _, key_worker = review_here(here)
    return render(pages.YourWordsPage(written_by(here, key_worker)))


@door.show("/<lang:lang>/your-space/words/<reference>", may=May.USE_OWN_SPACE)
def words(here: Here[FamilyMember], reference: str) -> Response:
    """Show one thing that the person wrote, and what became of it."""
    _, key_worker = review_here(here)
    found = theirs(here, reference)
    fixed = changing.fixed(here.db, found)
    answer = answers.there_for(here.db, found) if isinstance(found, Question) else None
    waits, taken_back = found.state in WAITS, found.state in TAKEN_BACK
    before = changing.followed(here.db, found)
    when_url, on = _meeting(here, found)
    page = pages.WordsPage(
        label_of(found),
        found.words,
        found.language if found.written_by and not found.changed_at else "",
        told_views.aloud(found, key_worker),
        found.translation or "",
        found.translator or "",
        found.reference,
        _steps(found, answer.released_at if answer else None, key_worker),
        pages.standing_of(found.state, key_worker),
        pages.who_sees(found, key_worker, sharing.is_shown(here.db, found)),
        url_for("family.answer", reference=reference) if answer else "",
        pages.until_when(found, fixed),
        when_url,
        on,
        url_of(f"change-{found.reference}") if fixed is None else "",
        "" if waits or taken_back else url_of(f"add-{found.reference}"),
        url_for("family.withdraw_page", reference=reference) if changing.may_withdraw(found) else "",
        url_for("family.bring_back", reference=reference) if taken_back else "",
        [_link(before)] if before else [],
        [_link(one) for one in changing.additions(here.db, found)],
        [pages.Before(one.words, one.until_at) for one in changing.earlier_words(here.db, found)],
        url_of(f"show-{found.reference}") if sharing.may_be_shown(found) else "",
        url_for("family.sharing_page") if sharing.wished_by(here.db, here.caller, found.id) else "",
    )
    return render(page)


def _link(row: Written) -> tuple[str, str]:
    return url_for("family.words", reference=row.reference), row.reference


def _meeting(here: Here[FamilyMember], found: Written) -> tuple[str, str]:
    """Return where the day of the meeting can be asked for, and, once it was, the day in words."""
    meeting = changing.meeting_of(here.db, found)
    if meeting is None or found.state is not Standing.AT_MEETING or meeting.state is not MeetingState.PLANNED:
        return "", ""
    if "day" not in request.args:  # a day that somebody waits for and fears stands nowhere until they press
        return url_for("family.words", reference=found.reference, day=1, _anchor="change"), ""
    return "", gettext("The meeting is planned for %(day)s. The words are fixed before that.", day=day(meeting.held_on))


def _steps(found: Written, released_at: datetime | None, key_worker: str) -> list[pages.Step]:
    wrote = gettext("Your %(key_worker)s wrote it down.", key_worker=key_worker) if found.written_by else ""
    read = ""
    if found.state is Place.FOR_KEY_WORKER:
        read = gettext("Your %(key_worker)s read it.", key_worker=key_worker)
    steps: list[tuple[str, datetime | None]] = [
        (wrote or gettext("You sent it."), found.kept_at),
        (gettext("You said that it is right."), found.confirmed_at),
        (gettext("You changed it."), found.changed_at),
        (read or gettext("The review team took it up."), found.taken_up_at),
    ]
    if isinstance(found, Question):
        steps += [
            (gettext("It was put to a meeting."), found.at_meeting_at),
            (gettext("Something from the panel was brought to you."), released_at),
            (gettext("You took it back."), found.ended_at if found.state is Standing.WITHDRAWN else None),
        ]
    told = [pages.Step(sentence, at) for sentence, at in steps if at is not None]
    return sorted(told, key=lambda step: step.at)
