"""What the whole house shares, joined once in app.py and handed to whoever needs it."""

from dataclasses import dataclass, field

from flask import current_app

from portal.db import Database
from portal.library.article import Library
from portal.library.panels import Panels
from portal.review.brake import Brake
from portal.review.codes import Numbers
from portal.sealing import Vault
from portal.settings import Settings


@dataclass(frozen=True)
class House:
    """Settings, database, keys, panels and pages of one running portal."""

    settings: Settings
    vault: Vault
    database: Database
    numbers: Numbers
    panels: Panels
    library: Library
    brake: Brake = field(default_factory=Brake)


def house() -> House:
    """Return the house that this request is answered by."""
    found: House = current_app.extensions["house"]
    return found
