"""Every setting of the portal, in one frozen model; each is described in docs/settings.md and a test sees to it."""

import os
import re
import stat
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SecretsSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

ROOT = Path(__file__).resolve().parent.parent
LINK_LENGTH = 64  # some mail programs cut longer addresses
SECRET_LENGTH = 26
BOUNCE_NAME = 14  # before the @ are 64 characters at most, and a message's mark takes 50 of them
TOKEN_LENGTH = 20


def var_folder() -> Path:
    """Return the folder that holds the portal's data: ``PORTAL_VAR``, else ``var`` beside the code."""
    return Path(os.environ.get("PORTAL_VAR") or ROOT / "var").resolve()


class Settings(BaseSettings):
    """Settings, from the environment (``PORTAL_...``), then ``secrets/`` and ``portal.toml`` in the data folder."""

    model_config = SettingsConfigDict(env_prefix="PORTAL_", frozen=True, extra="forbid")

    var: Path = Field(default_factory=var_folder)
    base_url: str = ""
    demo: bool = False
    database: str = ""
    keyring_file: Path | None = None
    content_folder: Path = ROOT / "content"
    translations_folder: Path = ROOT / "translations"
    languages: tuple[str, ...] = ("en", "pl", "ro", "pa", "ur", "gu", "bn", "ar", "so", "pt", "fa")
    panels: tuple[str, ...] = ("leicester-leicestershire-rutland", "west-of-england", "worcestershire")
    leave_url: str = "https://www.bbc.co.uk/weather"
    trusted_proxies: int = Field(default=0, ge=0, le=5)

    email_channel: Literal["file", "smtp", "notify", "none"] = "file"
    text_channel: Literal["file", "notify", "none"] = "file"
    smtp_host: str = "localhost"
    smtp_port: int = 25
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_tls: bool = True
    mail_from: str = "your-space@example.org"
    bounce_address: str = ""
    bounce_maildir: Path | None = None
    notify_key: SecretStr = SecretStr("")
    notify_url: str = "https://api.notifications.service.gov.uk"
    notify_callback_token: SecretStr = SecretStr("")
    notify_email_template: str = ""
    notify_text_template: str = ""

    family_idle_minutes: int = Field(default=30, ge=5, le=120)
    family_hours: int = Field(default=8, ge=1, le=24)
    file_megabytes: int = Field(default=20, ge=1, le=100)
    files_megabytes: int = Field(default=200, ge=1)
    staff_idle_minutes: int = Field(default=20, ge=5, le=120)
    argon2_kib: int = Field(default=65536, ge=8)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read the environment first, then the secrets folder, then ``portal.toml``."""
        toml = TomlConfigSettingsSource(settings_cls, var_folder() / "portal.toml")
        secrets = var_folder() / "secrets"
        files = SecretsSettingsSource(settings_cls, secrets_dir=secrets) if secrets.is_dir() else file_secret_settings
        return init_settings, env_settings, files, toml

    @property
    def database_url(self) -> str:
        """The database's address; SQLite in the data folder unless one is named."""
        return self.database or f"sqlite:///{self.var / 'portal.db'}"

    @property
    def keyring(self) -> Path:
        """The file of keys, which must never lie in the same backup as the database."""
        return self.keyring_file or self.var / "keyring.json"

    @property
    def messages_folder(self) -> Path:
        """Where the ``file`` channel writes what it would have sent."""
        return self.var / "messages"

    @property
    def secure(self) -> bool:
        """Whether the portal is reached over https, so that cookies may be marked so."""
        return self.base_url.startswith("https://")


def link_to(settings: Settings, language: str, secret: str) -> str:
    """Return the private link with a secret, in a person's language where the portal offers it."""
    base = settings.base_url.rstrip("/")
    link = f"{base}/{language}/i/{secret}"
    return link if language in settings.languages and len(link) <= LINK_LENGTH else f"{base}/i/{secret}"


def short_address(settings: Settings) -> str:
    """Return where a letter's code is typed, as it stands on paper: under 30 characters where links fit LINK_LENGTH."""
    return f"{settings.base_url.rstrip('/').partition('//')[2]}/i"


def unsafe(settings: Settings) -> list[str]:
    """Return, in plain sentences, why the portal must not start with these settings; nothing when it may."""
    reasons = []
    address = urlsplit(settings.base_url)
    if not address.hostname or address.scheme not in ("http", "https"):
        reasons.append("Set base_url to the portal's public address, for example https://reviews.example.org.")
    elif not settings.demo and not settings.secure:
        reasons.append("base_url must start with https:// unless this is the demonstration.")
    if not settings.demo and len(settings.base_url.rstrip("/")) + len("/xx/i/") + SECRET_LENGTH > LINK_LENGTH:
        reasons.append(
            f"base_url is too long: private links would pass {LINK_LENGTH} characters. Use a shorter host name."
        )
    if not settings.keyring.exists():
        reasons.append(f"There is no key file at {settings.keyring}. Make one with: python -m portal keys")
    elif stat.S_IMODE(settings.keyring.stat().st_mode) & 0o077:
        reasons.append(f"Other people can read the key file {settings.keyring}. Run: chmod 0400 {settings.keyring}")
    if os.environ.get("FLASK_DEBUG", "0") not in ("", "0"):
        reasons.append("FLASK_DEBUG must not be set: it would show private words on error pages.")
    if settings.email_channel == "notify" and not settings.notify_key.get_secret_value():
        reasons.append("email_channel is notify, but notify_key is empty.")
    if settings.text_channel == "notify" and not settings.notify_key.get_secret_value():
        reasons.append("text_channel is notify, but notify_key is empty.")
    if 0 < len(settings.notify_callback_token.get_secret_value()) < TOKEN_LENGTH:
        reasons.append(f"notify_callback_token must have at least {TOKEN_LENGTH} characters.")
    if settings.bounce_address and not re.fullmatch(rf"[!-?A-~]{{1,{BOUNCE_NAME}}}@[!-?A-~]+", settings.bounce_address):
        reasons.append(f"bounce_address must be an address with at most {BOUNCE_NAME} plain characters before the @.")
    if settings.bounce_maildir and not all((settings.bounce_maildir / name).is_dir() for name in ("new", "cur")):
        reasons.append(f"bounce_maildir is no Maildir: {settings.bounce_maildir} has not the folders new and cur.")
    if not settings.demo and "file" in (settings.email_channel, settings.text_channel):
        reasons.append("The file channel is for the demonstration only. Choose smtp, notify or none.")
    return reasons
