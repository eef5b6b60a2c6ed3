"""The kinds of files that are taken, and why another is not; what a file is called counts for nothing."""

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What a person would call it."""

    PICTURE = "picture"
    DOCUMENT = "document"
    SOUND = "sound"


class Form(Enum):
    """A form of file that is taken."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    GIF = "gif"
    HEIC = "heic"
    PDF = "pdf"
    DOCX = "docx"
    ODT = "odt"
    TXT = "txt"
    MP3 = "mp3"
    M4A = "m4a"
    OGG = "ogg"
    WEBM = "webm"
    WAV = "wav"
    AMR = "amr"
    THREE_GP = "3gp"

    @property
    def kind(self) -> Kind:
        """What a person would call it."""
        return _FORMS[self][0]

    @property
    def mime(self) -> str:
        """The type under which it is given out: ours, never one that came with the file."""
        return _FORMS[self][1]

    @property
    def ending(self) -> str:
        """The end of the name under which it is given out."""
        return "jpg" if self is Form.JPEG else self.value


_FORMS: dict[Form, tuple[Kind, str]] = {
    Form.JPEG: (Kind.PICTURE, "image/jpeg"),
    Form.PNG: (Kind.PICTURE, "image/png"),
    Form.WEBP: (Kind.PICTURE, "image/webp"),
    Form.GIF: (Kind.PICTURE, "image/gif"),
    Form.HEIC: (Kind.PICTURE, "image/heic"),
    Form.PDF: (Kind.DOCUMENT, "application/pdf"),
    Form.DOCX: (Kind.DOCUMENT, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    Form.ODT: (Kind.DOCUMENT, "application/vnd.oasis.opendocument.text"),
    Form.TXT: (Kind.DOCUMENT, "text/plain"),
    Form.MP3: (Kind.SOUND, "audio/mpeg"),
    Form.M4A: (Kind.SOUND, "audio/mp4"),
    Form.OGG: (Kind.SOUND, "audio/ogg"),
    Form.WEBM: (Kind.SOUND, "audio/webm"),
    Form.WAV: (Kind.SOUND, "audio/wav"),
    Form.AMR: (Kind.SOUND, "audio/amr"),
    Form.THREE_GP: (Kind.SOUND, "audio/3gpp"),
}


class Refusal(Enum):
    """Why something was not taken; each has a kind sentence of its own (portal/family/bring_pages.py)."""

    NOTHING = "nothing"
    EMPTY = "empty"
    TOO_LARGE = "too-large"
    NO_ROOM = "no-room"
    NOT_THIS_KIND = "not-this-kind"
    FILM = "film"
    PROGRAM = "program"
    TOO_FINE = "too-fine"
    DOES_NOT_OPEN = "does-not-open"


class NotTaken(Exception):
    """This is not taken, and why."""

    def __init__(self, why: Refusal) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True)
class Found:
    """What something is; of a picture also the clean copy that is shown."""

    form: Form
    shown: bytes = b""
