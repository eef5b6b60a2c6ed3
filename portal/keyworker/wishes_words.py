"""What a person wishes and what waits because of it, in the plain sentences that a key worker meets."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from flask import url_for

from portal import clock
from portal.door import Here
from portal.keyworker import knowing_words
from portal.keyworker.reach import can_be_reached
from portal.page import Choice
from portal.review import invitations, messages, quiet_days, sent, wishes
from portal.review.messages import Message, Travel
from portal.review.people import FamilyMember, StaffMember, Way
from portal.review.quiet import LONDON
from portal.review.quiet_days import QuietDay
from portal.review.reviews import Review
from portal.review.wishes import ContactWishes, Held, Hold, Knowing, MayKnow, Part, Reach, Times
from portal.sealing import opened
from portal.wishing import label_of_feast, label_of_means, label_of_shared
from portal.words import day, day_of_the_year, gettext, hour, weekday


def whose(here: Here[StaffMember], at: datetime | None, by: UUID | None) -> str:
    """Say who set something, and when."""
    if at is None:
        return ""
    if by is None:
        return gettext("They set this themselves on %(day)s.", day=day(at))
    name = here.db.get_one(StaffMember, by).name
    return gettext("Written down by %(name)s on %(day)s.", name=name, day=day(at))


def whose_part(here: Here[StaffMember], found: ContactWishes | None, kind: type[Part]) -> str:
    """Say who set a part, and when."""
    return whose(here, wishes.set_at(found, kind), wishes.set_by(found, kind))


def said(found: ContactWishes | None, kind: type[Part]) -> list[str]:
    """Return what is set in one part, a sentence each."""
    if found is None:
        return []
    return {Reach: _reach, Times: _times, Knowing: _knowing}[kind](found)


def _reach(found: ContactWishes) -> list[str]:
    lines = []
    if never := opened(lambda: found.never_ring):
        lines.append(gettext("Never ring %(numbers)s.", numbers=_in_one_line(never)))
    if found.ways:
        names = ", ".join(label_of_means(one) for one in found.ways)
        lines.append(gettext("These ways are fine, and no other: %(names)s.", names=names))
    if found.shared:
        names = ", ".join(label_of_shared(one) for one in found.shared)
        lines.append(gettext("Somebody else may see: %(names)s.", names=names))
    if interpreter := opened(lambda: found.interpreter):
        lines.append(gettext("An interpreter for calls: %(language)s.", language=interpreter))
    return lines


def _times(found: ContactWishes) -> list[str]:
    lines = []
    if found.earliest:
        lines.append(gettext("Not before %(time)s.", time=hour(found.earliest)))
    if found.latest:
        lines.append(gettext("Not after %(time)s.", time=hour(found.latest)))
    if found.weekdays:
        names = ", ".join(weekday(number) for number in found.weekdays)
        lines.append(gettext("Only on these days: %(names)s.", names=names))
    return lines


def _knowing(found: ContactWishes) -> list[str]:
    if found.may_know is MayKnow.NOBODY:
        return [gettext("Nobody may know that they are here.")]
    if found.may_know is MayKnow.THESE:
        who = _in_one_line(opened(lambda: found.who) or "")
        return [gettext("Only these people may know that they are here: %(who)s.", who=who)]
    return []


def _in_one_line(text: str) -> str:
    return ", ".join(line.strip(" ,.;") for line in text.splitlines() if line.strip())


def day_words(one: QuietDay) -> str:
    """Return a quiet day, with what it is for if that was said."""
    if one.feast is not None:
        return gettext("%(day)s, every year", day=label_of_feast(one.feast))
    write = day_of_the_year if one.every_year else day
    days = write(one.first)
    if one.first != one.last:
        days = gettext("%(first)s to %(last)s", first=days, last=write(one.last))
    days = gettext("%(day)s, every year", day=days) if one.every_year else days
    what_for = opened(lambda: one.what_for)
    return gettext("%(day)s (%(what_for)s)", day=days, what_for=what_for) if what_for else days


def everything(here: Here[StaffMember], member: FamilyMember) -> list[str]:
    """Return all that is set, a sentence each, as it stands above whatever is sent to this person."""
    found = wishes.of(here.db, member)
    lines = [sentence for kind in (Reach, Times, Knowing) for sentence in said(found, kind)]
    lines += knowing_words.about(here, member)
    days = quiet_days.of(here.db, member)
    return lines + [gettext("Quiet: %(day)s.", day=day_words(one)) for one in days]


def held_now(here: Here[StaffMember], member: FamilyMember, way: Way | None = None) -> list[str]:
    """Say why nothing may reach a person now, and when it next may; empty when it may."""
    return why(wishes.hold_for(here.db, member, clock.now(), way))


def held_for_good(here: Here[StaffMember], member: FamilyMember, way: Way | None = None) -> bool:
    """Whether nothing may be sent to a person, whatever the reason."""
    held = wishes.hold_for(here.db, member, clock.now(), way)
    return held is not None and held.for_good


def can_be_told(here: Here[StaffMember], member: FamilyMember) -> bool:
    """Whether a message can bring a person word: there is a way to them and a link of theirs, and it may be sent.

    Where the last message came back the next one would, too; or it would reach somebody else.
    """
    doubtful = sent.post_of(here.db, [member])[member.id].in_doubt
    reached = can_be_reached(here.house.settings, member) and sent.has_a_live_link(here.db, member)
    came_back = doubtful is not None and doubtful.state is Travel.CAME_BACK
    return reached and not came_back and not held_for_good(here, member)


def why(held: Held | None, *, waits: bool = False) -> list[str]:
    """Say why something would be held, or why it waits, and until when."""
    if held is None:
        return []
    reason = {
        Hold.NO_LINK: gettext("Nothing may be sent to them, for a reason of safety that was written down."),
        Hold.NOT_AT_ALL: gettext("They said that they do not want anything of this. Nothing is sent to them."),
        Hold.PAUSED: gettext("They said: not now. Nothing is sent until they come back."),
        Hold.NOT_THIS_WAY: gettext("They did not choose this way. What goes by it waits until that changes."),
        Hold.QUIET_DAY: gettext("They want to hear nothing today."),
        Hold.OUTSIDE_HOURS: gettext("They do not want to be reached at this hour, or on this day of the week."),
        Hold.LINK_RESTS: gettext("The link in it rests. It goes out after you let that link open again."),
    }[held.reason]
    if held.until is None:
        return [reason]
    moment = moment_in_england(held.until)
    if waits:
        return [reason, gettext("It goes out on %(moment)s.", moment=moment)]
    return [reason, gettext("A message that you send now goes out on %(moment)s.", moment=moment)]


def moment_in_england(at: datetime) -> str:
    """Return a moment with its day of the week, as the clocks in England have it."""
    there = at.astimezone(LONDON)
    return gettext(
        "%(weekday)s %(day)s at %(time)s", weekday=weekday(there.weekday()), day=day(there), time=f"{there:%H:%M}"
    )


def of_message(here: Here[StaffMember], message: Message, member: FamilyMember) -> tuple[list[str], str]:
    """Say why a message is held, or went all the same, and return where it can be sent for a reason."""
    reason = opened(lambda: message.despite)
    despite = (
        [gettext("It did not wait for a time that they wish, because: %(reason)s", reason=reason)] if reason else []
    )
    if message.state is not Travel.HELD:
        return despite, ""
    held = wishes.hold_for(here.db, member, clock.now(), message.way)
    if not (held and held.for_good) and invitations.rests(here.db, message):
        held = Held(Hold.LINK_RESTS, None)
    if message.despite_ct is not None and not (held and held.for_good):
        return [*despite, gettext("It goes out within a minute.")], ""
    if held is None:
        return [gettext("Nothing stands in its way any more. It goes out within a quarter of an hour.")], ""
    url = "" if held.for_good else url_for("keyworker.despite", message_id=message.id)
    return why(held, waits=True), url


def waiting(here: Here[StaffMember], reviews: Sequence[Review]) -> list[tuple[UUID, Choice]]:
    """Return the messages that wait because their way is not one that the person chose; only a person can help."""
    sentence = gettext("A message waits, because they did not choose the way in which it goes")
    return [
        (member.review_id, Choice(sentence, url_for("keyworker.person", member_id=member.id)))
        for member in messages.stuck(here.db, reviews)
    ]


def before_a_letter(here: Here[StaffMember], member: FamilyMember) -> list[str]:
    """Say on which of the coming days a letter must not arrive."""
    days = wishes.quiet_ahead(here.db, member)
    lines = held_now(here, member, Way.PAPER)
    if days:
        names = ", ".join(day(one) for one in days)
        lines += [
            gettext("They want to hear nothing on these days: %(days)s.", days=names),
            gettext("Please date and bring or post it so that it does not reach them then."),
        ]
    return lines
