"""One person's way through the twelve screens that are needed most, each in the state in which it is met."""

from collections.abc import Iterator

from portal.review.answers import Hearing
from tests.journeys.live import Live
from tests.journeys.walker import Walker

# What somebody writes, in their own letters.
WORDS = {
    "en": "Why did nobody ring us that night?\nI keep thinking about it.",
    "ur": "اس رات ہمیں کسی نے فون کیوں نہیں کیا؟\nمیں یہی سوچتی رہتی ہوں۔",
    "bn": "সেই রাতে কেউ আমাদের ফোন করল না কেন?\nআমি শুধু এটাই ভাবি।",
    "ar": "لماذا لم يتصل بنا أحد في تلك الليلة؟\nما زلت أفكر في ذلك.",
}
# The language of the person of the demonstration who goes this way: two of the scripts have nobody of their own.
READS = {"en": "en", "ur": "ur", "bn": "en", "ar": "en"}


def screens(walker: Walker, live: Live) -> Iterator[str]:
    """Lead a person through their space; yield the name of each screen while it is there to be looked at."""
    code, says = walker.code, walker.says
    person = live.family(READS[code])
    walker.page.set_default_navigation_timeout(60_000)  # whoever asks for a copy first waits until a PDF was tried
    home = f"/{code}/your-space"
    walker.open(person["link"].replace(f"/{READS[code]}/i/", f"/{code}/i/"))
    yield "1 the page behind a link"
    walker.fill("Your number", person["number"]).press("Open my space")
    walker.open(f"{home}/write/ask").fill("Your question", WORDS[code]).press("Keep it for later")
    yield "4 writing, with a draft that is kept"
    walker.open(home)
    yield "2 the start of the space"
    walker.open(f"{home}/tell")
    yield "3 what families often tell"
    walker.open(f"{home}/write/ask").press("Look at it and send")
    yield "5 looked at once more"
    walker.press("Send my question")
    yield "6 the receipt"
    walker.follow("See what becomes of it")
    yield "7 one thing that was written"
    yield from _an_answer(walker, home)
    yield from _the_review(walker, home)
    walker.open(f"{home}/reaching")
    yield "10 how I wish to be reached"
    walker.open(f"{home}/reaching/quiet-days")
    yield "10 quiet days"
    walker.open(f"{home}/leaving")
    yield "13 devices and leaving"
    walker.open(f"{home}/copy")
    yield "14 my own copy"
    walker.open(f"{home}/not-now")
    yield "11 not now, or not at all"
    walker.main.locator("button[name=presence]").first.click()
    walker.open(home)
    yield "11 a space that rests"
    walker.press("Come back to my space")
    walker.open(f"/{code}/ask-for-my-link")
    yield "12 asking for a link"
    walker.open(f"{home}/write/ask").fill("Your question", WORDS[code])
    walker.context.clear_cookies(name="family")  # the visit has ended meanwhile
    walker.page.get_by_role("button", name=says("Keep it for later"), exact=True).click()
    walker.page.locator("#number").wait_for()
    yield "12 words that came back"


def _an_answer(walker: Walker, home: str) -> Iterator[str]:
    """Find the question that has an answer; hear of it, and read it."""
    walker.open(f"{home}/words")
    for path in [link.get_attribute("href") or "" for link in walker.main.locator(".pages a").all()]:
        if walker.open(f"{path}/answer").status == 200:
            break
    if walker.main.locator("#answer").count():
        _choose(walker, Hearing.LATER)
    yield "8 an answer, with four choices"
    _choose(walker, Hearing.NOW)
    yield "8 an answer that is shown"
    _choose(walker, Hearing.LATER)


def _the_review(walker: Walker, home: str) -> Iterator[str]:
    """Choose to see where the review is, and put it away again."""
    walker.open(f"{home}/where")
    if walker.main.locator(".walk").count():
        _choose(walker, Hearing.LATER)
    yield "9 where are we now, before choosing"
    _choose(walker, Hearing.NOW)
    yield "9 where are we now"


def _choose(walker: Walker, hearing: Hearing) -> None:
    """Press one of the choices of how to hear something."""
    walker.main.locator(f"button[name=hearing][value='{hearing.value}']").click()
    walker.page.wait_for_load_state("load")
