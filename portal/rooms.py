"""The pages of a person's space, in groups, as its start shows them; a key worker is shown the same before inviting."""

from dataclasses import dataclass

from flask import url_for

from portal.words import gettext


@dataclass(frozen=True)
class Door:
    """A page of the space, and what it is for."""

    url: str
    title: str
    what_for: str


def doors(key_worker: str) -> list[tuple[str, list[Door]]]:
    """Return the heading of each group, and its pages. They are there for everybody, whoever else has a space."""
    write = [
        Door(
            url_for("family.write_page", place="ask"),
            gettext("Ask a question"),
            gettext("The panel looks at it, and the answer comes back to you."),
        ),
        Door(
            url_for("family.tell_page"),
            gettext("Tell the panel something"),
            gettext("Whatever you want the panel to know."),
        ),
        Door(
            url_for("family.bring_page"),
            gettext("Bring a photograph, a document or a spoken message"),
            gettext("Some things are easier to show or to say than to write."),
        ),
    ]
    review = [
        Door(
            url_for("family.where"),
            gettext("Where are we now"),
            gettext("What is happening with the review. You choose first whether you want to see it."),
        )
    ]
    choices = [
        Door(
            url_for("family.reaching"),
            gettext("How I wish to be reached"),
            gettext("Ways, times and quiet days, only if you want to say so."),
        ),
        Door(
            url_for("family.sharing_page"),
            gettext("Showing something to your family"),
            gettext("If you like, your %(key_worker)s shows one thing to one person.", key_worker=key_worker),
        ),
        Door(
            url_for("family.not_now"),
            gettext("Not now, or not at all"),
            gettext("Leave this space for a while, or for good. Nothing is lost."),
        ),
        Door(
            url_for("family.copy"),
            gettext("Your own copy"),
            gettext("Print or keep everything that is yours. Ask that something be taken out."),
        ),
    ]
    return [
        (gettext("Ask or tell"), write),
        (gettext("The review"), review),
        (gettext("Your choices"), choices),
    ]
