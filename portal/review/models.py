"""Every model, imported in one place, so that migrations and checks see the whole database."""

from portal.db import Base
from portal.review import (
    answers,
    clearness,
    coming_back,
    contributions,
    drafts,
    files,
    history,
    invitations,
    kept,
    meetings,
    messages,
    news,
    people,
    questions,
    removals,
    reviews,
    sharing,
    spaces,
    wishes,
)

MODULES = (
    answers,
    clearness,
    coming_back,
    contributions,
    drafts,
    files,
    history,
    invitations,
    kept,
    meetings,
    messages,
    news,
    people,
    questions,
    removals,
    reviews,
    sharing,
    spaces,
    wishes,
)
metadata = Base.metadata
