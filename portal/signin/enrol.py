"""A password and an authenticator in one go, for people whom nobody invited: those of the demonstration."""

from typing import Any

from flask import current_app
from flask_security.utils import hash_password

from portal.review.people import StaffMember


def enrol(person: StaffMember, password: str, totp_secret: str) -> list[str]:
    """Let a person sign in with a password and the base32 secret of an authenticator; return their recovery codes."""
    security: Any = current_app.extensions["security"]
    codes: list[str] = security.totp_factory.generate_recovery_codes(8)
    person.password = hash_password(password)
    person.tf_primary_method = "authenticator"
    person.tf_totp_secret = security.totp_factory.sealed(totp_secret)
    person.mf_recovery_codes = security.mf_recovery_codes_util._encrypt_codes(codes)
    return codes
