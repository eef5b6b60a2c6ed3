"""The base of every model, the types of the house, and the two kinds of session: one that only reads, one that writes.

SQLite runs with a write-ahead log and full synchronisation, because everything less loses acknowledged words at a power
cut (security.md 1). Writers queue behind one lock in the process: SQLite has no fair queue of its own.
"""

import enum
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import DateTime, Dialect, Engine, Enum, MetaData, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
_PRAGMAS = (
    "foreign_keys=ON",
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=10000",
    "secure_delete=ON",
    "trusted_schema=OFF",
)


class UtcTime(TypeDecorator[datetime]):
    """An aware UTC time; a time without a zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without a zone, and keep the rest in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time must carry its zone: use clock.now().")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give SQLite's times their zone back."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """The base of every model; each row has an id made here, so that its sealed fields can be bound to it."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: UtcTime}

    id: Mapped[UUID] = mapped_column(primary_key=True)

    def __init__(self, **values: Any) -> None:
        values.setdefault("id", uuid4())
        for name, value in values.items():
            if not hasattr(type(self), name):
                raise TypeError(f"{type(self).__name__} has no {name}")
            setattr(self, name, value)


E_ = TypeVar("E_", bound=enum.Enum)


def one_of(kind: type[E_]) -> Enum:
    """Return the column type of a state: the Enum's values, with the same rule as a CHECK in the database."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=30,
        name=kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


class Database:
    """One database: opens sessions that read and sessions that write."""

    def __init__(self, url: str, vault: object) -> None:
        self.engine = make_engine(url)
        self._vault = vault
        self._reads = self.engine.execution_options(portal_reads=True)
        self._writer: Any = threading.Lock() if self.engine.dialect.name == "sqlite" else nullcontext()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session in which the database itself refuses every write."""
        with Session(self._reads, info={"vault": self._vault}) as session:
            event.listen(session, "before_flush", _no_writing)
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a session that commits when the block ends well, and leaves nothing behind when it does not."""
        with self._writer, Session(self.engine, info={"vault": self._vault}) as session:
            yield session
            session.commit()

    def session(self, *, writes: bool) -> Session:
        """Return a bare session, for the staff sign-in extension, which commits by itself."""
        return Session(self.engine if writes else self._reads, info={"vault": self._vault})


def _no_writing(session: Session, *_: object) -> None:
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("A page that is only looked at must not change anything.")


def make_engine(url: str) -> Engine:
    """Open a database by its address, with the rules that this house needs of it."""
    if url.startswith("sqlite"):
        engine = create_engine(
            url, connect_args={"check_same_thread": False, "timeout": 10}, pool_size=20, hide_parameters=True
        )
        event.listen(engine, "connect", _prepare_sqlite)
    else:
        engine = create_engine(
            url,
            pool_pre_ping=True,
            pool_size=20,
            hide_parameters=True,  # an exception is no place for what people wrote
            connect_args={"connect_timeout": 3, "options": "-c synchronous_commit=on -c statement_timeout=15000"},
        )
    event.listen(engine, "begin", _begin)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun below, by hand
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    reads = connection.get_execution_options().get("portal_reads", False)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA query_only={'ON' if reads else 'OFF'}")
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
    elif reads:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
