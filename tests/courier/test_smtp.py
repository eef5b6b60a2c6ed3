"""E-mail over a real mail server: taken, refused, not now, broken off; in clear only where the settings allow it."""

import ssl
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from flask import Flask

from portal import clock
from portal.courier.courier import deliver_all
from portal.house import House
from portal.letters import letter
from portal.review.messages import Kind, Travel
from portal.review.people import Way
from tests.courier.outbox import an_invitation, later, link_in, opens, state, with_settings
from tests.courier.servers import a_free_port, a_mail_server


def _by_smtp(house: House, port: int, **more: object) -> House:
    changes = {"email_channel": "smtp", "smtp_host": "localhost", "smtp_port": port, "smtp_tls": False, **more}
    return with_settings(house, **changes)


def _part(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content())


def test_an_email_has_two_parts_with_the_same_words_and_says_that_a_machine_sent_it(app: Flask, house: House) -> None:
    with a_mail_server() as (box, port):
        message_id = an_invitation(house)
        deliver_all(_by_smtp(house, port), app)
    (mail,) = box.mails
    assert state(house, message_id) is Travel.SENT
    assert mail["From"] == "your-space@example.org"
    assert mail["To"] == "amina@example.org"
    assert mail["Subject"] == "Your private link"
    assert mail["Message-ID"] == f"<{message_id}@example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "List-Unsubscribe" not in mail
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    link = link_in(_part(mail, "plain"))
    assert f'<a href="{link}" dir="ltr">{link}</a>' in _part(mail, "html").replace("<wbr>", "")
    assert opens(house, message_id, link)


@pytest.mark.parametrize("language", ["en", "ur", "pl"])
def test_the_words_arrive_as_they_were_written_in_every_language(app: Flask, house: House, language: str) -> None:
    with a_mail_server() as (box, port):
        an_invitation(house, language=language)
        deliver_all(_by_smtp(house, port), app)
    (mail,) = box.mails
    text = _part(mail, "plain").replace("\r\n", "\n").strip()
    with app.app_context():
        words = letter(Kind.INVITATION, Way.EMAIL, language, link_in(text))
    assert text == words.text
    assert mail["Subject"] == words.subject
    assert mail["Content-Language"] == words.language


def test_a_refused_address_comes_back_and_the_others_go(app: Flask, house: House) -> None:
    with a_mail_server() as (box, port):
        box.refuses["gone@example.org"] = "550 no such person"
        ids = [an_invitation(house, address=f"{name}@example.org") for name in ("one", "gone", "two")]
        deliver_all(_by_smtp(house, port), app)
    assert [state(house, one) for one in ids] == [Travel.SENT, Travel.CAME_BACK, Travel.SENT]
    assert [mail["To"] for mail in box.mails] == ["one@example.org", "two@example.org"]


def test_a_message_refused_as_a_whole_comes_back(app: Flask, house: House) -> None:
    with a_mail_server() as (box, port):
        box.after_data = "554 not from you"
        message_id = an_invitation(house)
        deliver_all(_by_smtp(house, port), app)
    assert state(house, message_id) is Travel.CAME_BACK


@pytest.mark.parametrize("where", ["at the address", "after the message"])
def test_a_server_that_asks_for_patience_is_tried_again_with_a_link_that_opens(
    app: Flask, house: House, where: str
) -> None:
    with a_mail_server() as (box, port):
        home = _by_smtp(house, port)
        box.refuses = {"amina@example.org": "450 later, please"} if where == "at the address" else {}
        box.after_data = "451 later, please"
        message_id = an_invitation(house)
        deliver_all(home, app)
        assert state(house, message_id) is Travel.WAITING
        deliver_all(home, app)
        box.refuses, box.after_data = {}, "250 taken"
        deliver_all(home, app)
        assert box.mails == []  # the rest of two minutes is not over
        with time_machine.travel(later(minutes=3)):
            deliver_all(home, app)
    (mail,) = box.mails
    assert state(house, message_id) is Travel.SENT
    assert opens(house, message_id, link_in(_part(mail, "plain")))


def test_a_server_that_is_down_gets_everything_once_it_is_back(app: Flask, house: House) -> None:
    port = a_free_port()
    home = _by_smtp(house, port)
    ids = [an_invitation(house, address=f"one{number}@example.org") for number in range(5)]
    deliver_all(home, app)
    assert {state(house, one) for one in ids} == {Travel.WAITING}
    with time_machine.travel(later(minutes=3)):
        deliver_all(home, app)
    assert {state(house, one) for one in ids} == {Travel.WAITING}
    with a_mail_server(port) as (box, _), time_machine.travel(later(minutes=15)):
        deliver_all(home, app)
        deliver_all(home, app)
    assert {state(house, one) for one in ids} == {Travel.SENT}
    assert sorted(str(mail["To"]) for mail in box.mails) == [f"one{number}@example.org" for number in range(5)]


def test_a_line_that_breaks_after_the_last_word_leaves_it_uncertain(app: Flask, house: House) -> None:
    with a_mail_server() as (box, port):
        box.at_data = _hang_up
        message_id = an_invitation(house)
        deliver_all(_by_smtp(house, port), app)
        assert state(house, message_id) is Travel.UNCERTAIN
        box.at_data = lambda: None
        with time_machine.travel(later(days=2)):
            deliver_all(_by_smtp(house, port), app)
    assert len(box.mails) == 1


def _hang_up() -> None:
    raise ConnectionResetError("the line broke")


def test_our_own_address_refused_is_not_the_persons_fault(app: Flask, house: House) -> None:
    with a_mail_server() as (box, port):
        box.to_sender = "553 not from you"
        message_id = an_invitation(house)
        deliver_all(_by_smtp(house, port), app)
    assert state(house, message_id) is Travel.WAITING
    assert box.mails == []


def test_an_address_with_a_host_in_another_script_is_written_as_mail_servers_know_it(app: Flask, house: House) -> None:
    with a_mail_server() as (box, port):
        message_id = an_invitation(house, address="amina@żółw.example")
        deliver_all(_by_smtp(house, port), app)
    assert state(house, message_id) is Travel.SENT
    assert box.mails[0]["To"] == "amina@xn--w-uga1v8h.example"


@pytest.mark.parametrize("address", ["a@example.org\r\nBcc: all@example.org", "żółw@example.org", "a@b@c", "@", ""])
def test_an_address_that_cannot_be_one_comes_back_and_smuggles_nothing(app: Flask, house: House, address: str) -> None:
    with a_mail_server() as (box, port):
        message_id = an_invitation(house, address=address)
        deliver_all(_by_smtp(house, port), app)
    assert state(house, message_id) is Travel.CAME_BACK
    assert box.mails == []


def test_a_message_goes_encrypted_and_only_to_a_server_that_is_known(
    app: Flask, house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, key = _a_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with a_mail_server(tls_context=context, require_starttls=True) as (box, port):
        home = _by_smtp(house, port, smtp_tls=True)
        message_id = an_invitation(house)
        deliver_all(home, app)
        assert state(house, message_id) is Travel.WAITING  # nobody vouches for this server
        assert box.mails == []
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with time_machine.travel(later(minutes=3)):
            deliver_all(home, app)
    assert state(house, message_id) is Travel.SENT


def test_a_server_that_cannot_encrypt_gets_nothing_where_the_settings_want_it(app: Flask, house: House) -> None:
    with a_mail_server() as (box, port):
        message_id = an_invitation(house)
        deliver_all(_by_smtp(house, port, smtp_tls=True), app)
    assert state(house, message_id) is Travel.WAITING
    assert box.mails == []


def _a_certificate(folder: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(clock.now() - timedelta(days=1))
        .not_valid_after(clock.now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    there, secret = folder / "certificate.pem", folder / "key.pem"
    there.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return there, secret
