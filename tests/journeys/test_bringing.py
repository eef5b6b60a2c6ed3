"""Bringing something with a real browser: a line that breaks, a message that is spoken, and all without script."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.family.hostile import picture
from tests.journeys.conftest import Walk
from tests.journeys.live import Live
from tests.journeys.walker import Walker

pytestmark = pytest.mark.browser
KEEP = "Keep it here. Nobody else sees it yet."


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    """A photograph of some megabytes."""
    path = tmp_path / "Marmalade.jpg"
    path.write_bytes(picture(size=(2600, 1900)))
    return path


def _inside(walk: Walk, live: Live, *, script: bool = True) -> Walker:
    person = live.family("en")
    walker = walk("en", script=script, permissions=["microphone"])
    walker.enter(person["link"], person["number"])
    return walker.open("/en/your-space/bring")


def test_a_photograph_goes_on_by_itself_when_the_line_comes_back(walk: Walk, live: Live, photograph: Path) -> None:
    page = _inside(walk, live).page
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 100, "downloadThroughput": 400_000, "uploadThroughput": 400_000}
    line.send("Network.emulateNetworkConditions", slow)
    page.get_by_label("The file").set_input_files(photograph)
    page.get_by_role("button", name=KEEP).click()
    expect(page.locator("#coming")).to_contain_text("megabytes have come")
    expect(page.locator("progress")).to_be_visible()
    line.send("Network.emulateNetworkConditions", {**slow, "offline": True})
    expect(page.locator("#coming")).to_contain_text("The connection is gone at the moment")
    line.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": -1, "downloadThroughput": -1})
    page.wait_for_url("**/brought/**", timeout=30_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your photograph")
    assert page.locator("img.brought").evaluate("one => one.naturalWidth") == 2000


def test_a_page_that_was_closed_goes_on_when_the_same_file_is_chosen_again(
    walk: Walk, live: Live, photograph: Path
) -> None:
    page = _inside(walk, live).page
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 0, "downloadThroughput": 400_000, "uploadThroughput": 500_000}
    line.send("Network.emulateNetworkConditions", slow)
    page.get_by_label("The file").set_input_files(photograph)
    with page.expect_request(lambda request: request.url.endswith("/part?at=262144"), timeout=20_000):
        page.get_by_role("button", name=KEEP).click()
    line.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": -1, "downloadThroughput": -1})
    page.goto(f"{live.base}/en/your-space/bring")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if "/part?" in request.url else None)
    page.get_by_label("The file").set_input_files(photograph)
    page.get_by_role("button", name=KEEP).click()
    page.wait_for_url("**/brought/**", timeout=30_000)
    assert sent
    assert not any(url.endswith("at=0") for url in sent)


def test_a_message_is_spoken_listened_to_and_sent(walk: Walk, live: Live) -> None:
    walker = _inside(walk, live)
    page = walker.page
    page.get_by_role("button", name="Start to speak").click()
    expect(page.locator("[data-record] [data-said]")).to_contain_text("It listens now")
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="Pause").click()
    expect(page.locator("[data-record] [data-said]")).to_contain_text("It does not listen now")
    page.get_by_role("button", name="Go on").click()
    page.wait_for_timeout(1000)
    page.get_by_role("button", name="Stop and listen to it").click()
    page.wait_for_url("**/brought/**", timeout=20_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your spoken message")
    plays = (
        "one => new Promise(go => { one.onloadeddata = () => go(true); one.onerror = () => go(false); one.load(); })"
    )
    assert page.locator("audio").evaluate("one => { one.preload = 'auto'; }") is None
    assert page.locator("audio").evaluate(plays)
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("We have your spoken message")


def test_what_was_spoken_until_the_page_was_gone_is_kept(walk: Walk, live: Live) -> None:
    page = _inside(walk, live).page
    with page.expect_response(lambda answer: "/part?" in answer.url, timeout=20_000):
        page.get_by_role("button", name="Start to speak").click()
    page.goto(f"{live.base}/en/your-space")
    page.get_by_text("Something that you bring has not come whole.").first.wait_for()
    page.get_by_role("link", name="Look at it").first.click()
    page.get_by_role("button", name="Keep what has come").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your spoken message")


def test_without_script_the_plain_form_does_it(walk: Walk, live: Live, photograph: Path) -> None:
    page = _inside(walk, live, script=False).page
    assert not page.get_by_role("button", name="Start to speak").is_visible()
    page.get_by_label("The file").set_input_files(photograph)
    page.get_by_role("button", name=KEEP).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your photograph")
