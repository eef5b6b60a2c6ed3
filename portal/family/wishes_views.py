"""How I wish to be reached: ways, safe times, numbers never to ring, quiet days, who may know that I am here.

Nobody is asked for any of it: these pages are only there to be opened. What is set counts from that moment on.
"""

from collections.abc import Callable
from uuid import UUID

from flask import g, redirect, request, url_for
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.family import own_forms
from portal.family import wishes_pages as pages
from portal.family.comeback import come_back, from_another_space
from portal.family.door import door, review_here, way_back
from portal.family.wishes_forms import OwnKnowingForm, OwnQuietForm, OwnReachForm, OwnTimesForm, PartForm
from portal.page import frame, render
from portal.review import messages, quiet_days, wishes
from portal.review.kept import clean
from portal.review.people import FamilyMember
from portal.review.quiet import Feast
from portal.review.reviews import NotHere
from portal.review.wishes import Knowing, Reach
from portal.unsent import DraftedForm
from portal.words import gettext

_MAY = May.USE_OWN_SPACE
_WORDS = {Reach: (("words", "never_ring"), ("interpreter", "interpreter")), Knowing: (("words", "who"),)}
_ROOT = "/<lang:lang>/your-space/reaching"


@door.show(_ROOT, may=_MAY)
def reaching(here: Here[FamilyMember]) -> Response:
    """Show everything that is set, and by whom."""
    _, key_worker = review_here(here)
    talk = gettext("If you would rather talk, your %(key_worker)s can write it down for you.", key_worker=key_worker)
    return render(pages.WishesPage(pages.sections(here), talk, url_for("family.write_page", place="reaching-you")))


@door.show(f"{_ROOT}/ways", may=_MAY)
def reach_ways(here: Here[FamilyMember]) -> Response:
    """Offer the ways in which I may be reached."""
    return _ways(here, OwnReachForm(wishes.of(here.db, here.caller)))


@door.change(f"{_ROOT}/ways", may=_MAY)
def set_reach_ways(here: Here[FamilyMember]) -> Response:
    """Set the ways in which I may be reached."""
    return _set(here, "ways", OwnReachForm(), _ways)


def _ways(here: Here[FamilyMember], form: PartForm, status: int = 200) -> Response:
    sentence = gettext("You can leave all of it empty. Messages never say anything about your child.")
    return _part(here, "ways", (sentence,), form, status)


@door.show(f"{_ROOT}/times", may=_MAY)
def reach_times(here: Here[FamilyMember]) -> Response:
    """Offer the times at which I may be reached."""
    return _times(here, OwnTimesForm(wishes.of(here.db, here.caller)))


@door.change(f"{_ROOT}/times", may=_MAY)
def set_reach_times(here: Here[FamilyMember]) -> Response:
    """Set the times at which I may be reached."""
    return _set(here, "times", OwnTimesForm(), _times)


def _times(here: Here[FamilyMember], form: PartForm, status: int = 200) -> Response:
    _, key_worker = review_here(here)
    sentence = gettext(
        "Nothing is sent to your phone or e-mail at other times, and your %(key_worker)s sees when not to call. "
        "The times are those of the clocks in England.",
        key_worker=key_worker,
    )
    return _part(here, "times", (sentence,), form, status)


@door.show(f"{_ROOT}/who-may-know", may=_MAY)
def who_may_know(here: Here[FamilyMember]) -> Response:
    """Offer to say who may know that I am here."""
    return _knowing(here, OwnKnowingForm(wishes.of(here.db, here.caller)))


@door.change(f"{_ROOT}/who-may-know", may=_MAY)
def set_who_may_know(here: Here[FamilyMember]) -> Response:
    """Set who may know that I am here."""
    return _set(here, "knowing", OwnKnowingForm(), _knowing)


def _knowing(here: Here[FamilyMember], form: PartForm, status: int = 200) -> Response:
    _, key_worker = review_here(here)
    sentences = (
        gettext("Nobody in your family is told that you have this space."),
        gettext("If somebody asks, your %(key_worker)s keeps to what you say here.", key_worker=key_worker),
    )
    return _part(here, "knowing", sentences, form, status)


def _part(here: Here[FamilyMember], name: str, sentences: tuple[str, ...], form: PartForm, status: int) -> Response:
    _, key_worker = review_here(here)
    frame().offers_languages = False  # a link would leave the words behind
    form.way_back.data = way_back(g.visit.invitation_id)
    if "stood" in form and request.method == "GET":
        form["stood"].data = wishes.mark_of(wishes.of(here.db, here.caller), type(form.part))
    begun = own_forms.shown(here, name, form) if isinstance(form, DraftedForm) else None
    if begun:  # what is only saved is no wish yet, and nobody can keep to it
        until = gettext(
            "Until you send it, only you can see it. After that your %(key_worker)s can read it.", key_worker=key_worker
        )
        sentences = (*sentences, until)
    return render(pages.PartPage(pages.titles()[name], sentences, form, begun, url_for("family.reaching")), status)


def _set(
    here: Here[FamilyMember],
    name: str,
    form: PartForm,
    again: Callable[[Here[FamilyMember], PartForm, int], Response],
) -> Response:
    if from_another_space(here):
        return come_back()
    if not form.validate() or _stands_together(here, form):
        if isinstance(form, DraftedForm):
            own_forms.drafts_of(here, name, form).comes_back(here.afterwards)
        return again(here, form, 422)
    wishes.wish(here.db, here.caller, here.caller, form.part)
    messages.look_again(here.db, here.caller)
    if isinstance(form, DraftedForm):
        own_forms.drafts_of(here, name, form).sent()
    return redirect(url_for("family.reaching"), 303)


def _stands_together(here: Here[FamilyMember], form: PartForm) -> bool:
    """Put words that were kept from another page meanwhile before what was typed; whether there were any."""
    kind, found = type(form.part), wishes.of(here.db, here.caller)
    if found is None or kind not in _WORDS or form["stood"].data == (now := wishes.mark_of(found, kind)):
        return False
    form["stood"].data, newer = now, False
    for name, column in _WORDS[kind]:
        field, before = form[name], getattr(found, column) or ""
        if before not in clean(field.data or ""):
            field.data, newer = f"{before}\n{field.data}" if column != "interpreter" else f"{before} {field.data}", True
            field.errors = [
                gettext(
                    "You wrote something newer in another place. Here it is. "
                    "Nothing was sent: please look at it once more."
                )
            ]
    return newer


@door.show(f"{_ROOT}/quiet-days", may=_MAY)
def quiet_days_page(here: Here[FamilyMember]) -> Response:
    """Show the quiet days, and offer one more."""
    return _days(here, OwnQuietForm())


@door.change(f"{_ROOT}/quiet-days", may=_MAY)
def keep_quiet_day(here: Here[FamilyMember]) -> Response:
    """Keep a day quiet."""
    if from_another_space(here):
        return come_back()
    form = OwnQuietForm()
    drafts = own_forms.drafts_of(here, "days", form)
    if not form.validate():
        drafts.comes_back(here.afterwards)
        return _days(here, form, 422)
    quiet_days.keep(here.db, here.caller, here.caller, form.span, form.what_for, form.once.data or "")
    drafts.sent()
    return _to_days(here)


@door.change(f"{_ROOT}/quiet-days/every-year", may=_MAY)
def keep_feast(here: Here[FamilyMember]) -> Response:
    """Keep a feast quiet in every year, with one press."""
    feast = next((one for one in Feast if one.value == request.form.get("feast")), None)
    if feast is None:
        raise NotHere
    quiet_days.keep_feast(here.db, here.caller, here.caller, feast)
    return _to_days(here)


@door.change(f"{_ROOT}/quiet-days/<uuid:quiet_day_id>/take-away", may=_MAY)
def take_quiet_day_away(here: Here[FamilyMember], quiet_day_id: UUID) -> Response:
    """Take a quiet day away, with one press."""
    day = quiet_days.one_of_theirs(here.db, here.caller, quiet_day_id)
    quiet_days.take_away(here.db, here.caller, here.caller, day)
    return _to_days(here)


@door.change(f"{_ROOT}/quiet-days/<uuid:quiet_day_id>/put-back", may=_MAY)
def put_quiet_day_back(here: Here[FamilyMember], quiet_day_id: UUID) -> Response:
    """Put a quiet day back that was taken away, with one press."""
    day = quiet_days.one_of_theirs(here.db, here.caller, quiet_day_id)
    quiet_days.put_back(here.db, here.caller, here.caller, day)
    return _to_days(here)


def _days(here: Here[FamilyMember], form: OwnQuietForm, status: int = 200) -> Response:
    _, key_worker = review_here(here)
    frame().offers_languages = False  # a link would leave the words behind
    form.way_back.data = way_back(g.visit.invitation_id)
    begun = own_forms.shown(here, "days", form)
    return render(pages.quiet_days_page(here, key_worker, form, begun), status)


def _to_days(here: Here[FamilyMember]) -> Response:
    messages.look_again(here.db, here.caller)
    return redirect(url_for("family.quiet_days_page"), 303)


for _name, _make, _page in (
    ("ways", OwnReachForm, "family.reach_ways"),
    ("knowing", OwnKnowingForm, "family.who_may_know"),
    ("days", OwnQuietForm, "family.quiet_days_page"),
):
    own_forms.register(_name, _make, _page, lambda name=_name: pages.titles()[name])  # type: ignore[misc]  # bound now
