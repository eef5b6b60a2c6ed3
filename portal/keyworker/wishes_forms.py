"""What a key worker writes down of how a person wishes to be reached, as it was said in a conversation."""

from wtforms.validators import ValidationError

from portal.forms import BooleanField, Form, HiddenField, Lines, TextAreaField, Tick, needed, no_longer_than
from portal.review import wishes
from portal.review.wishes import ContactWishes, Knowing, Part, Reach, Times
from portal.wishing import KnowingForm, QuietForm, ReachForm, TimesForm
from portal.words import gettext, later, mark

_REASON = 2_000  # characters


class _AsSaid(Form):
    """What belongs to every part: which state of it was seen, and that the person asked for the change."""

    seen = HiddenField()
    asked = BooleanField(
        later("They asked me to change this"),
        widget=Tick(),
        description=later("They set it themselves. It is theirs: change it only when they asked you to."),
    )
    theirs = False  # whether the person set this part themselves

    def validate_asked(self, field: BooleanField) -> None:
        """What a person set themselves is changed only when they asked for it."""
        if self.theirs and not field.data:
            raise ValidationError(gettext("They set this themselves. Tick this if they asked you to change it."))

    def about(self, found: ContactWishes | None, kind: type[Part]) -> None:
        """Say what is there already: whose it is, and which state of it this form was filled in for."""
        self.theirs = wishes.set_at(found, kind) is not None and wishes.set_by(found, kind) is None
        self.seen.data = self.seen.data or wishes.mark_of(found, kind)
        if not self.theirs:
            del self.asked


class SaidReachForm(ReachForm, _AsSaid):
    """How they may be reached."""


class SaidTimesForm(TimesForm, _AsSaid):
    """When they may be reached."""


class SaidKnowingForm(KnowingForm, _AsSaid):
    """Who may know that they are here."""


SaidForm = SaidReachForm | SaidTimesForm | SaidKnowingForm
FORMS: dict[str, tuple[type[Part], type[SaidReachForm] | type[SaidTimesForm] | type[SaidKnowingForm]]] = {
    "ways": (Reach, SaidReachForm),
    "times": (Times, SaidTimesForm),
    "knowing": (Knowing, SaidKnowingForm),
}


class SaidQuietForm(QuietForm):
    """Days on which they want to hear nothing."""


class DespiteForm(Form):
    """Why a message goes although they want nothing now."""

    reason = TextAreaField(
        later("Why does it have to go now?"),
        widget=Lines(),
        description=later("The reason stays with the message and with your name."),
        validators=[needed(mark("Please write why it has to go now, or let it wait.")), no_longer_than(_REASON)],
    )
