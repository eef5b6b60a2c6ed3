"""A real mail server and a stand-in for Notify's documented interface, both on this machine and both with moods."""

import json
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mailbox import Maildir
from pathlib import Path
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import jwt
import requests
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask
from werkzeug.serving import make_server

NOTIFY_SERVICE, NOTIFY_SECRET = str(uuid4()), str(uuid4())
NOTIFY_KEY = f"portal-{NOTIFY_SERVICE}-{NOTIFY_SECRET}"


@dataclass
class Postbox:
    """What a mail server has taken, and how it behaves."""

    mails: list[EmailMessage] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)  # what was asked for with each mail and each address (RFC 3461)
    knows_reports: bool = False
    refuses: dict[str, str] = field(default_factory=dict)  # address -> answer
    to_sender: str = "250 OK"
    after_data: str = "250 taken"
    at_data: Callable[[], None] = lambda: None
    at_hello: Callable[[], None] = lambda: None

    async def handle_EHLO(  # noqa: N802 - its name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.at_hello()
        return [*responses[:-1], *(["250-DSN"] if self.knows_reports else []), *responses[-1:]]

    async def handle_MAIL(  # noqa: N802 - its name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address or "<>"  # aiosmtpd takes an empty one for none
        self.senders.append(address)
        self.asked += options
        return self.to_sender

    async def handle_RCPT(  # noqa: N802 - its name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        self.asked += options
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - its name
        if self.after_data.startswith("250"):
            content = envelope.content
            assert isinstance(content, bytes)
            self.mails.append(message_from_bytes(content, policy=policy.default))
        self.at_data()
        return self.after_data


class _Server(SMTP):
    def _getparams(self, params: Sequence[str]) -> dict[str, str | bool] | None:  # aiosmtpd knows none of RFC 3461
        known = self.event_handler.knows_reports
        return super()._getparams(
            [one for one in params if not (known and one.startswith(("RET=", "ENVID=", "NOTIFY=")))]
        )


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Server(self.handler, **self.SMTP_kwargs)


@contextmanager
def a_mail_server(port: int = 0, **options: Any) -> Iterator[tuple[Postbox, int]]:
    """Run a mail server; yields what it takes, and its port."""
    box = options.pop("box", None) or Postbox()
    controller = _Controller(box, hostname="127.0.0.1", port=port or a_free_port(), **options)
    controller.start()
    try:
        yield box, controller.port
    finally:
        controller.stop()


class Mailroom(Postbox):
    """The mail server of our own address: it puts what comes into a Maildir, whole and under its final name."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.maildir = Maildir(folder)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - its name
        content = envelope.content
        assert isinstance(content, bytes)
        self.maildir.add(f"Delivered-To: {envelope.rcpt_tos[0]}\r\n".encode() + content)
        return self.after_data


def a_free_port() -> int:
    """Return a port at which nobody listens."""
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def kill(process_id: int) -> None:
    """End a process as a power cut would."""
    os.kill(process_id, signal.SIGKILL)


@dataclass
class Notify:
    """What the stand-in has taken, and how it behaves."""

    url: str = ""
    taken: list[dict[str, Any]] = field(default_factory=list)
    fates: dict[str, str] = field(default_factory=dict)  # id -> status
    refuses: dict[str, tuple[int, str, str]] = field(default_factory=dict)  # address -> status, kind, message
    answers: int = 201  # to every message that comes in
    takes_although: bool = False  # it says that it failed, and has taken the message all the same
    hangs_up: bool = False  # it takes the message and says nothing at all
    asked: int = 0
    silent: bool = False  # to questions
    at_taken: Callable[[dict[str, Any]], object] = lambda one: None  # before it answers
    lock: Lock = field(default_factory=Lock)

    def take(self, kind: str, body: dict[str, Any]) -> dict[str, Any]:
        one = {"id": str(uuid4()), "type": kind, **body}
        with self.lock:
            self.taken.append(one)
        return one

    def call_back(self, portal: str, token: str, one: dict[str, Any], status: str) -> int:
        """Say what became of a message, as the documentation has it; returns the answer's status."""
        now = "2026-11-22T14:15:30.000000Z"
        said = {
            "id": one["id"],
            "reference": one["reference"],
            "to": one.get("email_address") or one["phone_number"],
            "status": status,
            "created_at": now,
            "completed_at": now,
            "sent_at": now,
            "notification_type": one["type"],
            "template_id": str(uuid4()),
            "template_version": 1,
        }
        answer = requests.post(f"{portal}/receipts/notify", json=said, headers={"Authorization": f"Bearer {token}"})
        return answer.status_code

    def shown(self, one: dict[str, Any]) -> dict[str, Any]:
        status = self.fates.get(one["id"], "sending")
        return {"id": one["id"], "reference": one["reference"], "type": one["type"], "status": status}


@contextmanager
def a_portal(app: Flask) -> Iterator[str]:
    """Serve a portal on this machine; yields its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def a_notify() -> Iterator[Notify]:
    """Run the stand-in."""
    notify = Notify()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if not self._known():
                return self._say(403, _problem(403, "AuthError", "Invalid token: API key not found"))
            kind = urlsplit(self.path).path.removeprefix("/v2/notifications/")
            address = body.get("phone_number" if kind == "sms" else "email_address")
            if address in notify.refuses:
                return self._say(notify.refuses[address][0], _problem(*notify.refuses[address]))
            if notify.answers == 201 or notify.takes_although:
                one = notify.take(kind, body)
                notify.at_taken(one)
                if notify.hangs_up:
                    self.close_connection = True
                    return None
                if notify.answers == 201:
                    return self._say(201, {"id": one["id"], "reference": one["reference"], "content": {}})
            return self._say(notify.answers, _problem(notify.answers, "Exception", "Internal server error"))

        def do_GET(self) -> None:
            notify.asked += 1
            path = urlsplit(self.path)
            if notify.silent or not self._known():
                return self._say(500, _problem(500, "Exception", "Internal server error"))
            if path.path == "/v2/notifications":
                reference = parse_qs(path.query)["reference"][0]
                found = [notify.shown(one) for one in notify.taken if one["reference"] == reference]
                return self._say(200, {"notifications": found, "links": {}})
            wanted = path.path.rpartition("/")[2]
            for one in notify.taken:
                if one["id"] == wanted:
                    return self._say(200, notify.shown(one))
            return self._say(404, _problem(404, "NoResultFound", "No result found"))

        def _known(self) -> bool:
            token = self.headers["Authorization"].removeprefix("Bearer ")
            try:
                return bool(jwt.decode(token, NOTIFY_SECRET, ["HS256"], options={"verify_iat": False})["iss"])
            except jwt.InvalidTokenError:
                return False

        def _say(self, status: int, body: dict[str, Any]) -> None:
            text = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    notify.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield notify
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _problem(status: int, kind: str, message: str) -> dict[str, Any]:
    return {"status_code": status, "errors": [{"error": kind, "message": message}]}
