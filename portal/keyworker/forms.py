"""What a key worker fills in. Every field keeps what was typed, and each says what would help."""

from portal.days import DayField, a_day, today
from portal.forms import (
    BooleanField,
    Form,
    Lines,
    OneOf,
    RadioField,
    TextAreaField,
    Tick,
    needed,
    no_longer_than,
)
from portal.keyworker import wording
from portal.review.answers import ToldHow
from portal.review.kept import LONGEST
from portal.review.reviews import Review
from portal.stages import stage_labels
from portal.words import later, mark


class StageForm(Form):
    """Where a review is, and when the key worker will next be in touch."""

    stage = RadioField(
        later("Where is the review now?"),
        widget=OneOf(),
        description=later("Each person sees it only when they ask to be shown it, in a space of their own."),
        validators=[needed(mark("Please choose where the review is now."))],
    )
    next_contact = DayField(
        later("The day on which you will next be in touch (may be left empty)"),
        description=later(
            "For everyone in the family, unless a person has a day of their own. Write only a day that you can keep. "
            "For example 24 November 2026."
        ),
        validators=[
            a_day(
                lambda day: day >= today(),
                mark("This day is already behind us. Please write a day to come, or leave it empty."),
            )
        ],
    )
    shown = BooleanField(
        later("They may see this day"),
        widget=Tick(),
        description=later("The day then stands beside where the review is, once a person has chosen to see that."),
    )

    def __init__(self, review: Review) -> None:
        written, shown = _written(review), review.next_contact_shown
        super().__init__(data={"stage": review.stage.value, "next_contact": written, "shown": shown})
        self.stage.choices = stage_labels()


class BringForm(Form):
    """How and when the key worker told a person that there is an answer."""

    told_how = RadioField(
        later("How did you tell them?"),
        widget=OneOf(),
        description=later("Hard answers are best told by a voice."),
        validators=[needed(mark("Please choose how you told them."))],
    )
    told_on = DayField(
        later("On which day?"),
        description=later("For example 24 November 2026."),
        validators=[
            needed(mark("Please write the day on which you told them.")),
            a_day(
                lambda day: day <= today(), mark("This day is still to come. Please tell them first, then come back.")
            ),
        ],
    )
    told = BooleanField(
        later("I have told them that there is an answer, and how and when they can open it"),
        widget=Tick(),
        description=later("Nobody finds an answer that they were not told of."),
        validators=[needed(mark("Please tell them first. When you have, tick this."))],
    )
    also_send = BooleanField(
        later("Also send them a short message that there is something new"),
        widget=Tick(),
        description=later("It says nothing about the answer, and goes in the way that is written down for them."),
    )

    def __init__(self) -> None:
        super().__init__()
        self.told_how.choices = [(how.value, wording.told_how(how)) for how in ToldHow]


class OtherWordsForm(Form):
    """What the panel might say in other words."""

    remark = TextAreaField(
        later("What would be better said in other words?"),
        widget=Lines(),
        description=later("The person who wrote the answer reads this. The family never does."),
        validators=[
            needed(mark("Please write what would help the panel to find better words.")),
            no_longer_than(LONGEST),
        ],
    )


def _written(review: Review) -> str:
    day = review.next_contact_on
    return f"{day.day} {day:%B %Y}" if day else ""
