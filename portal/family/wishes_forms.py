"""The forms of how I wish to be reached: the shared fields, and the mark of whose space they were begun in."""

from portal.forms import HiddenField
from portal.unsent import DraftedForm
from portal.wishing import KnowingForm, QuietForm, ReachForm, TimesForm


class OwnReachForm(ReachForm, DraftedForm):
    """How I may be reached."""

    way_back = HiddenField()
    stood = HiddenField()  # which state of it the page showed


class OwnTimesForm(TimesForm):
    """When I may be reached."""

    way_back = HiddenField()


class OwnKnowingForm(KnowingForm, DraftedForm):
    """Who may know that I am here."""

    way_back = HiddenField()
    stood = HiddenField()  # which state of it the page showed


class OwnQuietForm(QuietForm, DraftedForm):
    """Days on which I want to hear nothing."""

    way_back = HiddenField()


PartForm = OwnReachForm | OwnTimesForm | OwnKnowingForm
