"""An event loop in a thread of its own: the browser of the journeys, in the same process, keeps one running in ours."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def run(story: Coroutine[Any, Any, T]) -> T:
    """Run a story to its end and return what it returned."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, story).result()
