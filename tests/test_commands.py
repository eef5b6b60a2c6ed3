"""What an operator says to the portal, said to the real commands."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from click.testing import CliRunner, Result

from portal.commands import main

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A new data folder, whose path has a space in it."""
    folder = tmp_path / "the data"
    monkeypatch.setenv("PORTAL_VAR", str(folder))
    monkeypatch.setenv("PORTAL_ARGON2_KIB", "8")
    yield folder
    structlog.reset_defaults()


def say(*words: str) -> Result:
    """Say something to the portal."""
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


def test_the_demonstration_is_whole_and_written_down(var: Path) -> None:
    assert say("demo", "--port", "8099").exit_code == 0
    made = json.loads((var / "demo.json").read_text())
    assert set(made) == {"base_url", "families", "staff", "messages_dir"}
    assert made["base_url"] == "http://127.0.0.1:8099"
    assert len(made["families"]) == 6
    for person in made["families"]:
        assert set(person) == {"name", "language", "panel", "link", "number"}
        assert person["link"].startswith("http://127.0.0.1:8099/")
        assert len(person["link"]) <= 64
    assert {person["language"] for person in made["families"]} == {"en", "pl", "ur"}
    assert len(made["staff"]) == 27
    for person in made["staff"]:
        assert set(person) == {"role", "name", "email", "password", "totp_secret", "panel", "sign_in_url"}
    assert stat.S_IMODE((var / "demo.json").stat().st_mode) == 0o600
    assert list(Path(made["messages_dir"]).glob("*.json"))


@pytest.mark.whole
def test_a_second_demonstration_is_refused_and_a_reset_starts_anew(var: Path) -> None:
    say("demo")
    first = (var / "demo.json").read_text()
    assert say("demo").exit_code == 1
    assert (var / "demo.json").read_text() == first
    assert say("demo", "--reset").exit_code == 0
    assert (var / "demo.json").read_text() != first


def test_a_code_opens_for_half_a_minute_and_only_in_the_demonstration(var: Path) -> None:
    say("demo")
    email = json.loads((var / "demo.json").read_text())["staff"][0]["email"]
    assert say("code", email).output.strip().isdigit()
    assert say("code", "nobody@example.org").exit_code == 1


def test_the_key_file_is_made_once(var: Path) -> None:
    assert say("keys").exit_code == 0
    before = (var / "keyring.json").read_bytes()
    assert say("keys").exit_code == 1
    assert (var / "keyring.json").read_bytes() == before


@pytest.mark.whole
def test_a_check_says_what_is_missing_in_plain_sentences(var: Path) -> None:
    answer = say("check")
    assert answer.exit_code == 1
    assert "base_url" in answer.output
    assert "key file" in answer.output


def test_a_first_administrator_gets_an_address_to_begin_with(var: Path) -> None:
    say("demo", "--port", "8099")
    answer = say("administrator", "worcestershire", "new@example.org", "New Person")
    assert answer.exit_code == 1, "without a base_url there is no address to give"


def test_the_pages_are_listed_with_how_they_stand_in_each_language(var: Path) -> None:
    answer = say("pages").output
    assert "support" in answer
    assert "ur: current" in answer


def test_a_first_administrator_of_a_real_portal_gets_an_address(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("BASE_URL", "https://cdr.example.org"), ("EMAIL_CHANNEL", "none"), ("TEXT_CHANNEL", "none")):
        monkeypatch.setenv(f"PORTAL_{name}", value)
    say("keys")
    say("migrate")
    answer = say("administrator", "worcestershire", "first@example.org", "First Person")
    assert "https://cdr.example.org/staff/reset/" in answer.output
    assert stat.S_IMODE((var / "portal.db").stat().st_mode) == 0o600


@pytest.mark.whole
def test_a_first_administrator_with_an_address(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    say("demo", "--port", "8099")
    monkeypatch.setenv("PORTAL_BASE_URL", "http://127.0.0.1:8099")
    answer = say("administrator", "worcestershire", "new@example.org", "New Person")
    assert "http://127.0.0.1:8099/staff/reset/" in answer.output
    assert say("administrator", "nowhere", "other@example.org", "Other").exit_code == 1
    assert say("administrator", "worcestershire", "new@example.org", "New Person").exit_code == 1
    assert say("check").output.strip() == "Nothing is missing."
    assert "0 messages" in say("deliver").output
    assert say("migrate").exit_code == 0
