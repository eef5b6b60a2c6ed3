"""Every setting is described, and a portal that is not safe does not start."""

from pathlib import Path

import pytest

from portal.app import NotSafe, create_app
from portal.sealing import Keyring
from portal.settings import ROOT, Settings, unsafe


def test_every_setting_is_described() -> None:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    missing = [name for name in Settings.model_fields if f"`{name}`" not in text]
    assert not missing, f"docs/settings.md does not describe {missing}"


def test_no_setting_is_described_that_does_not_exist() -> None:
    lines = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8").splitlines()
    described = {line.split("`")[1] for line in lines if line.startswith("| `")}
    assert described <= set(Settings.model_fields), described - set(Settings.model_fields)


@pytest.fixture
def var(tmp_path: Path) -> Path:
    Keyring.make(tmp_path / "keyring.json")
    return tmp_path


def _settings(var: Path, **changes: object) -> Settings:
    good: dict[str, object] = {
        "var": var,
        "base_url": "https://cdr.example.org",
        "email_channel": "smtp",
        "text_channel": "none",
    }
    return Settings(**{**good, **changes})  # type: ignore[arg-type]  # wrong ones on purpose


def test_a_portal_whose_settings_are_good_may_start(var: Path) -> None:
    assert unsafe(_settings(var)) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"base_url": ""},
        {"base_url": "http://cdr.example.org"},
        {"base_url": "https://a-very-long-host-name-for-reviews.example.org"},
        {"email_channel": "file"},
        {"email_channel": "notify"},
        {"text_channel": "notify"},
    ],
)
def test_a_portal_whose_settings_are_not_safe_says_why_and_does_not_start(
    var: Path, changes: dict[str, object]
) -> None:
    settings = _settings(var, **changes)
    assert unsafe(settings)
    with pytest.raises(NotSafe):
        create_app(settings)


def test_a_key_file_that_others_can_read_is_refused(var: Path) -> None:
    (var / "keyring.json").chmod(0o644)
    assert "chmod" in unsafe(_settings(var))[0]


def test_a_portal_without_a_key_file_does_not_start(tmp_path: Path) -> None:
    assert "key file" in unsafe(_settings(tmp_path))[0]


def test_debugging_is_refused(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    assert "FLASK_DEBUG" in unsafe(_settings(var))[0]


def test_over_https_every_cookie_is_secure_and_belongs_to_this_host_alone(var: Path) -> None:
    app = create_app(_settings(var))
    assert app.config["SESSION_COOKIE_SECURE"]
    assert app.config["SESSION_COOKIE_NAME"].startswith("__Host-")
    assert app.config["SESSION_COOKIE_HTTPONLY"]
    assert app.config["SESSION_COOKIE_SAMESITE"] == "Lax"


def test_the_environment_comes_before_a_secret_file_and_that_before_the_toml(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORTAL_VAR", str(var))
    (var / "portal.toml").write_text('smtp_user = "toml"\nsmtp_password = "toml"\nmail_from = "toml@example.org"\n')
    (var / "secrets").mkdir()
    (var / "secrets" / "PORTAL_SMTP_PASSWORD").write_text("from the file\n")
    (var / "secrets" / "PORTAL_SMTP_USER").write_text("from the file\n")
    monkeypatch.setenv("PORTAL_SMTP_USER", "from the environment")
    settings = Settings()
    assert settings.smtp_user == "from the environment"
    assert settings.smtp_password.get_secret_value() == "from the file"
    assert settings.mail_from == "toml@example.org"
    assert "from the file" not in repr(settings)
