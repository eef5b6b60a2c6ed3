"""The staff's sign-in: Flask-Security, with its known gaps closed, on this house's own people, words and mails."""

import base64
from datetime import timedelta
from typing import Any

from flask import Flask, abort, g, redirect, render_template, request
from flask_login import user_logged_out  # type: ignore[import-untyped]  # it says no types
from flask_security import Security
from flask_security.signals import password_reset, user_authenticated
from werkzeug.wrappers import Response

from portal import clock
from portal.door import LET_THROUGH
from portal.house import House
from portal.page import Frame
from portal.signin import forms, standing, views
from portal.signin.datastore import Account, Datastore
from portal.signin.desk import ask_again, signed_out_frame
from portal.signin.forms import own_page
from portal.signin.mail import Mail
from portal.signin.totp import OneTimeCodes
from portal.signin.wording import WORDS
from portal.words import gettext

# Bytes; the forms here are short. The extension brings addresses into one writing of Unicode, which takes the square of
# their length: one of 800 kilobytes held up everybody for a quarter of a minute.
FORM_LIMIT = 16_384
# Of everything that the extension could do, only this answers; the rest is as if it were not there.
IN_USE = (
    "login",
    "logout",
    "verify",
    "forgot_password",
    "reset_password",
    "two_factor_setup",
    "two_factor_setup_validate",
    "two_factor_token_validation",
    "mf_recovery",
    "mf_recovery_codes",
)


def install(app: Flask, home: House) -> None:
    """Give an application its staff sign-in."""
    app.config.update(_configuration(home))
    datastore = Datastore(home)
    security = Security(
        datastore=datastore,
        mail_util_cls=Mail,
        totp_cls=OneTimeCodes,
        password_util_cls=forms.Passwords,
        render_template=_show,
        **forms.FORMS,
    )
    security.init_app(app)
    app.extensions["staff_datastore"] = datastore
    security.want_json(lambda _: False)
    security.unauthn_handler(lambda *_, **__: ask_again())
    security.reauthn_handler(lambda *_: ask_again("security.verify"))
    security.login_manager.request_loader(lambda _: None)
    app.register_blueprint(views.pages)
    LET_THROUGH.update(f"security.{name}" for name in IN_USE)
    LET_THROUGH.update(("signin.start", "signin.you"))
    _keep_out_of_other_pages(app)
    _stand_by(app, datastore)


def _configuration(home: House) -> dict[str, Any]:
    keys = home.vault.keyring
    ours = {
        "URL_PREFIX": "/staff",
        "TOTP_SECRETS": {"1": base64.b64encode(keys.site_secret("staff totp")).decode()},
        "TOTP_ISSUER": "Child death reviews",
        "MULTI_FACTOR_RECOVERY_CODES": True,
        "MULTI_FACTOR_RECOVERY_CODES_N": 8,
        "MULTI_FACTOR_RECOVERY_CODES_KEYS": [base64.urlsafe_b64encode(keys.site_secret("staff recovery codes"))],
        "TWO_FACTOR": True,
        "TWO_FACTOR_REQUIRED": True,
        "TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
        "TWO_FACTOR_RESCUE_EMAIL": False,
        "TWO_FACTOR_ALWAYS_VALIDATE": True,
        "TWO_FACTOR_POST_SETUP_VIEW": "/staff/you",
        "RECOVERABLE": True,
        "RESET_PASSWORD_WITHIN": timedelta(days=1),
        "AUTO_LOGIN_AFTER_RESET": False,
        "PASSWORD_HASH": "argon2",
        "PASSWORD_SCHEMES": ["argon2"],
        "PASSWORD_SINGLE_HASH": {"argon2"},
        "PASSWORD_HASH_PASSLIB_OPTIONS": {
            "argon2__type": "ID",
            "argon2__memory_cost": home.settings.argon2_kib,
            "argon2__time_cost": 3,
            "argon2__parallelism": 1,
        },
        "PASSWORD_LENGTH_MIN": 12,
        "HASHING_SCHEMES": ["hex_sha256"],  # of a salted hash, in links; a slow one would tell by its time whom we know
        "RETURN_GENERIC_RESPONSES": True,
        "FRESHNESS": standing.FRESH,
        "FRESHNESS_GRACE_PERIOD": timedelta(0),
        "FRESHNESS_ALLOW_AUTH_TOKEN": False,
        "API_ENABLED_METHODS": ["session"],
        "DATETIME_FACTORY": clock.now,
        "POST_LOGIN_VIEW": "/staff/",
        "POST_VERIFY_VIEW": "/staff/",
        "POST_LOGOUT_VIEW": "/staff/login",
        "EMAIL_PLAINTEXT": False,
        "EMAIL_HTML": False,
        "EMAIL_VALIDATOR_ARGS": {"test_environment": True},
        "SCRIPT_NONCE_KEY": "csp_nonce",
        "STATIC_FOLDER": None,
    }
    words = {f"MSG_{name}": (text, kind) for name, (text, kind) in WORDS.items()}
    return {f"SECURITY_{name}": value for name, value in {**ours, **words}.items()}


class EnglishFrame(Frame):
    """The frame of the sign-in, which is in English only, so that nothing there is missing in another language."""

    @property
    def untranslated(self) -> str:
        """Nothing to say."""
        return ""


def _show(template: str, **values: Any) -> str:
    """Render one of the extension's pages in our frame."""
    g.frame = EnglishFrame()
    around = signed_out_frame(gettext("staff"))
    g.problem = any(getattr(value, "errors", None) for value in values.values())
    values.update(frame=around, problem=g.problem, own_page=own_page)
    return render_template(template, **values)


def _keep_out_of_other_pages(app: Flask) -> None:
    """Take away what the extension's helpers do around every page: public pages read no cookie and open no database."""
    for hooks in (app.before_request_funcs, app.after_request_funcs, app.template_context_processors):
        mine: Any = hooks.get(None, [])
        mine[:] = [hook for hook in mine if not hook.__module__.startswith(("flask_login", "flask_principal"))]


def _stand_by(app: Flask, datastore: Datastore) -> None:
    """Tie the sign-in's session to the request, and note who came, who left and who chose a new password."""

    @app.before_request
    def in_time_and_on_our_own_pages() -> Response | None:
        if request.blueprint != "security":
            return None
        if (request.content_length or 0) > FORM_LIMIT:
            abort(413)
        standing.stands()
        onward = [address for address in request.values.getlist("next") if address]
        return None if all(map(own_page, onward)) else redirect(request.path, 302)

    @app.after_request
    def keep(response: Response) -> Response:
        if request.blueprint == "security" and request.method == "POST" and response.status_code < 500:
            datastore.sessions.commit()
            if response.status_code == 200 and g.get("problem"):
                response.status_code = 422
        return response

    @app.teardown_request
    def close(_: BaseException | None) -> None:
        if request.blueprint in ("security", "signin"):
            datastore.sessions.remove()

    @user_authenticated.connect_via(app)
    def came(_: Flask, user: Account, **__: Any) -> None:
        user.came_in()

    @password_reset.connect_via(app)
    def may_try_again(_: Flask, user: Account, **__: Any) -> None:
        # The misses stay: whoever only has somebody's mailbox gets one try at the code for each new password.
        user.wait_until = None

    @user_logged_out.connect_via(app)  # type: ignore[untyped-decorator]  # of the same package
    def left(_: Flask, user: Any, **__: Any) -> None:
        # A cookie that was copied before must not open anything now, so all of the person's sign-ins end.
        datastore.set_uniquifier(user._get_current_object() if hasattr(user, "_get_current_object") else user)
