"""What the whole house shares, joined once in app.py and handed to whoever needs it."""

from dataclasses import dataclass, field
from functools import cached_property

from flask import current_app

from portal.db import Database
from portal.library.article import Library
from portal.library.panels import Panels
from portal.library.private_words import PrivateWords
from portal.library.search import Search
from portal.library.support import Directory
from portal.review.brake import Brake
from portal.review.clearness import Sluice
from portal.review.codes import Numbers
from portal.review.gate import Gate
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
    sluice: Sluice = field(default_factory=Sluice)
    gate: Gate = field(default_factory=Gate)

    @cached_property
    def support(self) -> Directory:
        """Who can be asked for help; read when it is first asked for."""
        return Directory(self.settings.content_folder)

    @cached_property
    def private_words(self) -> PrivateWords:
        """What finds private words in a sentence that is to go out."""
        named = [
            name for panel in self.panels.all for name in (panel.name, panel.facts["short_name"], *panel.facts["area"])
        ]
        return PrivateWords(self.settings.content_folder, self.panels.places, named)

    @cached_property
    def search(self) -> Search:
        """What looks through the pages, and through who can be asked for help."""
        return Search(self.settings.content_folder, self.library, self.panels, self.support)


def house() -> House:
    """Return the house that this request is answered by."""
    found: House = current_app.extensions["house"]
    return found
