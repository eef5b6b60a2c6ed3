"""What became of a message, written down whoever says it: the channel, the provider, or a mail that came back."""

from uuid import UUID

from portal.courier.channels import Answer, Outcome
from portal.courier.packing import log
from portal.house import House
from portal.review import messages
from portal.review.messages import Message, Travel

_STATES = {
    Outcome.SENT: Travel.SENT,
    Outcome.DELAYED: Travel.DELAYED,
    Outcome.ARRIVED: Travel.ARRIVED,
    Outcome.CAME_BACK: Travel.CAME_BACK,
    Outcome.UNCERTAIN: Travel.UNCERTAIN,
}


def take_in(home: House, message_id: UUID, answer: Answer) -> None:
    """Write down what became of a message; of one that is not ours, or of which more is known already, nothing.

    The row is held: a provider may say that a message arrived while the courier still hears that it was taken.
    """
    with home.database.writing() as db:
        message = db.get(Message, message_id, with_for_update=True)
        if message is None:
            return
        message.reference = answer.reference or message.reference
        before = message.state
        if answer.outcome is not Outcome.LATER:
            messages.heard(message, _STATES[answer.outcome])
        elif before is Travel.BEING_SENT:
            messages.try_later(message)
        way, state = message.way, message.state
    if state is not before:
        log.info("message", id=str(message_id), way=way.value, state=state.value, reason=answer.reason)
