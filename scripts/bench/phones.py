"""Slow phones: some only connected, some sending a form drop by drop, some reading a page drop by drop.

Run as a program: phones.py HOST PORT COUNT SECONDS PATH. It says "ready" when all are connected, and "lost N" at the
end (N: connections that the server did not take).
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import sys
import time

DROP = 50
PAUSE = 0.5


async def idle(host: str, port: int, path: str, end: float) -> None:
    _, writer = await asyncio.open_connection(host, port)
    await asyncio.sleep(max(0.0, end - time.monotonic()))
    writer.close()


async def sending(host: str, port: int, path: str, end: float) -> None:
    _, writer = await asyncio.open_connection(host, port)
    head = f"POST {path} HTTP/1.1\r\nHost: {host}:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    writer.write(f"{head}Content-Length: 100000\r\n\r\n".encode())
    while time.monotonic() < end:
        writer.write(b"x" * DROP)
        await writer.drain()
        await asyncio.sleep(PAUSE)
    writer.close()


async def reading(host: str, port: int, path: str, end: float) -> None:
    loop = asyncio.get_running_loop()
    with socket.socket() as phone:
        phone.setblocking(False)
        phone.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        await loop.sock_connect(phone, (host, port))
        request = f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\n\r\n".encode()
        await loop.sock_sendall(phone, request)
        while time.monotonic() < end:
            taken = await asyncio.wait_for(loop.sock_recv(phone, DROP), 5)
            if not taken:
                return
            await asyncio.sleep(PAUSE)


async def crowd(host: str, port: int, count: int, seconds: float, path: str) -> int:
    end = time.monotonic() + seconds
    lost = 0

    async def one(number: int) -> None:
        nonlocal lost
        kind = (idle, sending, reading)[number % 3]
        while time.monotonic() < end:
            try:
                await kind(host, port, path, end)
            except TimeoutError:
                continue
            except OSError:
                lost += 1
                await asyncio.sleep(0.5)

    phones = [asyncio.create_task(one(number)) for number in range(count)]
    await asyncio.sleep(1 + count / 1000)
    print("ready", flush=True)
    await asyncio.gather(*phones)
    return lost


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        _, given_host, given_port, given_count, given_seconds, given_path = sys.argv
        missed = asyncio.run(crowd(given_host, int(given_port), int(given_count), float(given_seconds), given_path))
        print("lost", missed, flush=True)
