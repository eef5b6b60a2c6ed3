"""The administrator's pages: who works with this panel, and the beginning and the end of their access."""

from datetime import datetime
from uuid import UUID, uuid4

from flask import redirect, request, url_for
from sqlalchemy import func, select
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.panel.door import door, show_page
from portal.panel.staff_forms import ROLE_LABELS, AddStaffForm, HandAllOverForm
from portal.panel.staff_pages import Act, StaffAdd, StaffHandOver, StaffLine, StaffList, StaffOff, StaffPerson
from portal.review import cover, history, leaves, people
from portal.review.history import Entry
from portal.review.people import StaffMember
from portal.review.reviews import NotHere
from portal.signin import mail
from portal.signin.desk import make_sure, roles_of
from portal.words import day, gettext, moment

Staff = Here[StaffMember]


@door.show("/staff", may=May.LOOK_AFTER_STAFF)
def staff(here: Staff) -> Response:
    """List the people of the administrator's own panel."""
    ours = select(StaffMember).where(StaffMember.panel == here.caller.panel)
    mine = here.db.scalars(ours.order_by(StaffMember.id)).all()
    last = _last_sign_ins(here)
    lines = [_line(person, last.get(person.id)) for person in mine]
    lines.sort(key=lambda line: line.name.lower())
    return show_page(here, StaffList(gettext("Staff"), lines, url_for(".add_staff")))


@door.show("/staff/add", may=May.LOOK_AFTER_STAFF)
def add_staff(here: Staff) -> Response:
    """Show the form for one more person."""
    return make_sure() or _adding(here, AddStaffForm())


@door.change("/staff/add", may=May.LOOK_AFTER_STAFF)
def keep_staff(here: Staff) -> Response:
    """Add a person and queue their invitation."""
    if (first := make_sure()) is not None:
        return first
    form = AddStaffForm()
    if not form.validate():
        return _adding(here, form, 422)
    try:
        person = people.add_staff(here.db, here.caller.panel, form.name.data, form.email.data, form.chosen, uuid4().hex)
    except ValueError:
        form.email.errors = [gettext("Somebody with this e-mail address has access already.")]
        return _adding(here, form, 422)
    mail.invite(here.db, person, here.caller)
    history.add(here.db, here.caller, "staff added", subject_id=person.id)
    return redirect(url_for(".staff_person", person_id=person.id, done="invited"), 303)


@door.show("/staff/<uuid:person_id>", may=May.LOOK_AFTER_STAFF)
def staff_person(here: Staff, person_id: UUID) -> Response:
    """Show one person and what can be done about their access."""
    person = _one_of_mine(here, person_id)
    notes = {
        "invited": gettext("A message with a link to sign in is on its way to them."),
        "ended": gettext("They are signed out everywhere."),
        "anew": gettext("Their password and phone no longer open anything. An invitation is on its way to them."),
        "off": gettext("Their access is switched off, and they are signed out everywhere."),
        "handed": gettext("Their families have another key worker now."),
        "on": gettext("Their access is switched on again. A message with a link to sign in is on its way to them."),
    }
    line = _line(person, _last_sign_ins(here).get(person.id))
    off_url = url_for(".staff_off", person_id=person.id) if person.active else ""
    note = notes.get(request.args.get("done", ""), "")
    return show_page(
        here, StaffPerson(line, _acts(person), _hand_over_url(here, person), off_url, note, url_for(".staff"))
    )


@door.change("/staff/<uuid:person_id>/mail", may=May.LOOK_AFTER_STAFF)
def mail_staff(here: Staff, person_id: UUID) -> Response:
    """Queue the sign-in mail once more."""
    person = _one_of_mine(here, person_id)
    if (first := make_sure()) is not None:
        return first
    _send_way_in(here, person)
    return _done(here, person, "sign-in mail sent", "invited")


@door.change("/staff/<uuid:person_id>/end-sessions", may=May.LOOK_AFTER_STAFF)
def end_staff_sessions(here: Staff, person_id: UUID) -> Response:
    """End every sign-in of a person, on every device."""
    person = _one_of_mine(here, person_id)
    if (first := make_sure()) is not None:
        return first
    person.fs_uniquifier = uuid4().hex
    return _done(here, person, "sign-ins ended", "ended")


@door.change("/staff/<uuid:person_id>/anew", may=May.LOOK_AFTER_STAFF)
def staff_anew(here: Staff, person_id: UUID) -> Response:
    """Let a person whose phone is gone begin anew, with an invitation."""
    person = _one_of_mine(here, person_id)
    if (first := make_sure()) is not None:
        return first
    person.password = person.tf_totp_secret = person.tf_primary_method = person.mf_recovery_codes = None
    person.fs_uniquifier = uuid4().hex
    mail.invite(here.db, person, here.caller)
    return _done(here, person, "sign-in begun anew", "anew")


@door.show("/staff/<uuid:person_id>/off", may=May.LOOK_AFTER_STAFF)
def staff_off(here: Staff, person_id: UUID) -> Response:
    """Ask whether to switch off a person's access, or say why not now."""
    return make_sure() or _switching_off(here, _one_of_mine(here, person_id))


@door.change("/staff/<uuid:person_id>/off", may=May.LOOK_AFTER_STAFF)
def switch_off_staff(here: Staff, person_id: UUID) -> Response:
    """Switch off a person's access and sign them out at once."""
    person = _one_of_mine(here, person_id)
    if (first := make_sure()) is not None:
        return first
    cover.hold_panel(here.db, here.caller)
    if _why_not(here, person):
        return _switching_off(here, person, 409)
    person.active = False
    person.fs_uniquifier = uuid4().hex
    return _done(here, person, "access ended", "off")


@door.change("/staff/<uuid:person_id>/on", may=May.LOOK_AFTER_STAFF)
def switch_on_staff(here: Staff, person_id: UUID) -> Response:
    """Switch a person's access on again."""
    person = _one_of_mine(here, person_id)
    if (first := make_sure()) is not None:
        return first
    person.active = True
    _send_way_in(here, person)
    return _done(here, person, "access given back", "on")


@door.show("/staff/<uuid:person_id>/hand-over", may=May.LOOK_AFTER_STAFF)
def hand_over_of_staff(here: Staff, person_id: UUID) -> Response:
    """Show the form that gives all families of a person another key worker."""
    person = _one_of_mine(here, person_id)
    return make_sure() or _handing_over(here, person, HandAllOverForm(leaves.colleagues_of(here.db, person)))


@door.change("/staff/<uuid:person_id>/hand-over", may=May.LOOK_AFTER_STAFF)
def hand_over_for_staff(here: Staff, person_id: UUID) -> Response:
    """Give all families of a person another key worker; the administrator learns no child's name by it."""
    person = _one_of_mine(here, person_id)
    if (first := make_sure()) is not None:
        return first
    form = HandAllOverForm(leaves.colleagues_of(here.db, person))
    if not form.validate():
        return _handing_over(here, person, form, 422)
    families = cover.own_families(here.db, person)
    cover.hand_over(here.db, here.caller, families, form.chosen, form.note.data or "")
    return _done(here, person, "families given another key worker", "handed")


def _one_of_mine(here: Staff, person_id: UUID) -> StaffMember:
    person = here.db.get(StaffMember, person_id)
    if person is None or person.panel != here.caller.panel:
        raise NotHere
    return person


def _send_way_in(here: Staff, person: StaffMember) -> None:
    if person.password is None:
        mail.invite(here.db, person, here.caller)
    else:
        mail.send_link(here.db, person)


def _done(here: Staff, person: StaffMember, verb: str, word: str) -> Response:
    history.add(here.db, here.caller, verb, subject_id=person.id)
    return redirect(url_for(".staff_person", person_id=person.id, done=word), 303)


def _adding(here: Staff, form: AddStaffForm, status: int = 200) -> Response:
    return show_page(here, StaffAdd(gettext("Give somebody access"), form, url_for(".staff")), status)


def _why_not(here: Staff, person: StaffMember) -> list[str]:
    if person.id == here.caller.id:
        return [gettext("This is your own access. Another administrator can switch it off.")]
    families, covered = cover.why_not_leave(here.db, person)
    why = []
    if families:
        why = [
            gettext("%(name)s still looks after families: %(count)s.", name=person.name, count=families),
            gettext(
                "Each of them needs somebody else first, and should hear it from a person. Until then the access stays."
            ),
        ]
    if cover.panel_needs(here.db, person):
        why.append(
            gettext(
                "Without %(name)s this panel would have no coordinator, or nobody who can check what another has "
                "written. Families wait for both: please give somebody else access first.",
                name=person.name,
            )
        )
    for leave in covered:
        away = here.db.get_one(StaffMember, leave.staff_id).name
        why.append(
            gettext(
                "%(name)s is named as cover for %(away)s until %(day)s. Ask %(away)s to name somebody else, or give "
                "the families of %(away)s another key worker first.",
                name=person.name,
                away=away,
                day=day(leave.until_on),
            )
        )
    return why


def _switching_off(here: Staff, person: StaffMember, status: int = 200) -> Response:
    back = url_for(".staff_person", person_id=person.id)
    title = gettext("Switch off the access of %(name)s", name=person.name)
    if reasons := _why_not(here, person):
        return show_page(here, StaffOff(title, reasons, _hand_over_url(here, person), "", back), status)
    sentences = [gettext("They are signed out at once and cannot sign in. What they did stays in the record.")]
    button = url_for(".switch_off_staff", person_id=person.id)
    return show_page(here, StaffOff(title, sentences, "", button, back), status)


def _hand_over_url(here: Staff, person: StaffMember) -> str:
    has_families = bool(cover.own_families(here.db, person))
    return url_for(".hand_over_of_staff", person_id=person.id) if has_families else ""


def _handing_over(here: Staff, person: StaffMember, form: HandAllOverForm, status: int = 200) -> Response:
    families = len(cover.own_families(here.db, person))
    sentences = [
        gettext("%(name)s still looks after families: %(count)s.", name=person.name, count=families),
        gettext("All of them go to one colleague, who sees them on their desk at once. No child is named here."),
    ]
    title = gettext("Give the families of %(name)s another key worker", name=person.name)
    nobody = len(form.colleague.choices) == 1
    back = url_for(".staff_person", person_id=person.id)
    return show_page(here, StaffHandOver(title, sentences, form, nobody, back), status)


def _acts(person: StaffMember) -> list[Act]:
    def at(endpoint: str) -> str:
        return url_for(endpoint, person_id=person.id)

    if not person.active:
        meaning = gettext("They can sign in again, and get a message with a link.")
        return [Act(gettext("Access"), meaning, gettext("Switch on the access"), at(".switch_on_staff"))]
    mailing = Act(
        gettext("Sign-in mail"),
        gettext("They get a message with a link to choose a password. It works for a day."),
        gettext("Send the sign-in mail again"),
        at(".mail_staff"),
    )
    ending = Act(
        gettext("Signed in somewhere else"),
        gettext("Ends their sign-in on every device. They can sign in again."),
        gettext("Sign them out everywhere"),
        at(".end_staff_sessions"),
    )
    anew = Act(
        gettext("Lost phone"),
        gettext(
            "Their password and their phone no longer open anything. They get a new invitation. Speak to them first."
        ),
        gettext("Let them begin anew"),
        at(".staff_anew"),
    )
    return [mailing, ending, anew]


def _last_sign_ins(here: Staff) -> dict[UUID, datetime]:
    ids = select(StaffMember.id).where(StaffMember.panel == here.caller.panel)
    found = select(Entry.actor_id, func.max(Entry.at)).where(Entry.verb == "signed in", Entry.actor_id.in_(ids))
    return {who: at for who, at in here.db.execute(found.group_by(Entry.actor_id)) if who is not None}


def _line(person: StaffMember, last: datetime | None) -> StaffLine:
    if not person.active:
        standing = gettext("Access switched off")
    elif person.password is None or person.tf_primary_method is None:
        standing = gettext("Invited")
    else:
        standing = gettext("Has access")
    held = roles_of(person)
    return StaffLine(
        person.name,
        person.email_open,
        [gettext(label) for role, label in ROLE_LABELS.items() if role in held],
        standing,
        moment(last) if last else "",
        url_for(".staff_person", person_id=person.id),
    )
