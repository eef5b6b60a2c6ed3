"""Help with words where the work is done: what to say at each stage, and which of the library's letters belongs to it.

The rest of the help is plain text in templates/keyworker/help_*.html. The sources are what bereaved parents told
researchers and charities; no key worker and no parent has checked these words yet, and each help says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from portal.languages import ENGLISH
from portal.page import Choice
from portal.review.reviews import Stage
from portal.stages import stage_labels
from portal.words import gettext


@dataclass(frozen=True)
class StageHelp:
    """What to say at one stage, and letters that say it on paper."""

    stage: str
    say: str
    letters: Sequence[Choice]


def for_stages() -> list[StageHelp]:
    """Return what to say at each stage, in their order."""
    say = {
        Stage.FIRST_DAYS: gettext(
            "Say who you are, that every child's death is reviewed, and that they do not have to do anything now. "
            "Say when you will ring, and ring then."
        ),
        Stage.GATHERING: gettext(
            "Say what you are waiting for. A long wait does not mean that their child is forgotten: say that, too, and "
            "ring even when there is no news."
        ),
        Stage.REVIEW_MEETING: gettext(
            "Ask whether they want to know the day. Say that families do not go, and ask what you can ask there for "
            "them. Afterwards bring the answers to their own questions first."
        ),
        Stage.PANEL: gettext(
            "Say that the panel reads no names, and looks for what can be learned, never for whom to blame. Promise "
            "neither a day nor that something will change."
        ),
        Stage.LEARNING_SHARED: gettext(
            "Say what was found about their own child before what is learned for other children. Say what nobody "
            "knows. They can still ask, whenever they like."
        ),
    }
    letters = {
        Stage.FIRST_DAYS: {"letter-first-days": gettext("Letter for the first days")},
        Stage.GATHERING: {"letter-gathering": gettext("Letter while information is gathered")},
        Stage.REVIEW_MEETING: {
            "letter-before-the-meeting": gettext("Letter before the meeting"),
            "letter-after-the-meeting": gettext("Letter after the meeting"),
        },
        Stage.PANEL: {"letter-before-the-panel": gettext("Letter before the panel")},
        Stage.LEARNING_SHARED: {"letter-after-the-panel": gettext("Letter after the panel")},
    }
    names = dict(stage_labels())
    return [
        StageHelp(names[stage.value], say[stage], [Choice(title, text(name)) for name, title in letters[stage].items()])
        for stage in Stage
    ]


def text(name: str) -> str:
    """Return the address of one of the library's texts for professionals."""
    return url_for("public.material", lang=ENGLISH, text=name)
