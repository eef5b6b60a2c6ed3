"""What can be read over the telephone: links, letter codes, numbers, references; and the hashes kept of them."""

import hashlib
import secrets
import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

# Base 32 without i, l, o, u: 26 of these are 130 bits and nothing at a link's end that a mail program cuts off.
SECRET_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"  # noqa: S105 - an alphabet
SECRET_LENGTH = 26
# No vowels (letters could spell a word that wounds) and nothing that looks like something else.
REFERENCE_LETTERS = "34679CDFGHJKMNPQRTVWXY"
NUMBER_DIGITS = 8
CODE_LENGTH = 12  # 53 bits, which open nothing without the number
_MOST_SIGNS = 400  # nobody types more around eight digits or a telephone number

_LOOK_ALIKES = str.maketrans({"o": "0", "i": "1", "l": "1"})
_AT_ONCE = threading.BoundedSemaphore(4)  # each check takes 64 MB on purpose; a crowd must not take all memory


def new_secret() -> str:
    """Return a new secret for a private link: 26 characters, 130 bits."""
    return "".join(secrets.choice(SECRET_LETTERS) for _ in range(SECRET_LENGTH))


def hash_of_secret(typed: str) -> str:
    """Return the hash of a link's secret, forgiving what programs and fingers add: case, look-alikes, ``.,)>"``."""
    plain = typed.strip().rstrip(".,)>\"';:!?]").lower().translate(_LOOK_ALIKES)
    return hashlib.sha256(plain.encode()).hexdigest()


def new_number() -> str:
    """Return a new eight-digit number, as digits only."""
    return f"{secrets.randbelow(10**NUMBER_DIGITS):0{NUMBER_DIGITS}d}"


def spoken(number: str) -> str:
    """Return a number in the two groups in which it is read aloud."""
    return f"{number[:4]} {number[4:]}"


def digits(typed: str) -> str:
    """Return the digits of what was typed, in any script; spaces and dashes and everything else are forgiven."""
    found = (unicodedata.digit(sign, None) for sign in typed[:_MOST_SIGNS])
    return "".join(str(digit) for digit in found if digit is not None)


def new_reference() -> str:
    """Return a new reference, such as ``K7M-4TQ``: 22 letters to the power of 6."""
    signs = [secrets.choice(REFERENCE_LETTERS) for _ in range(6)]
    return f"{''.join(signs[:3])}-{''.join(signs[3:])}"


def new_letter_code() -> str:
    """Return a new code that stands in a letter and can be typed from it: 22 letters to the power of 12."""
    return "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(CODE_LENGTH))


def in_groups(code: str) -> str:
    """Return a letter code in the three groups in which it stands on paper, such as ``KMPT-4TQR-WXYC``."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def letter_code(typed: str) -> str:
    """Return the letter code in what was typed: any case, digits of any script, dashes and spaces wherever they are.

    Nothing when it has another length, or a sign that stands in no code.
    """
    plain = unicodedata.normalize("NFKC", typed[:_MOST_SIGNS]).upper()
    signs = [str(unicodedata.digit(sign, sign)) for sign in plain if sign.isalnum()]
    return "".join(signs) if len(signs) == CODE_LENGTH and set(signs) <= set(REFERENCE_LETTERS) else ""


class Numbers:
    """Hashes and checks the numbers that go with private links; the cost is a setting, so that tests are quick."""

    def __init__(self, kib: int) -> None:
        self._hasher = PasswordHasher(time_cost=2, memory_cost=kib, parallelism=1)
        self._nobody = self._hasher.hash(new_number())

    def hash(self, number: str) -> str:
        """Return the hash that is kept of a number."""
        return self._hasher.hash(number)

    def fits(self, kept: str | None, number: str) -> bool:
        """Whether a number is the one of which the hash was kept; takes as long when nothing was kept at all."""
        with _AT_ONCE:
            try:
                return self._hasher.verify(kept or self._nobody, number) and kept is not None
            except (VerifyMismatchError, InvalidHashError):
                return False
