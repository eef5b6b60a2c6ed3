"""Mails that come back, from real mail servers: each says what it says, once, about its own message and no other."""

import itertools
import os
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest
import time_machine
from flask import Flask
from structlog.testing import capture_logs

from portal.courier import bounces
from portal.courier.bounces import Mailed, mark_of
from portal.courier.courier import deliver_all, doubt, every_minute
from portal.house import House
from portal.review import messages, sent
from portal.review.messages import Message, Travel
from portal.review.people import FamilyMember, StaffMember
from portal.sealing import Keyring
from portal.settings import ROOT, Settings, unsafe
from tests import make
from tests.courier import reports
from tests.courier.outbox import a_courier, an_invitation, environment, later, state, with_settings
from tests.courier.reports import READER, plain, report
from tests.courier.servers import Mailroom, Postbox, a_mail_server, kill

ADDRESS = "bounces@reviews.example.org"


@dataclass
class Post:
    """The mail server of the reader's side, and ours for what comes back."""

    home: House
    theirs: Postbox
    port_of_ours: int
    folder: Path

    def send_back(self, mail: bytes, to: str = "") -> None:
        """Let their server send a mail to where ours came from, as servers do: from nobody."""
        with smtplib.SMTP("127.0.0.1", self.port_of_ours) as server:
            server.sendmail("", to or self.theirs.senders[-1], mail)

    def lying(self, where: str = "new") -> int:
        """How many mails lie in our folder."""
        return len(list((self.folder / where).iterdir()))


@pytest.fixture
def post(house: House, tmp_path: Path) -> Iterator[Post]:
    folder = tmp_path / "bounces"
    with a_mail_server() as (theirs, port), a_mail_server(box=Mailroom(folder)) as (_, ours):
        home = with_settings(
            house,
            email_channel="smtp",
            smtp_host="127.0.0.1",
            smtp_port=port,
            smtp_tls=False,
            bounce_address=ADDRESS,
            bounce_maildir=folder,
        )
        assert unsafe(home.settings) == []
        yield Post(home, theirs, ours, folder)


def _to(home: House, message_id: UUID) -> str:
    return bounces.marked(ADDRESS, mark_of(home.vault.keyring, message_id))


def test_each_email_leaves_with_a_senders_address_of_its_own_that_tells_nothing(app: Flask, post: Post) -> None:
    ids = [an_invitation(post.home) for _ in range(2)]
    deliver_all(post.home, app)
    assert sorted(post.theirs.senders) == sorted(_to(post.home, one) for one in ids)
    assert all(len(one.partition("@")[0]) <= 64 for one in post.theirs.senders)
    assert {mail["From"] for mail in post.theirs.mails} == {"your-space@example.org"}
    assert post.theirs.asked == [], "this server does not know how to report"


def test_a_server_that_can_report_is_asked_to_and_gives_no_link_back(app: Flask, post: Post) -> None:
    post.theirs.knows_reports = True
    message_id = an_invitation(post.home)
    deliver_all(post.home, app)
    assert state(post.home, message_id) is Travel.SENT
    mark = mark_of(post.home.vault.keyring, message_id).upper()
    assert {"RET=HDRS", f"ENVID={mark}", "NOTIFY=SUCCESS,FAILURE,DELAY"} <= set(post.theirs.asked)


def test_where_nobody_reads_what_comes_back_nothing_is_asked_for(app: Flask, post: Post) -> None:
    post.theirs.knows_reports = True
    an_invitation(post.home)
    deliver_all(with_settings(post.home, bounce_address=""), app)
    assert post.theirs.senders == ["your-space@example.org"]
    assert post.theirs.asked == []


@pytest.mark.parametrize(
    ("action", "status", "kind", "fate"),
    [
        ("failed", "5.1.1", "delivery-status", Travel.CAME_BACK),
        ("failed", "4.4.7", "delivery-status", Travel.CAME_BACK),  # their server gave up
        ("Failed", "5.2.2", "global-delivery-status", Travel.CAME_BACK),
        ("delayed", "4.4.1", "delivery-status", Travel.DELAYED),
        ("delivered", "2.0.0", "delivery-status", Travel.ARRIVED),
        ("relayed", "2.0.0", "delivery-status", Travel.SENT),
        ("expanded", "2.0.0", "delivery-status", Travel.SENT),
        ("", "5.1.1", "delivery-status", Travel.SENT),
    ],
)
def test_a_report_is_taken_in_and_the_mail_is_deleted(
    app: Flask, post: Post, action: str, status: str, kind: str, fate: Travel
) -> None:
    message_id = an_invitation(post.home)
    deliver_all(post.home, app)
    post.send_back(report(post.theirs.senders[0], action, status, kind=kind))
    assert post.lying() == 1
    every_minute(post.home)
    assert state(post.home, message_id) is fate
    assert (post.lying(), post.lying("cur")) == (0, 0)


def test_a_report_that_lost_our_address_on_its_way_is_known_by_what_was_asked_with_the_mail(
    app: Flask, post: Post
) -> None:
    message_id = an_invitation(post.home)
    deliver_all(post.home, app)
    mark = mark_of(post.home.vault.keyring, message_id)
    post.send_back(report(ADDRESS, "failed", "5.1.1", envelope_id=mark), to=ADDRESS)
    every_minute(post.home)
    assert state(post.home, message_id) is Travel.CAME_BACK


def test_reports_twice_and_in_any_order_come_to_the_same(app: Flask, post: Post) -> None:
    said = [("relayed", Travel.SENT), ("delayed", Travel.DELAYED), ("delivered", Travel.ARRIVED)]
    said.append(("failed", Travel.CAME_BACK))
    for many in (2, 3):
        for chosen in itertools.combinations(said, many):
            for order in itertools.permutations(chosen):
                message_id = an_invitation(post.home)
                deliver_all(post.home, app)
                for action, _ in [*order, order[0]]:
                    assert bounces.take_in(post.home, report(_to(post.home, message_id), action, "5.0.0"))
                assert state(post.home, message_id) is chosen[-1][1], order


def test_a_report_heard_twice_leaves_the_hour_of_the_first(app: Flask, post: Post) -> None:
    message_id = an_invitation(post.home)
    deliver_all(post.home, app)
    bounces.take_in(post.home, report(_to(post.home, message_id), "failed", "5.1.1"))
    with post.home.database.reading() as db:
        first = db.get_one(Message, message_id).settled_at
    with time_machine.travel(later(hours=5)):
        bounces.take_in(post.home, report(_to(post.home, message_id), "failed", "5.1.1"))
    with post.home.database.reading() as db:
        assert db.get_one(Message, message_id).settled_at == first


@pytest.mark.parametrize(
    ("text", "more", "fate"),
    [
        (reports.QMAIL, {}, Travel.CAME_BACK),
        ("It did not work.", {"X_Failed_Recipients": READER, "Auto_Submitted": "auto-replied"}, Travel.CAME_BACK),
        ("550 5.1.10 RESOLVER.ADR", {"sender": "MicrosoftExchange329e71ec88ae4615@example.org"}, Travel.CAME_BACK),
        ("Remote server said: 554 no", {"sender": "Postmaster <postmaster@example.org>"}, Travel.CAME_BACK),
        (reports.EXIM_WARNING, {}, Travel.DELAYED),
        (reports.DOMINO, {}, Travel.UNCERTAIN),
        (reports.QMAIL, {"Auto_Submitted": "auto-replied"}, Travel.SENT),
        ("I am away until Monday. Ring 550 5.1.1.", {"sender": READER, "Precedence": "bulk"}, Travel.SENT),
        ("I am away.", {"sender": READER, "Auto_Submitted": "auto-replied"}, Travel.SENT),
    ],
)
def test_a_mail_in_words_counts_only_from_a_mail_system_and_only_as_far_as_it_is_clear(
    app: Flask, post: Post, text: str, more: dict[str, str], fate: Travel
) -> None:
    message_id = an_invitation(post.home)
    deliver_all(post.home, app)
    assert bounces.take_in(post.home, plain(_to(post.home, message_id), text, **more)) is Mailed.A_REPORT
    assert state(post.home, message_id) is fate


def test_a_note_that_a_mail_was_shown_says_nothing_here(app: Flask, post: Post) -> None:
    message_id = an_invitation(post.home)
    deliver_all(post.home, app)
    assert bounces.take_in(post.home, reports.read_receipt(_to(post.home, message_id)))
    assert state(post.home, message_id) is Travel.SENT


def test_a_forged_report_changes_nothing_and_stays_for_whoever_reads_the_folder(
    app: Flask, post: Post, tmp_path: Path
) -> None:
    message_id, other = an_invitation(post.home), an_invitation(post.home)
    deliver_all(post.home, app)
    Keyring.make(tmp_path / "another.json")
    mark = mark_of(post.home.vault.keyring, other)
    forged = [
        f"{message_id.hex}.{'0' * 16}",
        f"{message_id.hex}.{mark.partition('.')[2]}",
        mark_of(Keyring.read(tmp_path / "another.json"), message_id),
        message_id.hex,
        f"{mark}0",
    ]
    for one in forged:
        post.send_back(report(f"bounces+{one}@reviews.example.org", "failed", "5.1.1", envelope_id=one), to=ADDRESS)
    every_minute(post.home)
    assert {state(post.home, one) for one in (message_id, other)} == {Travel.SENT}
    assert (post.lying(), post.lying("cur")) == (0, len(forged))
    assert all(one.name.endswith(":2,S") for one in (post.folder / "cur").iterdir())


def test_a_report_of_a_message_that_is_gone_from_the_database_changes_nothing(post: Post) -> None:
    assert bounces.take_in(post.home, report(_to(post.home, uuid4()), "failed", "5.1.1"))


def test_mails_that_nobody_can_read_hold_up_nobody(app: Flask, post: Post) -> None:
    message_id = an_invitation(post.home)
    deliver_all(post.home, app)
    whole = report(post.theirs.senders[0], "failed", "5.1.1")
    for number, broken in enumerate([b"", b"\xff\xfe\x00", b"Content-Type: message/delivery-status\n\n", whole[:300]]):
        (post.folder / "new" / str(number)).write_bytes(broken)
    post.send_back(whole)
    every_minute(post.home)
    assert state(post.home, message_id) is Travel.CAME_BACK
    assert post.lying() == 0


def test_a_mail_that_bears_no_mark_of_ours_is_not_even_taken_apart(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    taken_apart: list[bytes] = []
    monkeypatch.setattr(bounces, "message_from_bytes", taken_apart.append)
    forged = f"bounces+{uuid4().hex}.{'0' * 16}@reviews.example.org"
    heavy = b"Content-Type: message/delivery-status\n\n" + b"\n" * bounces.MOST
    assert bounces.take_in(post.home, report(forged, "failed", "5.1.1")) is Mailed.NOT_OURS
    assert bounces.take_in(post.home, heavy) is Mailed.NOT_OURS
    assert taken_apart == []


def test_what_cannot_be_read_in_the_folder_holds_up_nobody(app: Flask, post: Post) -> None:
    message_id = an_invitation(post.home)
    deliver_all(post.home, app)
    (post.folder / "new" / "0").mkdir()
    post.send_back(report(post.theirs.senders[0], "failed", "5.1.1"))
    every_minute(post.home)
    assert state(post.home, message_id) is Travel.CAME_BACK
    assert [one.name for one in (post.folder / "new").iterdir()] == ["0"]


def test_a_line_that_breaks_after_the_last_word_is_uncertain_until_a_report_comes(app: Flask, post: Post) -> None:
    for action, fate in (("delivered", Travel.ARRIVED), ("failed", Travel.CAME_BACK), ("delayed", Travel.DELAYED)):
        post.theirs.at_data = _hang_up
        message_id = an_invitation(post.home)
        deliver_all(post.home, app)
        assert state(post.home, message_id) is Travel.UNCERTAIN
        post.send_back(report(post.theirs.senders[-1], action, "5.0.0"))
        every_minute(post.home)
        assert state(post.home, message_id) is fate
    assert len(post.theirs.mails) == 3


def _hang_up() -> None:
    raise ConnectionResetError("the line broke")


@pytest.mark.parametrize(("action", "fate"), [("delivered", Travel.ARRIVED), ("failed", Travel.CAME_BACK)])
def test_a_message_that_went_although_its_server_said_later_does_not_go_again(
    app: Flask, post: Post, action: str, fate: Travel
) -> None:
    post.theirs.after_data = "451 later, please"
    message_id = an_invitation(post.home)
    deliver_all(post.home, app)
    assert state(post.home, message_id) is Travel.WAITING
    post.send_back(report(post.theirs.senders[0], action, "5.1.1"))
    every_minute(post.home)
    post.theirs.after_data = "250 taken"
    with time_machine.travel(later(hours=3)):
        assert deliver_all(post.home, app) == 0
    assert state(post.home, message_id) is fate
    assert post.theirs.mails == []


def test_a_report_about_what_never_left_changes_nothing(app: Flask, post: Post) -> None:
    message_id = an_invitation(post.home)
    bounces.take_in(post.home, report(_to(post.home, message_id), "failed", "5.1.1"))
    assert state(post.home, message_id) is Travel.WAITING


def test_a_report_that_comes_after_a_person_saw_to_it_changes_nothing(app: Flask, post: Post) -> None:
    message_id = an_invitation(post.home)
    deliver_all(post.home, app)
    bounces.take_in(post.home, report(_to(post.home, message_id), "failed", "5.1.1"))
    with post.home.database.writing() as db:
        message = db.get_one(Message, message_id)
        by = db.get_one(StaffMember, message.by_staff_id)
        sent.seen_to(db, by, message, db.get_one(FamilyMember, message.family_member_id))
    bounces.take_in(post.home, report(_to(post.home, message_id), "delivered", "2.0.0"))
    assert state(post.home, message_id) is Travel.STOPPED


def test_a_mail_to_staff_that_comes_back_is_settled_and_its_words_stay_forgotten(app: Flask, post: Post) -> None:
    with post.home.database.writing() as db:
        message_id = messages.queue_for_staff(db, make.a_coordinator(db), "Your sign-in", "Words").id
    deliver_all(post.home, app)
    post.send_back(report(post.theirs.senders[0], "failed", "5.1.1"))
    every_minute(post.home)
    with post.home.database.reading() as db:
        message = db.get_one(Message, message_id)
        assert (message.state, message.text) == (Travel.CAME_BACK, None)


def test_what_is_logged_of_a_mail_that_came_back_names_nobody(
    app: Flask, post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    with capture_logs() as logged, caplog.at_level("DEBUG"):
        message_id = an_invitation(post.home)
        deliver_all(post.home, app)
        post.send_back(report(post.theirs.senders[0], "failed", "5.1.1"))
        post.send_back(plain("somebody@reviews.example.org", f"Hello, {READER} here"), to=ADDRESS)
        every_minute(post.home)
    ours = [one.getMessage() for one in caplog.records if one.name not in ("mail.log", "mail.debug")]
    said = " ".join([*(str(line) for line in logged), *ours])
    assert str(message_id) in said
    assert "came back" in said
    for private in ("amina", "somebody", "bounces+", "private link", "5.1.1", "Hello"):
        assert private not in said


def _command(settings: Settings, mail: bytes) -> int:
    asked = [sys.executable, "-m", "portal", "bounce"]
    return subprocess.run(asked, input=mail, cwd=ROOT, env=environment(settings), timeout=60, check=False).returncode


@pytest.mark.whole
def test_a_mail_server_hands_a_mail_to_the_command_and_keeps_it_while_nobody_can_take_it_in(
    app: Flask, post: Post, tmp_path: Path
) -> None:
    message_id = an_invitation(post.home)
    deliver_all(post.home, app)
    mail = report(post.theirs.senders[0], "failed", "5.1.1")
    away = post.home.settings.model_copy(update={"database": f"sqlite:///{tmp_path}/nothing.db"})
    assert _command(away, mail) == os.EX_TEMPFAIL
    assert state(post.home, message_id) is Travel.SENT
    assert _command(post.home.settings, mail) == 0
    assert state(post.home, message_id) is Travel.CAME_BACK
    assert _command(post.home.settings, mail) == 0
    assert _command(post.home.settings, b"From: READER\n\nHello") == 0


def _killed_when(settings: Settings, what: str) -> None:
    """Let a process take in what lies in the folder, and end it at one point, as a power cut would."""
    script = f"""
import os, sys
from pathlib import Path
from portal.app import build_house
from portal.courier import bounces, fates
from portal.review import messages
from portal.settings import Settings
home = build_house(Settings())
print("ready", flush=True)
sys.stdin.readline()
def end(*_, **__): os.kill(os.getpid(), 9)
{what} = end
bounces.take_in_all(home)
"""
    process = a_courier(settings, script)
    process.communicate("go\n", timeout=60)
    assert process.returncode == -9


@pytest.mark.whole
@pytest.mark.parametrize(
    ("what", "known"),
    [
        ("bounces.read", Travel.SENT),
        ("messages.settle", Travel.SENT),
        ("fates.log.info", Travel.CAME_BACK),
        ("Path.unlink", Travel.CAME_BACK),
    ],
)
def test_a_process_killed_while_it_takes_a_mail_in_loses_nothing(
    app: Flask, post: Post, what: str, known: Travel
) -> None:
    message_id = an_invitation(post.home)
    deliver_all(post.home, app)
    post.send_back(report(post.theirs.senders[0], "failed", "5.1.1"))
    _killed_when(post.home.settings, what)
    assert state(post.home, message_id) is known
    assert post.lying() == 1
    every_minute(post.home)
    assert state(post.home, message_id) is Travel.CAME_BACK
    assert post.lying() == 0


@pytest.mark.whole
@pytest.mark.parametrize(("action", "fate"), [("delivered", Travel.ARRIVED), ("failed", Travel.CAME_BACK)])
@pytest.mark.parametrize("when", ["before the report comes", "after the report came"])
def test_a_courier_killed_after_the_last_word_sent_once_and_the_report_says_what_became_of_it(
    app: Flask, post: Post, action: str, fate: Travel, when: str
) -> None:
    message_id = an_invitation(post.home)
    courier = a_courier(post.home.settings)
    post.theirs.at_data = lambda: kill(courier.pid)
    courier.communicate("go\n", timeout=60)
    assert state(post.home, message_id) is Travel.BEING_SENT
    mail = report(post.theirs.senders[0], action, "5.1.1")
    if when == "after the report came":
        bounces.take_in(post.home, mail)
        assert state(post.home, message_id) is fate
    with time_machine.travel(later(minutes=6)):
        doubt(post.home)
        if when == "before the report comes":
            assert state(post.home, message_id) is Travel.UNCERTAIN
        bounces.take_in(post.home, mail)
        deliver_all(post.home, app)
    assert state(post.home, message_id) is fate
    assert len(post.theirs.mails) == 1


def test_settings_that_could_not_work_are_named(post: Post, tmp_path: Path) -> None:
    long = with_settings(post.home, bounce_address="a-much-too-long-name@example.org")
    odd = with_settings(post.home, bounce_address="bounces@reviews.exämple.org")
    gaps = with_settings(post.home, bounce_address="our bounces@reviews.example.org")
    nowhere = with_settings(post.home, bounce_maildir=tmp_path / "nowhere")
    short = with_settings(post.home, notify_callback_token="short")
    wrong = [(one, "bounce_address") for one in (long, odd, gaps)]
    for home, word in (*wrong, (nowhere, "bounce_maildir"), (short, "notify_callback_token")):
        (reason,) = unsafe(home.settings)
        assert word in reason


@pytest.mark.parametrize("way_in", ["the folder", "the pipe"])
def test_what_a_person_wrote_in_answer_is_never_deleted(app: Flask, post: Post, way_in: str) -> None:
    message_id = an_invitation(post.home)
    deliver_all(post.home, app)
    answer = plain(_to(post.home, message_id), "Please ring me, I cannot open it. 550 thanks", "amina@example.org")
    if way_in == "the pipe":
        assert _command(post.home.settings, answer) == os.EX_NOUSER
    else:
        post.send_back(answer)
        every_minute(post.home)
        assert (post.lying("new"), post.lying("cur")) == (0, 1)
    assert state(post.home, message_id) is Travel.SENT


def test_of_what_is_delayed_and_never_heard_of_again_nobody_is_certain(app: Flask, post: Post) -> None:
    message_id = an_invitation(post.home)
    deliver_all(post.home, app)
    bounces.take_in(post.home, report(_to(post.home, message_id), "delayed", "4.4.1"))
    with time_machine.travel(later(hours=24 * 5)):
        every_minute(post.home)
        assert state(post.home, message_id) is Travel.DELAYED
    with time_machine.travel(later(hours=24 * 6 + 1)):
        every_minute(post.home)
        assert state(post.home, message_id) is Travel.UNCERTAIN
