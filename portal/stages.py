"""The stages of a review in the words that families read; the picture of the process and their own space share them."""

from datetime import date, timedelta

from portal.review.reviews import Stage
from portal.words import gettext

# After how many days at a stage the space says that this is longer than for many families. No law sets a time. Source:
# domain.md 1.3 (first days; weeks to many months; the meeting of professionals aimed at within about three months; the
# panel months after everything else), worded as content/en/how-long-it-takes says it: no day is promised or missed.
LONGER_THAN_USUAL = {
    Stage.FIRST_DAYS: timedelta(days=14),
    Stage.GATHERING: timedelta(days=182),
    Stage.REVIEW_MEETING: timedelta(days=91),
    Stage.PANEL: timedelta(days=182),
}


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


def when_it_lasts(stage: Stage, since: date, today: date, key_worker: str) -> list[str]:
    """Say honestly that a stage lasts longer than for many families, without blame and without a promise."""
    usual = LONGER_THAN_USUAL.get(stage)
    if usual is None or today - since <= usual:
        return []
    return [
        gettext("This stage has lasted longer than it does for many families. We are sorry that you have to wait."),
        gettext("It does not mean that your child has been forgotten. It does not mean that something is wrong."),
        gettext(
            "Often everyone has to wait for a report, an inquest or a trial. The law sets no date for the end, so we "
            "cannot promise you one."
        ),
        gettext("You can ask your %(key_worker)s at any time what everyone is waiting for.", key_worker=key_worker),
    ]


def you_may(stage: Stage, key_worker: str) -> list[str]:
    """Say what a family may do at a stage; they never have to."""
    brings = gettext(
        "Families do not go to this meeting. Your %(key_worker)s can take your questions there and bring back what "
        "was said.",
        key_worker=key_worker,
    )
    sentences = {
        Stage.FIRST_DAYS: [gettext("You can ask anything now, or later. There is no hurry.")],
        Stage.GATHERING: [
            gettext("You can tell what you know, in your own words, and ask your own questions."),
            gettext("You can ask by when your words need to come, so that a meeting can hear them."),
        ],
        Stage.REVIEW_MEETING: [brings],
        Stage.PANEL: [brings, gettext("You can still ask or add something.")],
        Stage.LEARNING_SHARED: [gettext("You can ask what was learned, and what became of your questions.")],
    }
    return [*sentences[stage], gettext("You do not have to do any of this.")]
