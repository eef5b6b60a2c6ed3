"""The plain words in which a key worker meets each state; one place, so that a word that wounds is found at once."""

from datetime import datetime

from portal.review.answers import Hearing, Outcome, ToldHow
from portal.review.contributions import Place
from portal.review.messages import Kind, Message, Travel, last_try_of
from portal.review.people import FamilyMember, Relation, Way
from portal.review.questions import Standing
from portal.review.reviews import Review
from portal.review.sent import Link, LinkStanding, Post
from portal.sealing import opened
from portal.words import gettext, moment


def child_of(review: Review) -> str:
    """Return the child's name; when it cannot be opened, words that say so, so that one row never empties a list."""
    return opened(lambda: review.child) or gettext("A name that cannot be shown")


def name_of(member: FamilyMember) -> str:
    """Return a person's name; when it cannot be opened, words that say so."""
    return opened(lambda: member.name) or gettext("A name that cannot be shown")


def relation(value: Relation) -> str:
    """Return what a person is to the child."""
    return {
        Relation.MOTHER: gettext("Mother"),
        Relation.FATHER: gettext("Father"),
        Relation.PARENT: gettext("Parent"),
        Relation.CARER: gettext("Carer"),
        Relation.GRANDPARENT: gettext("Grandparent"),
        Relation.SIBLING: gettext("Brother or sister"),
        Relation.OTHER: gettext("Someone else who matters to the child"),
    }[value]


def way(value: Way) -> str:
    """Return the name of a way in which a message travels."""
    return {
        Way.EMAIL: gettext("E-mail"),
        Way.TEXT: gettext("Text message"),
        Way.PAPER: gettext("Letter on paper"),
    }[value]


def told_how(value: ToldHow) -> str:
    """Return how a person was told that there is an answer."""
    return {
        ToldHow.IN_PERSON: gettext("In person"),
        ToldHow.BY_TELEPHONE: gettext("By telephone"),
        ToldHow.BY_VIDEO: gettext("By video"),
        ToldHow.BY_LETTER: gettext("By letter"),
    }[value]


def outcome(value: Outcome) -> str:
    """Return how far an answer goes."""
    return {
        Outcome.WHOLE: gettext("It answers the question."),
        Outcome.PARTLY: gettext("It answers part of the question."),
        Outcome.CANNOT: gettext("The question cannot be answered; the words say why."),
    }[value]


def standing(value: Standing) -> str:
    """Return where a question is."""
    return {
        Standing.TOLD_ALOUD: gettext("You wrote it down; it waits for the word of the person who said it"),
        Standing.ASKED: gettext("The panel has it and has not taken it up yet"),
        Standing.TAKEN_UP: gettext("Taken up by the panel"),
        Standing.AT_MEETING: gettext("Put to a meeting"),
        Standing.DRAFTED: gettext("The panel is writing an answer"),
        Standing.CHECKED: gettext("An answer is ready for you to bring"),
        Standing.ANSWERED: gettext("Answered"),
        Standing.PARTLY_ANSWERED: gettext("Answered in part"),
        Standing.CANNOT_BE_ANSWERED: gettext("Cannot be answered; the answer says why"),
        Standing.WITHDRAWN: gettext("Taken back by the person who asked"),
    }[value]


def place(value: Place) -> str:
    """Return where something is that a person told the panel."""
    return {
        Place.TOLD_ALOUD: gettext("You wrote it down; it waits for the word of the person who said it"),
        Place.FOR_KEY_WORKER: gettext("For you; it does not go to the panel"),
        Place.KEPT: gettext("Kept; the panel has not taken it up yet"),
        Place.WITH_PANEL: gettext("With the panel"),
        Place.WITHDRAWN: gettext("Taken back by the person who wrote it"),
    }[value]


def hearing(value: Hearing) -> str:
    """Return how a person wants to hear an answer."""
    return {
        Hearing.NOT_SAID: gettext("They have not said yet how they want to hear it."),
        Hearing.NOW: gettext("They chose to read it."),
        Hearing.LATER: gettext("They are keeping it for later."),
        Hearing.WITH_KEY_WORKER: gettext("They would like to go through it with you."),
        Hearing.NOT_AT_ALL: gettext("They do not want it to be shown. They can change this whenever they like."),
    }[value]


def link(value: Link) -> str:
    """Return how a private link stands."""
    sent = value.message.settled_at if value.message else None
    one = value.invitation
    return _link(value.standing, one.opened_at or sent, one.ended_at or one.paused_at)


def post(value: Post) -> str:
    """Return how a person's way into their space stands."""
    return link(value.best) if value.best else _link(LinkStanding.NOT_INVITED, None, None)


def _link(value: LinkStanding, at: datetime | None, stopped_at: datetime | None) -> str:
    when, stopped = moment(at) if at else "", moment(stopped_at) if stopped_at else ""
    return {
        LinkStanding.NOT_INVITED: gettext("Not invited yet"),
        LinkStanding.WAITING: gettext("Waiting to go out"),
        LinkStanding.HELD: gettext("Held, so that nothing reaches them at a time that they do not want"),
        LinkStanding.TO_PRINT: gettext("A letter waits for you to print it"),
        LinkStanding.SENT: gettext("Sent on %(when)s, not opened yet", when=when),
        LinkStanding.DELAYED: gettext(
            "On its way: their e-mail provider had not taken it by %(when)s, and it is tried again", when=when
        ),
        LinkStanding.ARRIVED: gettext("Arrived on %(when)s, not opened yet", when=when),
        LinkStanding.CAME_BACK: gettext("The message came back on %(when)s", when=when),
        LinkStanding.UNCERTAIN: gettext("It is not certain that the message reached them"),
        LinkStanding.SEEN_TO: gettext("You reached them another way; not opened yet"),
        LinkStanding.OPENED: gettext("Opened for the first time in the hour from %(when)s", when=when),
        LinkStanding.PAUSED: gettext("Resting since %(when)s: it opens for nobody", when=stopped),
        LinkStanding.ENDED: gettext("Ended on %(when)s", when=stopped),
    }[value]


def message(value: Message) -> str:
    """Return what a message was for and how far it has come."""
    purpose = {
        Kind.INVITATION: gettext("Private link"),
        Kind.NEWS: gettext("Short message that there is something new"),
        Kind.STAFF_MAIL: "",
    }[value.kind]
    when = moment(value.settled_at or value.queued_at)
    waiting = gettext("waiting to go out")
    if value.tries:
        until = moment(last_try_of(value))
        waiting = gettext("it could not go out yet, and is tried again until %(when)s", when=until)
    state = {
        Travel.WAITING: waiting,
        Travel.HELD: gettext("held, so that nothing reaches them at a time that they do not want"),
        Travel.BEING_SENT: gettext("going out now"),
        Travel.TO_PRINT: gettext("waiting to be printed"),
        Travel.SENT: gettext("sent on %(when)s", when=when),
        Travel.DELAYED: gettext(
            "on its way: their e-mail provider had not taken it by %(when)s, and it is tried again", when=when
        ),
        Travel.ARRIVED: gettext("arrived on %(when)s", when=when),
        Travel.CAME_BACK: gettext("came back on %(when)s", when=when),
        Travel.UNCERTAIN: gettext("since %(when)s it is not certain that it reached them", when=when),
        Travel.STOPPED: gettext("not needed any more"),
    }[value.state]
    return gettext("%(purpose)s, %(way)s: %(state)s", purpose=purpose, way=way(value.way), state=state)
