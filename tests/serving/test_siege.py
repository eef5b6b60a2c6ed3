"""A siege of one thing holds up nothing else: slow work has lines of its own, and half-sent forms a limit in memory."""

from __future__ import annotations

import asyncio
import re
import threading
from typing import Any

from flask import Flask

from portal.serving.asgi import SMALL, Front
from portal.serving.ready import ReadyPages
from tests.serving.loops import run
from tests.serving.test_front import ask

LONG = b"words=" + b"x" * (SMALL * 2)


def test_a_crowd_at_the_slow_door_holds_up_no_other(app: Flask, pages: ReadyPages) -> None:
    go_on = threading.Event()

    @app.post("/i/<secret>")
    def slow(secret: str) -> str:
        assert go_on.wait(20)
        return secret

    front = Front(app.wsgi_app, pages, threads=1, slow_posts=[re.compile("/i/")])

    async def together() -> list[int]:
        crowd = [asyncio.ensure_future(ask(front, "POST", f"/i/{number}")) for number in range(30)]
        await asyncio.sleep(0.05)
        others = [await asyncio.wait_for(ask(front, "GET", path), 10) for path in ("/private", "/asked")]
        go_on.set()
        return [status for status, _, _ in [*others, *await asyncio.gather(*crowd)]]

    assert set(run(together())) == {200}


def test_half_sent_forms_hold_only_so_much_together_and_small_ones_always_get_in(app: Flask, pages: ReadyPages) -> None:
    front = Front(app.wsgi_app, pages, held_limit=len(LONG))

    async def siege() -> tuple[int, int, int, int]:
        never = asyncio.Event()
        first = True

        async def half() -> dict[str, Any]:
            nonlocal first
            if not first:
                await never.wait()
            first = False
            return {"type": "http.request", "body": LONG, "more_body": True}

        stuck = asyncio.ensure_future(ask(front, "POST", "/ask", receive=half))
        await asyncio.sleep(0.05)
        large = (await ask(front, "POST", "/ask", pieces=[LONG]))[0]
        small = (await ask(front, "POST", "/ask", pieces=[b"words=short"]))[0]
        stuck.cancel()
        await asyncio.gather(stuck, return_exceptions=True)
        after = (await ask(front, "POST", "/ask", pieces=[LONG]))[0]
        return large, small, after, front._held[0]

    assert run(siege()) == (503, 200, 200, 0)
