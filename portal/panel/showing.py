"""What a page of the panel's door shows of the database's rows; one that cannot be opened leaves a gap, no more."""

from collections.abc import Callable, Sequence
from uuid import UUID

from flask import url_for
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from portal import languages
from portal.access import May
from portal.door import Here
from portal.page import terms
from portal.panel.door import allowed
from portal.panel.labels import language_label, marks_of, meeting_label, outcome_labels, standing_label
from portal.panel.pages import Act, AnswerShown, Row, Step, Tie, Words
from portal.review import answers, changing, contributions
from portal.review.answers import Answer
from portal.review.contributions import Contribution
from portal.review.kept import WordsKept
from portal.review.meetings import Meeting
from portal.review.people import StaffMember
from portal.review.prompts import for_staff
from portal.review.questions import ENDED, NOT_FOR_PANEL, NotNow, Question, Standing
from portal.sealing import opened
from portal.words import gettext


def key_worker_word(here: Here[StaffMember]) -> str:
    """Return what the caller's panel calls a key worker."""
    return terms(here.house.panels.named(here.caller.panel))["key_worker"]


def name_of(here: Here[StaffMember], staff_id: UUID | None) -> str:
    """Return the name of a colleague, for a row that names them."""
    person = here.db.get(StaffMember, staff_id) if staff_id else None
    if person is None:
        return ""
    return opened(lambda: person.name) or gettext("a colleague")


def words_of(row: Question | Contribution, danger_url: str = "") -> Words:
    """Return a family's own words and their translation; with an address, where somebody may be in danger."""
    known = languages.language(row.language)
    return Words(
        opened(lambda: row.words),
        known.code,
        known.direction,
        language_label(row.language),
        opened(lambda: row.translation),
        opened(lambda: row.translator),
        marks_of(row),
        danger_url,
    )


def ties_of(here: Here[StaffMember], row: Question | Contribution) -> list[Tie]:
    """Return what of the same person something was added to, and what was added to it, as far as the panel reads it."""
    before = changing.followed(here.db, row)
    tied = [(gettext("The person added this to what they wrote before:"), before)] if before else []
    tied += [(gettext("The person added to it later:"), one) for one in changing.additions(here.db, row)]
    hidden = NOT_FOR_PANEL | contributions.NOT_FOR_PANEL
    return [Tie(sentence, url_of(one), one.reference) for sentence, one in tied if one.state not in hidden]


def url_of(row: Question | Contribution) -> str:
    """Return the panel's page of something that a person wrote."""
    if isinstance(row, Question):
        return url_for("panel.question", question_id=row.id)
    return url_for("panel.contribution", contribution_id=row.id)


def answer_shown(here: Here[StaffMember], question: Question, answer: Answer) -> AnswerShown:
    """Return an answer as the panel sees it."""
    known = languages.language(answer.translated_into or answers.language_for(here.db, question))
    return AnswerShown(
        outcome_labels()[answer.outcome],
        name_of(here, answer.drafted_by),
        opened(lambda: answer.words),
        known.code,
        known.direction,
        language_label(known.code),
        opened(lambda: answer.translation),
        opened(lambda: answer.translator),
        opened(lambda: answer.remark),
    )


def question_rows(here: Here[StaffMember], found: Sequence[Question], *, say_where: bool = True) -> list[Row]:
    """Return questions as lines of a list, without a word of the family; the heading may say already where they are."""
    word = key_worker_word(here)
    rows = []
    for question in found:
        meeting = here.db.get(Meeting, question.meeting_id) if question.meeting_id else None
        rows.append(
            Row(
                question.reference,
                url_for("panel.question", question_id=question.id),
                question.kept_at,
                language_label(question.language),
                standing_label(question.state, word) if say_where else "",
                meeting_label(meeting) if meeting else "",
                name_of(here, question.owner_id),
                _opens(question),
                question.said_on is not None,
            )
        )
    return rows


def contribution_rows(here: Here[StaffMember], found: Sequence[Contribution]) -> list[Row]:
    """Return what families told as lines of a list, without a word of the family."""
    return [
        Row(
            told.reference,
            url_for("panel.contribution", contribution_id=told.id),
            told.kept_at,
            language_label(told.language),
            for_staff(told.prompt),
            "",
            name_of(here, told.taken_up_by),
            _opens(told),
            told.said_on is not None,
        )
        for told in found
    ]


def _opens(row: WordsKept) -> bool:
    return opened(lambda: row.words) is not None


def seen_of(question: Question, answer: Answer | None) -> str:
    """Return what stands for exactly this state of a question and its answer."""
    return f"{question.version}-{answer.version if answer else 0}"


def tried(here: Here[StaffMember], act: Callable[[], object]) -> bool:
    """Do something that a colleague may have done a moment ago; false, with nothing changed, when they have."""
    try:
        act()
        here.db.flush()
    except (NotNow, StaleDataError, IntegrityError):  # the last: two first drafts of one answer in the same moment
        here.db.rollback()
        return False
    return True


def changed_meanwhile() -> str:
    """Return what the second of two people at once is told."""
    return gettext(
        "A colleague has changed this in the meantime, so nothing was saved now. What you wrote is still here. "
        "Please look at what has changed, and then decide."
    )


def no_relative() -> str:
    """Return what is said when somebody of the family is named as the translator."""
    return gettext("Please name somebody whose work it is to translate. A relative is never asked to do it.")


def steps_of(here: Here[StaffMember], question: Question, answer: Answer | None) -> list[Step]:
    """Return the line of dates of a question, in their order."""
    word = key_worker_word(here)
    meeting = here.db.get(Meeting, question.meeting_id) if question.meeting_id else None
    steps = [
        Step(gettext("Kept for the panel"), question.kept_at),
        Step(gettext("Taken up"), question.taken_up_at, who=name_of(here, question.owner_id)),
    ]
    if meeting is not None:
        steps.append(
            Step(gettext("Put to a meeting: %(meeting)s", meeting=meeting_label(meeting)), question.at_meeting_at)
        )
    if answer is not None:
        steps += [
            Step(gettext("Answer drafted"), answer.drafted_at, who=name_of(here, answer.drafted_by)),
            Step(gettext("Plain words checked"), answer.checked_at, who=name_of(here, answer.checked_by)),
            Step(
                gettext("The %(key_worker)s told the person about it", key_worker=word),
                None,
                answer.told_on,
            ),
            Step(gettext("The person can open the answer"), answer.released_at),
        ]
    return [step for step in steps if step.at is not None or step.on is not None]


def acts_for(here: Here[StaffMember], question: Question, answer: Answer | None) -> tuple[list[str], list[Act]]:
    """Return what happens now with a question, in sentences, and what the caller can do about it."""
    word, state = key_worker_word(here), question.state
    handle, draft, check = (allowed(here, may) for may in (May.HANDLE_QUESTIONS, May.DRAFT_ANSWERS, May.CHECK_ANSWERS))
    own = answer is not None and answer.drafted_by == here.caller.id
    to_meeting = Act(gettext("Put it to a meeting"), _at("choose_meeting", question))
    acts: list[Act] = []
    sentences: list[str] = []
    if state is Standing.ASKED:
        sentences.append(gettext("Nobody has taken up this question yet. A coordinator takes it up for the panel."))
        if handle:
            acts.append(Act(gettext("Take it up"), _at("take_up", question), button=True))
    elif state in (Standing.TAKEN_UP, Standing.AT_MEETING):
        if state is Standing.TAKEN_UP:
            sentences.append(gettext("It can be put to a meeting, or answered now if the answer is known."))
        else:
            sentences.append(gettext("The meeting looks at this question. After it somebody drafts the answer."))
            to_meeting = Act(gettext("Put it to another meeting"), to_meeting.url)
        acts += [to_meeting] if handle else []
        acts += [Act(gettext("Draft an answer"), _at("write_answer", question))] if draft else []
    elif state is Standing.DRAFTED:
        if own:
            sentences.append(
                gettext("You wrote this answer. A coordinator or the chair reads it with fresh eyes before it goes on.")
            )
        else:
            sentences.append(gettext("A second person checks that the words are plain, kind and true."))
        acts += [Act(gettext("Check the answer"), _at("look_over", question))] if check and not own else []
        acts += [Act(gettext("Change the words"), _at("write_answer", question))] if draft else []
    elif state is Standing.CHECKED:
        sentences += [
            gettext("The answer is now with the family's %(key_worker)s.", key_worker=word),
            gettext(
                "They agree with the person how and when, tell them that there is an answer, and only then can it be "
                "opened. There is nothing for the panel to do."
            ),
        ]
        acts += [Act(gettext("Send it back for other words"), _at("ask_for_other_words", question))] if check else []
    else:
        sentences.append(gettext("This question has come to its end. There is nothing more to do."))
    if handle and question.language != languages.ENGLISH and state not in ENDED:
        label = gettext("Change the translation") if question.translation_ct else gettext("Add a translation")
        acts.append(Act(label, _at("translation", question)))
    return sentences, acts


def _at(view: str, question: Question) -> str:
    return url_for(f"panel.{view}", question_id=question.id)
