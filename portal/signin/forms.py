"""The extension's forms, with what it leaves open: rests after wrong tries, better passwords, only our own pages."""

from typing import Any

from flask import current_app
from flask_security import PasswordUtil
from flask_security.forms import ForgotPasswordForm, LoginForm, TwoFactorVerifyCodeForm, VerifyForm
from flask_security.recovery_codes import MfRecoveryForm
from flask_security.utils import get_message

from portal.words import gettext

_TOO_COMMON = ("password", "passwort", "qwerty", "123456", "abcdef", "letmein", "welcome", "iloveyou", "football")


class SignIn(LoginForm):
    """E-mail address and password; nobody is remembered for longer than a session."""

    remember = None

    def validate(self, **options: Any) -> bool:
        """Check address and password; a refusal takes the same time whoever was asked for."""
        fits = bool(super().validate(**options))
        if not fits:
            _same_work()
        return fits

    def validate_next(self, field: Any) -> None:
        """Go to the person's desk afterwards unless a page of our own is named."""
        if not own_page(field.data or ""):
            field.data = "/staff/"


class GivePassword(VerifyForm):
    """The password once more, before an act with great effect."""

    def validate_next(self, field: Any) -> None:
        """Go to the person's desk afterwards unless a page of our own is named."""
        if not own_page(field.data or ""):
            field.data = "/staff/"

    def validate(self, **options: Any) -> bool:
        """Check the password, unless the account rests."""
        rests, fits = resting(self.user), bool(super().validate(**options))
        if fits and rests:
            self.password.errors = [get_message("INVALID_PASSWORD")[0]]
        return fits and not rests


class Code(TwoFactorVerifyCodeForm):
    """The code from the authenticator app; spaces in it are forgiven."""

    def validate(self, **options: Any) -> bool:
        """Check the code, unless the account rests or was switched off."""
        self.code.data = "".join(str(self.code.data or "").split())
        if self.user is None or resting(self.user) or not self.user.active:
            self.code.errors = [get_message("TWO_FACTOR_INVALID_TOKEN")[0]]
            return False
        return bool(super().validate(**options))


class RecoveryCode(MfRecoveryForm):
    """A recovery code, when the authenticator app is not at hand."""

    def validate(self, **options: Any) -> bool:
        """Check the recovery code, unless the account rests or was switched off; a wrong one is charged too."""
        self.code.data = str(self.code.data or "").strip().lower()
        if self.user is None or resting(self.user) or not self.user.active:
            self.code.errors = [get_message("INVALID_RECOVERY_CODE")[0]]
            return False
        fits = bool(super().validate(**options))
        if not fits and self.code.data and self.user is not None:
            self.user.track_failed_authn("recovery code", True)
        return fits


class NewLink(ForgotPasswordForm):
    """The address to which a link for a new password is sent; also while the account rests, as the way back in."""

    def validate(self, **options: Any) -> bool:
        """Check that there is such a person and that they may work here; the answer never says."""
        fits = bool(super(ForgotPasswordForm, self).validate(**options))
        known = fits and self.user is not None and bool(self.user.is_active)
        if not known:
            _same_work()
        return known


class Passwords(PasswordUtil):
    """What makes a password good enough: long, and not one of those that everybody tries first."""

    def validate(self, password: str, is_register: bool, **known: Any) -> tuple[list[str] | None, str]:
        """Return what should be different about a password, and the password in one writing."""
        wrong, password = super().validate(password, is_register, **known)
        plain = password.lower()
        person = known.get("user")
        name = person.email_open.partition("@")[0].lower() if person else ""
        guessable = any(word in plain for word in _TOO_COMMON) or (len(name) > 3 and name in plain)
        if not wrong and (guessable or len(set(plain)) < 6):
            early = gettext("Others would try this password early. Choose four words that have nothing in common.")
            wrong = [early]
        return wrong, password


def resting(user: Any) -> bool:
    """Whether an account rests after wrong tries."""
    return bool(user.rests)


def _same_work() -> None:
    current_app.extensions["staff_datastore"].same_work()


def own_page(address: str) -> bool:
    """Whether an address is a path of this site, however a browser reads it."""
    return address.startswith("/") and not address.startswith("//") and not set(address) & {"\\", "\t", "\r", "\n"}


FORMS: dict[str, Any] = {
    "login_form": SignIn,
    "verify_form": GivePassword,
    "two_factor_verify_code_form": Code,
    "mf_recovery_form": RecoveryCode,
    "forgot_password_form": NewLink,
}
