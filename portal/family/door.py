"""Two doors: the neutral page behind every private link, and the space of the person who opened it.

A visit lives in the database; the browser holds one random secret in a cookie of its own, apart from any staff cookie.
"""

from datetime import timedelta
from uuid import UUID

from flask import current_app, g, request, session, url_for
from itsdangerous import BadSignature, Signer, URLSafeTimedSerializer
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from portal import clock
from portal.access import Role
from portal.door import Door, Here, Nobody
from portal.forms import token
from portal.house import house
from portal.page import Choice, SignedIn, frame
from portal.review import spaces
from portal.review.display import likings
from portal.review.people import FamilyMember, hold
from portal.review.reviews import Review
from portal.words import gettext

ANYONE = frozenset({Role.ANYONE})
FAMILY = frozenset({Role.FAMILY_MEMBER})
_SEEN_EVERY = timedelta(minutes=1)
_WAY_BACK_SECONDS = 30 * 24 * 3600


def cookie_name() -> str:
    """Return the name of the family's cookie."""
    return "__Host-family" if house().settings.secure else "family"


def give_cookie(answer: Response, secret: str) -> Response:
    """Put a visit's secret into the browser."""
    settings = house().settings
    answer.set_cookie(cookie_name(), secret, secure=settings.secure, httponly=True, samesite="Lax", path="/")
    return answer


def take_cookie(answer: Response) -> Response:
    """Take everything of a visit out of the browser."""
    answer.delete_cookie(cookie_name(), secure=house().settings.secure, httponly=True, samesite="Lax", path="/")
    if "_user_id" not in session:
        session.clear()  # nobody of the staff is signed in here, so nothing is left that tells of this visit
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def visit_of(db: Session) -> tuple[FamilyMember, spaces.Visit] | None:
    """Return who is visiting with this browser, if the visit and its link are alive."""
    secret = request.cookies.get(cookie_name(), "")
    settings = house().settings
    idle, longest = timedelta(minutes=settings.family_idle_minutes), timedelta(hours=settings.family_hours)
    return spaces.visitor(db, secret, idle, longest) if secret else None


def way_back(invitation_id: UUID) -> str:
    """Return what a form carries so that words can be sent after the visit has ended; useless without the number."""
    return _signer().dumps(str(invitation_id))


def read_way_back(carried: str) -> UUID | None:
    """Return the invitation that a form came from, or None."""
    try:
        return UUID(_signer().loads(carried, max_age=_WAY_BACK_SECONDS))
    except (BadSignature, ValueError):
        return None


def mark_of_link(link: str) -> str:
    """Return what goes along when somebody asks for help from a link's page: its hash, which opens nothing."""
    return _marker().sign(link).decode()


def read_mark_of_link(carried: str) -> str:
    """Return the hash of the link on whose page a request was begun; nothing when there was none."""
    try:
        return _marker().unsign(carried.encode("utf-8", "replace")).decode()
    except BadSignature:
        return ""


def _marker() -> Signer:
    return Signer(str(current_app.secret_key), salt="mark of a link")


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="way back")


def _find(db: Session | None) -> FamilyMember | Nobody:
    if db is not None:
        found = visit_of(db)
    else:  # the view opens its sessions itself
        with house().database.reading() as own:
            found = visit_of(own)
    if found is None:
        from portal.family.comeback import come_back

        return Nobody(come_back)
    member, visit = found
    g.visit = visit
    if db is not None and request.method == "POST":
        hold(db, member)
    return member


door: Door[FamilyMember] = Door("family", FAMILY, _find, lambda _: FAMILY)
link_door: Door[None] = Door("link", ANYONE, lambda _: None, lambda _: ANYONE)


def family_frame(here: Here[FamilyMember], review: Review) -> None:
    """Fill in what stands around every page of a space, and note that the person is still here."""
    around = frame()
    around.site_name = gettext("Your space")
    around.home_url = url_for("family.space")
    panel = here.house.panels.named(review.panel)
    around.contact = panel.contact_in(here.language) if panel else None
    around.likings = likings(here.caller)
    around.quiet, around.rests = True, here.house.settings.family_idle_minutes
    around.leave_post_url = url_for("link.leave_quickly")
    around.leave_help_url = here.house.panels.address(here.language, panel, "leaving-this-site-quickly")
    links = (
        (gettext("What you wrote"), url_for("family.your_words")),
        (gettext("How I like to read"), url_for("family.display")),
        (gettext("Your devices and leaving"), url_for("family.leaving")),
    )
    around.nav = tuple(Choice(title, url, request.path == url) for title, url in links)
    around.signed_in = SignedIn("", url_for("family.leave"), token())
    still_here(here)


def still_here(here: Here[FamilyMember]) -> None:
    """Note that the person is still here, once in a minute at most."""
    visit: spaces.Visit | None = g.get("visit")  # there is none yet while somebody comes back with their words
    if visit is not None and visit.seen_at + _SEEN_EVERY < clock.now():
        here.afterwards.append(lambda db, visit_id=visit.id: spaces.seen(db, visit_id))  # type: ignore[misc]  # bound now


def neutral_frame() -> None:
    """Fill in what stands around the pages that must say nothing to whoever sees them: no panel, no subject."""
    around = frame()
    around.site_name = gettext("Your space")
    around.home_url = f"/{g.language}/"


def review_here(here: Here[FamilyMember]) -> tuple[Review, str]:
    """Return the caller's review and their panel's word for the key worker, with the frame filled in."""
    review = here.db.get_one(Review, here.caller.review_id)
    family_frame(here, review)
    panel = here.house.panels.named(review.panel)
    return review, here.house.panels.words(panel, here.language)["key_worker"]
