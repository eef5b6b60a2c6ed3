"""The stages of a review in the words that families read; the picture of the process and their own space share them."""

from portal.review.reviews import Stage
from portal.words import gettext


def stage_labels() -> list[tuple[str, str]]:
    """Return each stage's key and its name in the language of this answer, in their order."""
    names = {
        Stage.FIRST_DAYS: gettext("First days"),
        Stage.GATHERING: gettext("Gathering information"),
        Stage.REVIEW_MEETING: gettext("Review meeting"),
        Stage.PANEL: gettext("The panel"),
        Stage.LEARNING_SHARED: gettext("What is learned is shared"),
    }
    return [(stage.value, names[stage]) for stage in Stage]


def now_in(stage: Stage, key_worker: str) -> list[str]:
    """Say in plain words what is happening at a stage, honestly about how long it takes."""
    told = gettext("Your %(key_worker)s can tell you more about where things are.", key_worker=key_worker)
    sentences = {
        Stage.FIRST_DAYS: [
            gettext("The people who need to know are being told, so that nobody else has to ask you again."),
            gettext("You do not have to do anything for the review now."),
        ],
        Stage.GATHERING: [
            gettext("People who knew or cared for your child are being asked for what they know."),
            gettext("This usually takes months. With an inquest or a trial it can take more than a year."),
        ],
        Stage.REVIEW_MEETING: [
            gettext("The people who cared for your child meet, or will meet soon, to look at what happened."),
            gettext("Your questions are put there for you."),
        ],
        Stage.PANEL: [
            gettext("The panel looks at everything together. It reads no names."),
            gettext(
                "It looks for what can be learned, and never for whom to blame. It can take months until it meets."
            ),
        ],
        Stage.LEARNING_SHARED: [
            gettext("The panel has met. What it learned goes to those who can change things, without any names."),
            gettext("You can still ask, whenever you like."),
        ],
    }
    return [*sentences[stage], told]
