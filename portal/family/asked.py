"""What is asked at the places where a person writes to the panel or the key worker, and where it goes.

A question; the prompts, each a page of its own; and a page to write freely. All of it is optional, and nothing is
asked that the panel has already (domain.md 3.4).
"""

from collections.abc import Callable, Sequence

from flask import url_for
from sqlalchemy.orm import Session

from portal.door import Here
from portal.family import places
from portal.family.door import review_here
from portal.family.places import Sheet
from portal.review import contributions, prompts, questions
from portal.review.people import FamilyMember
from portal.words import gettext

ASK, FREELY = "ask", "tell"
# Where the questions stand among the prompts, in the order in which people tell.
_BEFORE_QUESTIONS = ("about-your-child", "what-happened", "what-went-well", "what-could-be-better")


def in_order() -> Sequence[str]:
    """Return the places of the page that offers them all, in the order in which people tell."""
    names = [prompt.name for prompt in prompts.PROMPTS]
    after = [name for name in names if name not in _BEFORE_QUESTIONS]
    return [*_BEFORE_QUESTIONS, ASK, *after, FREELY]


def title_of(prompt: str) -> str:
    """Return the title of what was told, by its prompt."""
    titles = {
        "about-your-child": gettext("About your child"),
        "what-happened": gettext("What happened, as you saw it"),
        "what-went-well": gettext("What went well"),
        "what-could-be-better": gettext("What could have been better"),
        "support": gettext("Support"),
        "family-faith-language": gettext("Your family, your faith, your language"),
        "reaching-you": gettext("How to reach you"),
    }
    return titles.get(prompt) or gettext("Write in your own way")


def _why(prompt: str, key_worker: str) -> str:
    reasons = {
        "about-your-child": gettext(
            "Who your child was, and what mattered. It helps the panel to see a child, and not only papers."
        ),
        "what-happened": gettext("You may have seen things that nobody wrote down."),
        "what-went-well": gettext(
            "Care or kindness that helped. It helps the panel to know what should stay as it is."
        ),
        "what-could-be-better": gettext("The panel looks for what can be made better for other children and families."),
        "support": gettext(
            "What has helped you, what you need now, and who else in your family needs help. "
            "Your %(key_worker)s reads this, and not the panel.",
            key_worker=key_worker,
        ),
        "family-faith-language": gettext("Anything that helps the panel to understand your family."),
        "reaching-you": gettext(
            "When and how you want to hear from us, and which days are hard. "
            "Your %(key_worker)s reads this, and not the panel.",
            key_worker=key_worker,
        ),
    }
    return reasons.get(prompt) or gettext("Whatever you want the panel to know.")


def _own_words() -> str:
    return gettext("In your own words and your own language. It does not have to be perfect.")


def _question(here: Here[FamilyMember]) -> Sheet:
    _, key_worker = review_here(here)
    return Sheet(
        place=ASK,
        title=gettext("Ask a question"),
        why=(gettext("The panel looks at it, and the answer comes back to you."),),
        label=gettext("Your question"),
        hint=_own_words(),
        who=places.read_by_the_panel(key_worker),
        button=gettext("Send my question"),
        send=_ask,
    )


def _ask(db: Session, member: FamilyMember, words: str, once: str) -> str:
    return url_for("family.kept", reference=questions.ask(db, member, words, once).reference)


def _telling(prompt: str, place: str) -> Callable[[Here[FamilyMember]], Sheet]:
    def send(db: Session, member: FamilyMember, words: str, once: str) -> str:
        return url_for("family.kept", reference=contributions.tell(db, member, words, once, prompt).reference)

    def make(here: Here[FamilyMember]) -> Sheet:
        _, key_worker = review_here(here)
        alone = prompts.is_for_key_worker(prompt)
        return Sheet(
            place=place,
            title=title_of(prompt),
            why=(_why(prompt, key_worker),),
            label=gettext("Your words"),
            hint=_own_words(),
            who=(places.read_by_the_key_worker if alone else places.read_by_the_panel)(key_worker),
            button=gettext("Send it"),
            send=send,
            back_url=url_for("family.tell_page"),
        )

    return make


places.register_plain(ASK, _question)
places.register_plain(FREELY, _telling(prompts.FREE, FREELY))
for _prompt in prompts.PROMPTS:
    places.register_plain(_prompt.name, _telling(_prompt.name, _prompt.name))
