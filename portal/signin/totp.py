"""Codes from an authenticator app: each one opens once, and the picture to scan needs no other site."""

from typing import Any

import segno
from flask_security import Totp
from passlib.exc import UsedTokenError
from passlib.totp import TotpMatch

from portal.signin.datastore import Account


class OneTimeCodes(Totp):
    """The extension's codes; it would take the same code twice within its half minute."""

    def sealed(self, secret: str) -> str:
        """Return a base32 secret as it is kept."""
        kept: str = self._totp(key=secret).to_json(encrypt=True)
        return kept

    def get_last_counter(self, user: Any) -> int | None:
        """Return the half minute of the last code that was used."""
        last: int = _account(user).tf_last_counter
        return last or None

    def set_last_counter(self, user: Any, tmatch: TotpMatch) -> None:
        """Keep the half minute of the code that was used now, unless another request has used it meanwhile."""
        account = _account(user)
        account.hold()
        if account.rests or tmatch.counter <= account.tf_last_counter:
            raise UsedTokenError
        account.tf_last_counter = tmatch.counter

    def generate_qrcode(self, username: str, totp: str) -> str:
        """Return the picture to scan, as the address of an image."""
        return str(segno.make(self.get_totp_uri(username, totp)).svg_data_uri(scale=5, border=4, light="#fff"))


def _account(user: Any) -> Account:
    account: Account = user
    return account
