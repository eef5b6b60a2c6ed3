"""Kind sentences that a key worker may add to a message without having to translate them, and their own words beside.

What is added is kept with its message, a sentence on each line. A kind sentence is kept in English and said in the
language of the message; every other line stands as it was written.
"""

from portal.words import gettext


def sentences() -> dict[str, str]:
    """Return the kind sentences, each under its English, in the language of this answer."""
    return {
        "I am thinking of you.": gettext("I am thinking of you."),
        "There is no hurry.": gettext("There is no hurry."),
        "You can ring me if anything is not clear.": gettext("You can ring me if anything is not clear."),
        "We can look at it together, if you like.": gettext("We can look at it together, if you like."),
        "I am glad to help you with it.": gettext("I am glad to help you with it."),
    }


def said(own: str) -> list[str]:
    """Return what was added to a message, a paragraph each, in the language of this answer."""
    return [gettext(line) if line in sentences() else line for line in own.splitlines()]
