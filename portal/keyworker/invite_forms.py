"""What a key worker fills in to invite: a whole invitation at once, or another link for somebody who is there.

The classes stand in the order of the page: problems are told in this order, too.
"""

from collections.abc import Sequence

from wtforms.validators import ValidationError

from portal import kind_words, languages
from portal.forms import (
    BooleanField,
    Form,
    Lines,
    OneOf,
    Pick,
    RadioField,
    SelectField,
    TextAreaField,
    Tick,
    needed,
    no_longer_than,
)
from portal.house import house
from portal.keyworker.people_forms import ChildForm, PersonForm, WayForm
from portal.keyworker.private_reasons import reason
from portal.keyworker.reach import shown
from portal.review.kept import LONGEST, clean
from portal.review.people import FamilyMember, Way
from portal.review.reviews import Stage
from portal.review.wishes import Part, Reach, Times
from portal.settings import Settings
from portal.stages import stage_labels
from portal.wishing import hour_of, hours, must_differ
from portal.words import gettext, later, mark

_SENTENCE = 300  # characters; a text message takes no more beside its own words
_AT_ONCE = 3  # things to look at again in one sentence


class SafeForm(Form):
    """When a person may be reached, and where nobody must ever ring."""

    earliest = SelectField(later("Not before"), widget=Pick(), validate_choice=False)
    latest = SelectField(later("Not after"), widget=Pick(), validate_choice=False)
    never_ring = TextAreaField(
        later("Numbers never to ring (may be left empty)"), widget=Lines(), validators=[no_longer_than(LONGEST)]
    )

    def validate_latest(self, field: SelectField) -> None:
        """Two equal hours would leave none, or all of them."""
        must_differ(self.earliest.data, field.data)

    @property
    def wished(self) -> list[Part]:
        """What was said of it."""
        parts = (
            Reach(never_ring=clean(self.never_ring.data or "").strip() or None),
            Times(hour_of(self.earliest.data), hour_of(self.latest.data)),
        )
        return [part for part in parts if part not in (Reach(), Times())]


class SentenceForm(Form):
    """What a key worker adds to a message: a kind sentence that stands in every language, or one of their own."""

    sentence = SelectField(
        later("A kind sentence to add"),
        widget=Pick(),
        description=later("It goes out in the language of the person."),
        validate_choice=False,
    )
    own = TextAreaField(
        later("A sentence of your own (may be left empty)"),
        widget=Lines(),
        description=later(
            "In their language, as you write it. Whoever picks up their telephone or their post may read it."
        ),
        render_kw={"autocomplete": "off"},
    )
    names: Sequence[str] = ()  # of the family
    reads: str = ""  # the language of the person, where it is not asked for

    def offer_sentences(self) -> None:
        """Fill in what there is to choose from."""
        kind = [(one, words) for one, words in kind_words.sentences().items()]
        self.sentence.choices = [("", gettext("None")), *kind]

    def validate_own(self, field: TextAreaField) -> None:
        """Let nothing private go out, and nothing that is too long for a message."""
        typed = clean(field.data or "").strip()
        if len(typed) > _SENTENCE:
            raise ValidationError(gettext("Please keep it under %(count)s letters.", count=_SENTENCE))
        names = [name[:_SENTENCE] for name in self.every_name]  # a name may still be too long to be kept
        found = house().private_words.found(typed, self.read_in, names) if typed else []
        if found:
            raise ValidationError(" ".join(reason(one) for one in found[:_AT_ONCE]))

    @property
    def read_in(self) -> str:
        """The language in which a message is read."""
        return self.reads

    @property
    def every_name(self) -> list[str]:
        """Every name that must not go out."""
        return list(self.names)

    @property
    def added(self) -> str | None:
        """What is added to the message, a sentence on each line."""
        chosen = self.sentence.data if self.sentence.data in kind_words.sentences() else ""
        return "\n".join(filter(None, [chosen, " ".join(clean(self.own.data or "").split())])) or None


class SendForm(WayForm, SentenceForm):
    """Another private link, by whichever way; a letter needs no address here: the key worker brings or posts it."""

    sure = BooleanField(later("I have spoken with them, and this address is right"), widget=Tick())

    def validate_address(self, field: TextAreaField) -> None:
        """Read the address, unless it is paper that goes."""
        if self.way.data != Way.PAPER.value:
            super().validate_address(field)

    @property
    def chosen(self) -> tuple[Way, str | None]:
        """The way and the address; what is written down for another way is no address for a letter."""
        return (Way.PAPER, None) if self.way.data == Way.PAPER.value else super().chosen

    def validate_sure(self, field: BooleanField) -> None:
        """Ask before something goes once more to where the last message came back from."""
        if field.data or not self.came_back or self.way.errors or self.address.errors:
            return
        if self.chosen == self._now:
            sentence = gettext("The last message to this address came back, or may not have come. Please ask first.")
            raise ValidationError(sentence)

    def __init__(self, settings: Settings, member: FamilyMember, names: Sequence[str], *, came_back: bool) -> None:
        super().__init__(settings, data={"way": member.way.value, "address": shown(member.way, member.address)})
        self.names, self.reads = names, member.language
        self.came_back, self._now = came_back, (member.way, member.address)
        self.offer_sentences()


class InviteForm(PersonForm, SafeForm, SentenceForm):
    """One person of a family, to be invited: everything about them on one page."""

    def __init__(self, settings: Settings, names: Sequence[str] = ()) -> None:
        super().__init__(settings)
        self.names = names
        self.earliest.choices = self.latest.choices = hours()
        self.offer_sentences()

    @property
    def read_in(self) -> str:
        """The language that was chosen, or English."""
        code = str(self.language.data)
        return code if code in house().settings.languages else languages.ENGLISH

    @property
    def every_name(self) -> list[str]:
        """Also the name that is being written down."""
        return [*self.names, self.name.data or ""]

    @property
    def way_so_far(self) -> Way:
        """The way that was chosen, or paper."""
        return next((way for way in Way if way.value == self.way.data), Way.PAPER)

    def check_what_is_there(self) -> bool:
        """Check what was filled in so far, and ask for nothing that is still missing."""
        self.validate()
        for field in self:
            if not field.data:
                field.errors = ()
        return not self.errors

    @property
    def filled(self) -> set[str]:
        """The fields that hold something else than at the beginning, or need another look."""
        return {field.name for field in self if field.errors or (field.data and field.data != field.default)}


class FamilyForm(ChildForm, InviteForm):
    """A new family with its first person."""

    stage = RadioField(
        later("Where is the review now?"),
        widget=OneOf(),
        description=later("You can change this at any time."),
        default=Stage.FIRST_DAYS.value,
        validators=[needed(mark("Please choose where the review is now."))],
    )

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self.stage.choices = stage_labels()

    @property
    def every_name(self) -> list[str]:
        """Also the child's."""
        return [*super().every_name, self.child.data or ""]
