"""How a person can be reached: which ways this portal can send by, and addresses read kindly."""

import re

from email_validator import EmailNotValidError, validate_email

from portal.review import codes
from portal.review.people import FamilyMember, Way
from portal.settings import Settings
from portal.words import gettext

# Numbers of mobile telephones in the United Kingdom: 071 to 075, 077 to 079, and 07624 for the Isle of Man.
_MOBILE = re.compile(r"(?:0044|44|0)?(7(?:[1-57-9]\d{8}|624\d{6}))")
_SIGNS_IN_A_NUMBER = re.compile(r"[\d\s().+\-\u2010-\u2015]+")

_MOST_LINES = 8  # of a postal address; more would push a letter onto a second page

# The alphabet of GSM 03.38; what stands in its second table takes two places.
_GSM_TWICE = frozenset("^{}\\[~]|€\f")
_GSM = _GSM_TWICE | frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)


def ways_offered(settings: Settings) -> list[Way]:
    """Return the ways in which this portal can send; paper is always one, because the key worker prints it."""
    sends = {Way.EMAIL: settings.email_channel != "none", Way.TEXT: settings.text_channel != "none", Way.PAPER: True}
    return [way for way in Way if sends[way]]


def can_be_reached(settings: Settings, member: FamilyMember) -> bool:
    """Whether a message can go to a person in the way that is written down."""
    return member.way in ways_offered(settings) and (member.way is Way.PAPER or bool(member.address))


def texts_in(text: str) -> int:
    """Return how many text messages a text fills: 160 letters each of the oldest alphabet of telephones, else 70."""
    if set(text) <= _GSM:
        length, one, part = len(text) + sum(sign in _GSM_TWICE for sign in text), 160, 153
    else:
        length, one, part = len(text.encode("utf-16-le")) // 2, 70, 67
    return 1 if length <= one else -(-length // part)


def tidy_address(way: Way, typed: str) -> str | None:
    """Return an address as it is kept. Raises ValueError with a sentence that says what would help."""
    if way is Way.EMAIL:
        return _email(typed.strip())
    if way is Way.TEXT:
        return _mobile(typed.strip())
    return _postal(typed)


def shown(way: Way, address: str | None) -> str:
    """Return an address as people write it."""
    if way is Way.TEXT and address and address.startswith("+44"):
        return f"0{address[3:7]} {address[7:]}"
    return address or ""


def _email(typed: str) -> str:
    try:
        return str(validate_email(typed, check_deliverability=False).normalized)
    except EmailNotValidError as problem:
        raise ValueError(gettext("Please write an e-mail address in full, such as name@example.org.")) from problem


def _mobile(typed: str) -> str:
    found = _MOBILE.fullmatch(codes.digits(typed)) if _SIGNS_IN_A_NUMBER.fullmatch(typed) else None
    if found is None:
        raise ValueError(gettext("Please write a UK mobile number, such as 07700 900123."))
    return f"+44{found.group(1)}"


def _postal(typed: str) -> str | None:
    lines = [line.strip() for line in typed.splitlines() if line.strip()]
    if len(lines) == 1:
        raise ValueError(
            gettext("Please write the address in lines, as on an envelope, or leave it empty to hand it over yourself.")
        )
    if len(lines) > _MOST_LINES:
        raise ValueError(gettext("Please write the address in %(count)s lines at most.", count=_MOST_LINES))
    return "\n".join(lines) or None
