"""Why a sentence cannot go out as it is: what was found in it, and what a stranger would learn from that."""

from portal.library.private_words import Found, Private
from portal.words import gettext


def reason(found: Found) -> str:
    """Return what was found, as it was typed, and why it must not go out."""
    piece = found.piece
    return {
        Private.NAME: gettext(
            "“%(piece)s” is a name in this family. Whoever picks up the telephone would learn whom this is about.",
            piece=piece,
        ),
        Private.PLACE: gettext(
            "“%(piece)s” is a place. Whoever picks up the telephone would learn where this comes from.", piece=piece
        ),
        Private.DEATH: gettext(
            "“%(piece)s” may tell of a death. Whoever picks up the telephone would learn of it.", piece=piece
        ),
        Private.REVIEW: gettext(
            "“%(piece)s” may tell of the review. Whoever picks up the telephone would learn of it.", piece=piece
        ),
        Private.POLICE: gettext(
            "“%(piece)s” may tell of police or a court. Whoever picks up the telephone would learn of it.", piece=piece
        ),
        Private.HOSPITAL: gettext(
            "“%(piece)s” may tell of a hospital. Whoever picks up the telephone would learn of it.", piece=piece
        ),
        Private.DATE: gettext("“%(piece)s” is a date. A date can tell what this is about.", piece=piece),
        Private.NUMBER: gettext(
            "“%(piece)s” is a long number. It could be taken for the number that opens their space.", piece=piece
        ),
        Private.ADDRESS: gettext(
            "“%(piece)s” looks like an address. Whoever picks up the telephone would learn where somebody is.",
            piece=piece,
        ),
        Private.LINK: gettext(
            "“%(piece)s” looks like a link. People are told to trust no second link in a message.", piece=piece
        ),
    }[found.kind]
