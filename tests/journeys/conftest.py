"""A live portal, a real browser, and the people who walk through it."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.journeys import live as portal
from tests.journeys.live import Live
from tests.journeys.walker import Walker

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # no test asks a real site
    "--use-fake-device-for-media-stream",  # a telephone that hears a beep, and whose owner says yes to the microphone
    "--use-fake-ui-for-media-stream",
]
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
Walk = Callable[..., Walker]


def chromium() -> str | None:
    """Return where the browser is."""
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else shutil.which("chromium-headless-shell") or shutil.which("chromium")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Start the browser that this machine has; without one these tests cannot speak."""
    path = chromium()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("There is no Chromium here, and CI must not pass without it.")
        pytest.skip("There is no Chromium here; CHROMIUM=/path/to/chromium names one.")
    return {"executable_path": path, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def live(browser_type_launch_args: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """One running portal with its demonstration, for every journey of this process."""
    running = portal.start(tmp_path_factory.mktemp("live") / "var")
    yield running
    assert running.stop() == 0, "The portal did not end cleanly."


@pytest.fixture
def walk(browser: Browser, live: Live) -> Iterator[Walk]:
    """Give somebody a browser of their own: ``walk("ur", script=False, device=DESK)``."""
    contexts: list[BrowserContext] = []

    def begin(code: str = "en", *, script: bool = True, device: dict[str, Any] = PHONE, **more: Any) -> Walker:
        story, secrets = more.pop("story", ""), more.pop("secrets", ())
        context = browser.new_context(
            base_url=live.base, locale={"en": "en-GB"}.get(code, code), java_script_enabled=script, **device, **more
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return Walker(context, live, code, script, story, secrets)

    yield begin
    for context in contexts:
        context.close()


@pytest.fixture
def key_worker(walk: Walk) -> Walker:
    """A key worker at their desk."""
    return walk(device=DESK).sign_in("key worker", "west-of-england")
