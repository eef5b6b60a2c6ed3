"""The main job, end to end, in a real browser: read, be invited, ask, and hear back when one is ready."""

import re
from dataclasses import dataclass
from typing import Any

import pytest

from portal import clock
from tests.journeys.conftest import DESK, PHONE, Walk
from tests.journeys.desk import CHILD, Invited, invite
from tests.journeys.live import Live
from tests.journeys.walker import Walker, said

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Story:
    """One mother's journey: her language, what she asks, and what comes back."""

    language: str
    panel: str
    way: str
    address: str
    question: str
    in_english: str
    answer: str
    answer_translated: str = ""

    @property
    def heard(self) -> str:
        """The words that she reads."""
        return self.answer_translated or self.answer


STORIES = {
    "en": Story(
        "en",
        "worcestershire",
        "E-mail",
        "mother@example.org",
        "Why did the second ambulance take so long?",
        "",
        "The second ambulance came from further away, because the nearer one was with somebody else.",
    ),
    "ur": Story(
        "ur",
        "leicester-leicestershire-rutland",
        "Text message",
        "07700 900123",
        "دوسری ایمبولینس کو اتنی دیر کیوں لگی؟",
        "Why did the second ambulance take so long?",
        "The second ambulance came from further away.",
        "دوسری ایمبولینس زیادہ دور سے آئی تھی۔",
    ),
}
TRANSLATOR = "Example Translations"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("language", ["en", "ur"])
def test_a_mother_reads_is_invited_asks_and_hears_back_when_she_is_ready(
    walk: Walk, live: Live, language: str, script: bool
) -> None:
    story = STORIES[language]
    child = f"{CHILD} {language}{'' if script else ' II'}"

    def somebody(who: str, code: str = "en", device: Any = DESK) -> Walker:
        secrets = (child, "Amina", story.question, story.answer, story.heard)
        title = f"main {language} {'script' if script else 'plain'} {who}"
        return walk(code, script=script, device=device, secrets=secrets, story=title)

    reads_before_anything_else(somebody("1 reader", language, PHONE), story)
    key_worker = somebody("2 key worker").sign_in("key worker", story.panel, look=True)
    invited = is_invited(key_worker, story, child)

    mother = somebody("3 mother", language, PHONE)
    mother.eye.unseen = (story.answer, story.heard)
    reference = asks(mother, invited, story)
    is_answered(somebody("4 coordinator").sign_in("coordinator", story.panel), story, reference)
    is_checked(somebody("5 chair").sign_in("chair", story.panel), story, reference)
    is_brought(key_worker, story, reference)
    hears_back(mother, invited, story, reference)
    the_key_worker_sees_the_choice(key_worker, child, reference)


def reads_before_anything_else(reader: Walker, story: Story) -> None:
    """A reader is led to their language, reads, changes the language and keeps the page, and chooses a panel."""
    reader.open("/").look("front page")
    assert reader.path() == f"/{story.language}/"
    reader.page.locator('main a[href$="/what-happens-next"]').click()
    reader.look("what happens next")
    for other in ("ur" if story.language == "en" else "en", story.language):
        reader.page.locator("nav.languages summary").click()
        reader.page.locator(f'nav.languages a[hreflang="{other}"]').click()
        assert reader.path() == f"/{other}/what-happens-next"
        reader.look("the same page in another language" if other != story.language else "and back")
    reader.page.locator(f'main a[href^="/{story.language}/{story.panel}/"]').first.click()
    reader.look("with a panel")
    assert f"/{story.language}/{story.panel}/" in reader.page.url
    assert reader.page.locator("footer .tel").count() >= 4


def is_invited(key_worker: Walker, story: Story, child: str) -> Invited:
    """The key worker invites the mother with a review that begins, notes the number, and her link goes out."""
    invited = invite(key_worker, story.language, story.way, story.address, child=child, look=True)
    key_worker.open(invited.page).look("one person, sent").reads("not opened yet")
    for word in (child, "Amina", "died", "death", "child", "panel", invited.number, *story.panel.split("-")[:1]):
        assert word not in invited.message
    assert f"/{story.language}/i/" in invited.link
    return invited


def asks(mother: Walker, invited: Invited, story: Story) -> str:
    """She opens the link, has one digit wrong at first, asks in her own language, and signs out."""
    mother.open(invited.link).look("link page")
    mother.press("Open my space").look("no number yet")
    wrong = invited.number[:-1] + str((int(invited.number[-1]) + 1) % 10)
    mother.fill("Your number", wrong).press("Open my space").look("wrong number")
    mother.reads("This link and this number do not open anything together. You have done nothing wrong.")
    number = (
        invited.number.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
        if story.language == "ur"
        else invited.number
    )
    mother.fill("Your number", number).press("Open my space").look("space")
    assert mother.path() == f"/{story.language}/your-space"
    assert mother.page.title().startswith(mother.says("Your space"))

    mother.follow("Ask a question").look("ask")
    mother.press("Look at it and send").look("nothing written yet")
    mother.fill("Your question", story.question).press("Look at it and send").look("looked at once more")
    mother.reads(story.question).press("Send my question").look("receipt")
    found = re.search(r"/kept/([A-Z0-9-]+)$", mother.path())
    assert found is not None, mother.path()
    mother.reads(story.question).reads(found.group(1))
    mother.follow("See what becomes of it").look("what became of it, first")
    mother.follow("What you wrote").look("what I wrote")
    mother.follow("Your devices and leaving").look("devices")
    mother.press("Sign out").look("signed out")
    mother.open(f"/{story.language}/your-space").look("signed out, and back").does_not_read(story.question)
    return found.group(1)


def is_answered(coordinator: Walker, story: Story, reference: str) -> None:
    """The coordinator takes the question up, puts it to a meeting, and drafts an answer."""
    coordinator.open("/panel/questions").look("questions").follow(reference).look("question")
    coordinator.reads(story.question).press("Take it up").look("taken up")
    question = coordinator.path()
    if story.in_english:
        coordinator.follow("Add a translation").look("translation")
        coordinator.fill("Translation into English", story.in_english).fill("Name of the translator", TRANSLATOR)
        coordinator.press("Keep the translation").look("translated").reads(story.question).reads(story.in_english)
    coordinator.open("/panel/meetings").look("meetings").follow("Plan a meeting").look("plan a meeting")
    coordinator.choose("Review meeting").fill("Day of the meeting", "4 December 2026").press("Plan the meeting")
    meeting = coordinator.look("one meeting").heading
    coordinator.open(question).follow("Put it to a meeting").look("put to a meeting")
    coordinator.page.get_by_label(meeting, exact=True).first.check()
    coordinator.press("Put it to this meeting").look("at a meeting")
    coordinator.follow("Draft an answer").look("draft").press("Keep this draft").look("draft, something missing")
    coordinator.choose("Answered in full").fill("The answer, in plain English", story.answer)
    if story.answer_translated:
        coordinator.fill("The same answer in Urdu", story.answer_translated).fill("Name of the translator", TRANSLATOR)
    coordinator.press("Keep this draft").look("drafted")


def is_checked(chair: Walker, story: Story, reference: str) -> None:
    """The chair reads the answer with fresh eyes."""
    chair.open("/panel/questions").follow(reference).follow("Check the answer").look("check")
    chair.reads(story.question).reads(story.answer)
    chair.choose("These words are plain, kind and true to what the panel decided")
    chair.press(re.compile("The answer can go to the")).look("checked")


def is_brought(key_worker: Walker, story: Story, reference: str) -> None:
    """The key worker tells the mother by telephone, and then lets her find the answer."""
    key_worker.open("/keyworker/").look("my families, an answer")
    key_worker.follow(f"An answer is ready for you to bring: {reference}").look("bring")
    key_worker.reads(story.question).reads(story.heard)
    key_worker.press("Let them find the answer").look("bring, not told yet")
    today = clock.now().date()
    key_worker.choose("By telephone").fill("On which day?", f"{today.day} {today:%B %Y}")
    key_worker.choose("I have told them that there is an answer, and how and when they can open it")
    key_worker.press("Let them find the answer").look("brought").reads("They have not said yet")


def hears_back(mother: Walker, invited: Invited, story: Story, reference: str) -> None:
    """She finds only that there is something, keeps it for later, and reads it when she wants to."""
    mother.enter(invited.link, invited.number).look("space with something")
    mother.reads("There is something from the panel about your question. It waits until you want it.")
    mother.open(f"/{story.language}/your-space/words/{reference}").look("what became of it, something")
    mother.follow("Choose how you want to hear it").look("four choices")
    mother.press("Keep it for later").look("kept for later")
    mother.reads("You are keeping it for later. It stays here, and nobody will remind you.")
    mother.eye.unseen = ()
    mother.press("Read it now").look("the answer").reads(story.heard)
    if story.answer_translated:
        mother.reads(TRANSLATOR)
        assert mother.main.inner_text().index(story.heard) < mother.main.inner_text().index(
            said("ur", "The same in English")
        )
    mother.eye.unseen = (story.answer, story.heard)
    mother.follow("Back to your space").look("space, afterwards")
    mother.press("Sign out")


def the_key_worker_sees_the_choice(key_worker: Walker, child: str, reference: str) -> None:
    """The key worker sees how she wanted to hear it."""
    key_worker.open("/keyworker/").follow(child).look("one family, afterwards").reads("They chose to read it.")
    key_worker.follow(f"Question {reference}").look("the question, afterwards").reads("They chose to read it.")
