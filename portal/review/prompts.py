"""The prompts: one idea each, all optional, in the order in which people tell (domain.md 3.4).

Here is which there are and who they are for; what the family reads is in portal/family/asked.py. Questions are no
prompt: they are asked as questions, so that each comes to an answer.
"""

from dataclasses import dataclass

FREE = "free"  # written without a prompt


@dataclass(frozen=True)
class Prompt:
    """One thing that a person may want to tell, and how the staff's pages call it."""

    name: str
    for_staff: str
    for_key_worker: bool = False  # the panel does not need it


PROMPTS = (
    Prompt("about-your-child", "About their child"),
    Prompt("what-happened", "What happened, as they saw it"),
    Prompt("what-went-well", "What went well"),
    Prompt("what-could-be-better", "What could have been better"),
    Prompt("support", "Support", for_key_worker=True),
    Prompt("family-faith-language", "Their family, faith and language"),
    Prompt("reaching-you", "How to reach them", for_key_worker=True),
)
_BY_NAME = {prompt.name: prompt for prompt in PROMPTS}


def named(name: str) -> Prompt | None:
    """Return a prompt by its name; None for what was written freely."""
    return _BY_NAME.get(name)


def is_for_key_worker(name: str) -> bool:
    """Whether what is written to a prompt goes to the key worker and not to the panel."""
    return name in _BY_NAME and _BY_NAME[name].for_key_worker


def for_staff(name: str) -> str:
    """Return how the staff's pages call what was written to a prompt."""
    return _BY_NAME[name].for_staff if name in _BY_NAME else "Written freely"
