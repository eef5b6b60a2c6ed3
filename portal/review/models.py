"""Every model, imported in one place, so that migrations and checks see the whole database."""

from portal.db import Base
from portal.review import (
    answers,
    clearness,
    contributions,
    history,
    invitations,
    meetings,
    messages,
    people,
    questions,
    reviews,
    spaces,
)

MODULES = (
    answers,
    clearness,
    contributions,
    history,
    invitations,
    meetings,
    messages,
    people,
    questions,
    reviews,
    spaces,
)
metadata = Base.metadata
