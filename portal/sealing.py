"""People's words and names, encrypted at rest.

Each person has a data key of their own; the data keys are wrapped by a versioned keyring outside the database. A sealed
value is bound to its table, column, row and key, so that a value moved to another row does not open. Destroying the
wraps of one person's key makes that person's words unreadable everywhere, in every backup too (docs/security.md).
"""

import base64
import hmac
import json
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar, Generic, TypeVar, overload
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import ForeignKey, LargeBinary, String, event, select
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from portal.db import Base

_VERSION = b"\x01"
_STEP = 256  # lengths are rounded up to this many bytes, because a length tells something too
_NONCE = 12
HOUSE_KEY = UUID(int=1)  # for what belongs to no family member: the names of staff


class Erased(Exception):
    """The key of this person has been destroyed; the words can never be read again."""


class DataKey(Base):
    """A key that seals one person's words. The key itself is only ever stored wrapped."""

    __tablename__ = "data_keys"

    owner: Mapped[str] = mapped_column(String(20))


class KeyWrap(Base):
    """A data key, wrapped by one version of the keyring."""

    __tablename__ = "key_wraps"

    key_id: Mapped[UUID] = mapped_column(ForeignKey("data_keys.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    keyring_version: Mapped[int]
    blob: Mapped[bytes] = mapped_column(LargeBinary)


class Keyring:
    """The keys outside the database: versioned wrapping keys, one for look-ups, one for the site's own secrets."""

    def __init__(self, primary: int, keys: dict[int, bytes], index: bytes, site: bytes) -> None:
        self.primary, self.keys, self._index, self._site = primary, keys, index, site

    @classmethod
    def read(cls, path: Path) -> "Keyring":
        """Read the keyring from its file."""
        found = json.loads(path.read_text())
        keys = {int(version): base64.b64decode(key) for version, key in found["keys"].items()}
        return cls(found["primary"], keys, base64.b64decode(found["index"]), base64.b64decode(found["site"]))

    @staticmethod
    def make(path: Path) -> None:
        """Write a new keyring that only its owner can read; never over one that is there."""
        text = {name: base64.b64encode(os.urandom(32)).decode() for name in ("1", "index", "site")}
        whole = {"primary": 1, "keys": {"1": text["1"]}, "index": text["index"], "site": text["site"]}
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
        with os.fdopen(handle, "w") as file:
            json.dump(whole, file)

    def blind(self, text: str) -> str:
        """Return what stands for a text in a look-up column: equal texts are equal, and nothing else can be learnt."""
        return hmac.new(self._index, text.strip().lower().encode(), "sha256").hexdigest()

    def site_secret(self, purpose: str) -> bytes:
        """Return 32 bytes for one purpose of the site itself, always the same for the same keyring."""
        return HKDF(SHA256(), 32, None, f"portal site {purpose}".encode()).derive(self._site)


class Vault:
    """Seals and opens values with the data keys of a session's database."""

    def __init__(self, keyring: Keyring) -> None:
        self.keyring = keyring

    def new_key(self, db: Session, owner: str, key_id: UUID | None = None) -> UUID:
        """Make a data key, wrapped by the primary key of the ring, and return its id."""
        key = DataKey(owner=owner) if key_id is None else DataKey(owner=owner, id=key_id)
        plain = AESGCM.generate_key(256)
        wrap = KeyWrap(key_id=key.id, kind="keyring", keyring_version=self.keyring.primary, blob=b"")
        wrap.blob = _lock(self.keyring.keys[self.keyring.primary], plain, _wrap_label(wrap))
        db.add(key)
        db.flush()
        db.add(wrap)
        self._opened(db)[key.id] = plain
        return key.id

    def prepare(self, db: Session) -> None:
        """Make the house's own key in a new database."""
        if db.get(DataKey, HOUSE_KEY) is None:
            self.new_key(db, "house", HOUSE_KEY)

    def seal(self, db: Session, key_id: UUID, label: bytes, text: str) -> bytes:
        """Seal a text under a data key, bound to its place by ``label``."""
        raw = text.encode()
        padded = len(raw).to_bytes(4, "big") + raw + bytes(-(len(raw) + 4) % _STEP)
        return _lock(self._key(db, key_id), padded, label)

    def open(self, db: Session, key_id: UUID, label: bytes, blob: bytes) -> str:
        """Open a sealed text. Raises Erased when the key was destroyed, InvalidTag when the value was tampered with."""
        padded = _unlock(self._key(db, key_id), blob, label)
        return padded[4 : 4 + int.from_bytes(padded[:4], "big")].decode()

    def derived(self, db: Session, key_id: UUID, purpose: str) -> bytes:
        """Return 32 bytes for one purpose from a person's data key: gone with that key, and the same until then."""
        return HKDF(SHA256(), 32, None, f"portal person {purpose}".encode()).derive(self._key(db, key_id))

    def seal_bytes(self, db: Session, key_id: UUID, label: bytes, raw: bytes) -> bytes:
        """Seal a part of a file under a data key, bound to its place by ``label``."""
        return _lock(self._key(db, key_id), raw, label)

    def open_bytes(self, db: Session, key_id: UUID, label: bytes, blob: bytes) -> bytes:
        """Open a sealed part of a file. Raises as ``open`` does."""
        return _unlock(self._key(db, key_id), blob, label)

    def fetch(self, db: Session, key_ids: Iterable[UUID]) -> None:
        """Open many data keys with one question to the database, for a page with many names.

        A key that cannot be opened is left to whoever opens something with it, so that one never hides the others.
        """
        opened = self._opened(db)
        wanted = set(key_ids) - opened.keys()
        for wrap in db.scalars(select(KeyWrap).where(KeyWrap.key_id.in_(wanted)).order_by(KeyWrap.id)):
            if wrap.key_id not in opened:
                with suppress(InvalidTag, KeyError, ValueError):
                    opened[wrap.key_id] = _unlock(self.keyring.keys[wrap.keyring_version], wrap.blob, _wrap_label(wrap))

    def _opened(self, db: Session) -> dict[UUID, bytes]:
        opened: dict[UUID, bytes] = db.info.setdefault("opened_keys", {})
        return opened

    def _key(self, db: Session, key_id: UUID) -> bytes:
        opened = self._opened(db)
        if key_id not in opened:
            with db.no_autoflush:
                wrap = db.scalars(select(KeyWrap).where(KeyWrap.key_id == key_id).order_by(KeyWrap.id)).first()
            if wrap is None:
                raise Erased(str(key_id))
            opened[key_id] = _unlock(self.keyring.keys[wrap.keyring_version], wrap.blob, _wrap_label(wrap))
        return opened[key_id]


def _lock(key: bytes, plain: bytes, label: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return _VERSION + nonce + AESGCM(key).encrypt(nonce, plain, label)


def _unlock(key: bytes, blob: bytes, label: bytes) -> bytes:
    if blob[:1] != _VERSION:
        raise ValueError("A sealed value of an unknown version.")
    return AESGCM(key).decrypt(blob[1 : 1 + _NONCE], blob[1 + _NONCE :], label)


def _wrap_label(wrap: KeyWrap) -> bytes:
    return f"v1|key_wraps|{wrap.kind}|{wrap.keyring_version}|{wrap.key_id}".encode()


def vault_of(db: Session) -> Vault:
    """Return the vault that a session was opened with."""
    vault: Vault = db.info["vault"]
    return vault


T = TypeVar("T", str, str | None)


class Sealed(Generic[T]):
    """A sealed text: ``name = Sealed[str]("name_ct")`` over a column ``name_ct``, on a model with a ``key_id``."""

    everywhere: ClassVar[list[tuple[str, str]]] = []  # every (model, column), for the canary tests

    def __init__(self, column: str) -> None:
        self.column = column

    def __set_name__(self, owner: type[Any], name: str) -> None:
        self.everywhere.append((owner.__name__, self.column))

    @overload
    def __get__(self, row: None, owner: type[Any]) -> "Sealed[T]": ...
    @overload
    def __get__(self, row: Any, owner: type[Any]) -> T: ...
    def __get__(self, row: Any, owner: type[Any]) -> Any:
        if row is None:
            return self
        waiting = row.__dict__.get("_unsealed", {})
        if self.column in waiting:
            return waiting[self.column]
        blob = getattr(row, self.column)
        if blob is None:
            return None
        db = object_session(row)
        if db is None:
            raise RuntimeError("A sealed value can only be opened while its session is.")
        return vault_of(db).open(db, row.key_id, _label(row, self.column), blob)

    def __set__(self, row: Any, text: T) -> None:
        # Sealed when flushed, because only then the row's session, and with it the vault, is known.
        row.__dict__.setdefault("_unsealed", {})[self.column] = text
        setattr(row, self.column, None if text is None else b"")


def _label(row: Any, column: str) -> bytes:
    return f"v1|{row.__tablename__}|{column}|{row.id}|{row.key_id}".encode()


@event.listens_for(Session, "before_flush")
def _seal_what_waits(db: Session, *_: object) -> None:
    for row in [*db.new, *db.dirty]:
        waiting: dict[str, str | None] = row.__dict__.pop("_unsealed", {})
        for column, text in waiting.items():
            if text is not None:
                setattr(row, column, vault_of(db).seal(db, row.key_id, _label(row, column), text))


def opened_bytes(read: Callable[[], bytes]) -> bytes:
    """Return a sealed part of a file; nothing where its key was destroyed or it was tampered with."""
    try:
        return read()
    except (Erased, InvalidTag, ValueError):
        return b""


def opened(read: Callable[[], str | None]) -> str | None:
    """Return a sealed text, for a page; None where its key was destroyed or the value was tampered with."""
    try:
        return read()
    except (Erased, InvalidTag, ValueError):
        return None
