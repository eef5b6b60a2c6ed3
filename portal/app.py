"""create_app(settings): everything is joined here, once."""

import hashlib
import re
import traceback
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

import structlog
from flask import Flask, request
from flask_wtf.csrf import CSRFError
from govuk_frontend_wtf.main import wtforms_errors
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.middleware.proxy_fix import ProxyFix

from portal import again, clock, door, large, page, words
from portal.courier import receipts
from portal.db import Database
from portal.demo import views as demo
from portal.family import comeback
from portal.family import views as family
from portal.forms import protection
from portal.house import House
from portal.keyworker import views as keyworker
from portal.library.article import Library
from portal.library.panels import Panels
from portal.panel import views as panel
from portal.public import views as public
from portal.review.codes import Numbers
from portal.routing import install_converters
from portal.sealing import Keyring, Vault
from portal.settings import ROOT, Settings, unsafe
from portal.signin import staff as signin
from portal.workshop.overlay import Overlay

log = structlog.get_logger("portal")

ExcInfo = tuple[type, BaseException, TracebackType | None] | tuple[None, None, None]

BODY_LIMIT = 1_000_000  # bytes; far above any text that a person sends

# Where a number or a password is looked at, which takes long on purpose: each kind waits in a line of its own.
# So does what somebody brings, which is long and is looked into.
BRINGING = re.compile(r"/your-space/(?:bring|brought/[^/]+/whole)$")
SLOW_POSTS = (re.compile(r"/i(?:/|$)|/come-back$"), re.compile(r"^/staff/"), BRINGING)


class NotSafe(Exception):
    """The portal must not start with these settings; the message says why, in plain sentences."""


class Portal(Flask):
    """The application; of what goes wrong it logs the kind and the place."""

    request_class = large.InMemory

    def log_exception(self, exc_info: ExcInfo) -> None:
        """Log no address, which may be a private link, and no text of an exception, which may hold people's words."""
        kind, _, at = exc_info
        steps = [f"{step.name}:{step.lineno}" for step in traceback.extract_tb(at)][-8:]
        log.error("a page went wrong", problem=kind.__name__ if kind else "", endpoint=request.endpoint, where=steps)


def build_house(settings: Settings) -> House:
    """Open everything that the portal stands on. Raises NotSafe when it must not start like this."""
    if reasons := unsafe(settings):
        raise NotSafe("\n".join(reasons))
    vault = Vault(Keyring.read(settings.keyring))
    panels = Panels(settings.content_folder, settings.panels, settings.languages)
    return House(
        settings,
        vault,
        Database(settings.database_url, vault),
        Numbers(settings.argon2_kib),
        panels,
        Library(settings.content_folder, settings.languages, panels),
    )


def create_app(settings: Settings | None = None, home: House | None = None) -> Flask:
    """Make the portal, over a house that is open already or one that is opened now."""
    settings = settings or Settings()
    home = home or build_house(settings)
    app = Portal("portal", root_path=str(ROOT / "portal"), static_folder=str(ROOT / "static"))
    app.extensions["house"] = home
    app.config.update(_configuration(settings, home.vault.keyring))
    app.jinja_loader = ChoiceLoader(
        [
            FileSystemLoader(str(ROOT / "templates")),
            PrefixLoader({name: PackageLoader(name) for name in ("govuk_frontend_jinja", "govuk_frontend_wtf")}),
        ]
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["wtforms_errors"] = wtforms_errors
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]  # as documented
    words.install(app, settings.translations_folder, settings.languages)
    app.before_request(again.only_from_our_own_pages)
    app.before_request(large.may_be_large)
    protection.init_app(app)
    install_converters(app, home)
    page.install(app)
    signin.install(app, home)
    door.hang(app, public.door, family.door, family.link_door, keyworker.door, panel.door, demo.door, receipts.door)
    # The beacon of leaving quickly carries nothing but the cookie, which another site's form cannot send (SameSite).
    protection.exempt(app.view_functions["link.leave_quickly"])
    # Saying whether a page was clear needs no mark, which would need a cookie: nobody is signed in there, and what
    # another site might send in somebody's name is turned away above by where it comes from.
    protection.exempt(app.view_functions["public.say_if_clear"])
    # What the message service says carries its token, and no browser has that.
    protection.exempt(app.view_functions["receipts.receipt"])
    app.register_error_handler(CSRFError, comeback.not_taken)
    app.register_error_handler(RequestEntityTooLarge, large.too_much)
    app.register_error_handler(500, again.after_a_fault)
    app.extensions["slow_posts"] = SLOW_POSTS
    app.extensions["large_posts"] = (large.PATH, large.limit(settings))
    app.extensions["public_hosts"] = _hosts(settings)
    app.extensions["public_paths"] = public.public_paths(home)
    app.extensions["public_on_request"] = public.made_on_request(home)
    app.extensions["public_revision"] = _revision(settings)
    app.extensions["overlay"] = _overlay(app, home)
    return app


def _overlay(app: Flask, home: House) -> Overlay:
    """Return what lays published texts over the files; ready pages made before that go to nobody any more."""
    files = app.extensions["public_revision"]
    known = {"past": home.support.past(clock.now().date())}

    def made_anew() -> None:
        app.extensions["public_revision"] = files + home.library.revision + _mark_of(known["past"])
        if "ready_pages" in app.extensions:
            app.extensions["ready_pages"].stale(app.extensions["public_revision"])

    def a_day_may_have_passed() -> None:
        past = home.support.past(clock.now().date())
        if past != known["past"]:
            known["past"] = past
            made_anew()

    app.extensions["public_revision"] = files + _mark_of(known["past"])
    overlay = Overlay(home.database, home.library)
    overlay.listeners.append(made_anew)
    overlay.also.append(a_day_may_have_passed)
    return overlay


def _mark_of(names: tuple[str, ...]) -> str:
    """Return what stands for the entries of the support directory that are out of date by now; nothing for none."""
    return hashlib.sha256(" ".join(names).encode()).hexdigest()[:8] if names else ""


def _configuration(settings: Settings, keyring: Keyring) -> dict[str, Any]:
    return {
        "SECRET_KEY": keyring.site_secret("cookies").hex(),
        "SESSION_COOKIE_NAME": "__Host-session" if settings.secure else "session",
        "SESSION_COOKIE_SECURE": settings.secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=10),
        "WTF_CSRF_TIME_LIMIT": None,
        "MAX_CONTENT_LENGTH": BODY_LIMIT,
        "MAX_FORM_MEMORY_SIZE": BODY_LIMIT,
        "TRUSTED_HOSTS": _hosts(settings),
    }


def _hosts(settings: Settings) -> list[str]:
    """Return the names under which the portal answers; every link is made from the first, never from a request."""
    name = urlsplit(settings.base_url).hostname or ""
    return [name, "localhost", "127.0.0.1"] if settings.demo else [name]


def _revision(settings: Settings) -> str:
    """Return what changes whenever a public page may: content, templates, catalogues, styles, code, settings."""
    digest = hashlib.sha256(settings.model_dump_json(exclude={"var", "database"}).encode())
    folders = (
        settings.content_folder,
        settings.translations_folder,
        ROOT / "templates",
        ROOT / "static",
        ROOT / "portal",
    )
    for folder in folders:
        for path in sorted(Path(folder).rglob("*")):
            if path.suffix in {".md", ".toml", ".html", ".po", ".css", ".js", ".py"}:
                digest.update(f"{path.name}{path.stat().st_size}{path.stat().st_mtime_ns}".encode())
    return digest.hexdigest()[:24]
