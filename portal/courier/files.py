"""Files in a folder instead of messages: what the demonstration shows, and what a person who has no mail server reads.

Each message is written under its final name at once or not at all. Beside the message as it would have travelled lies a
.json of it, for the demonstration's page and for scripts. The files hold live links, so only their owner can read them.
"""

import json
import os
from pathlib import Path

from portal.courier.channels import Answer, Outcome, Parcel
from portal.courier.mail import as_email
from portal.review.people import Way


class FileChannel:
    """A folder."""

    def __init__(self, folder: Path, mail_from: str) -> None:
        self._folder, self._mail_from = folder, mail_from

    def send(self, parcel: Parcel) -> Answer:
        """Write a message as files: .eml or .txt, and then .json."""
        name = f"{parcel.at:%Y%m%dT%H%M%S.%fZ}-{parcel.message_id}"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if parcel.way is Way.EMAIL:
                self._write(f"{name}.eml", as_email(parcel, self._mail_from).as_bytes())
            else:
                self._write(f"{name}.txt", f"{parcel.letter.text}\n".encode())
            self._write(f"{name}.json", _as_json(parcel))
        except ValueError:
            return Answer(Outcome.CAME_BACK, reason="this cannot be an e-mail address")
        except OSError as problem:
            return Answer(Outcome.LATER, reason=type(problem).__name__)
        return Answer(Outcome.SENT)

    def _write(self, name: str, content: bytes) -> None:
        half = self._folder / f".{name}.half"
        half.unlink(missing_ok=True)
        handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        half.rename(self._folder / name)


def _as_json(parcel: Parcel) -> bytes:
    shown = {
        "to_way": parcel.way.value,
        "language": parcel.letter.language,
        "subject": parcel.letter.subject,
        "text": parcel.letter.text,
        "kind": parcel.kind.value,
        "at": parcel.at.isoformat(),
    }
    return (json.dumps(shown, ensure_ascii=False, indent=1) + "\n").encode()
