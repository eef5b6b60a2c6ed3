"""What a channel is: it takes one parcel and says what became of it, and nothing else.

A channel never guesses. When it cannot tell whether a message has gone it says so, because sending twice and losing one
are both worse than asking a person to look.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Protocol
from uuid import UUID

from portal.letters import Letter
from portal.review.messages import Kind
from portal.review.people import Way


class Outcome(Enum):
    """What became of a parcel."""

    SENT = "the channel has taken it"
    DELAYED = "it is on its way, and those who have it go on trying"
    ARRIVED = "the channel says that it arrived"
    CAME_BACK = "this address will not take it"
    LATER = "it has certainly not gone, and may go later"
    UNCERTAIN = "nobody can tell whether it has gone"


@dataclass(frozen=True)
class Parcel:
    """One message on its way out. It is never logged, and its address and words do not show when it is printed."""

    message_id: UUID
    kind: Kind
    way: Way
    at: datetime
    address: str = field(repr=False)
    letter: Letter = field(repr=False)
    html: str = field(repr=False)


@dataclass(frozen=True)
class Answer:
    """What a channel says: what became of a parcel, the provider's reference, and a reason fit for a log."""

    outcome: Outcome
    reference: str | None = None
    reason: str = ""


class Channel(Protocol):
    """A way out of the house."""

    def send(self, parcel: Parcel) -> Answer:
        """Send a parcel."""
        ...


class NoChannel:
    """For a way that this portal does not offer: everything comes back, and the key worker is told."""

    def send(self, parcel: Parcel) -> Answer:
        """Send nothing."""
        return Answer(Outcome.CAME_BACK, reason="this way is not offered")
