"""The door that stands open to everybody; it reads and sets no cookie and opens no database connection."""

from portal.access import Role
from portal.door import Door

ANYONE = frozenset({Role.ANYONE})
door: Door[None] = Door("public", ANYONE, lambda _: None, lambda _: ANYONE, database=False)
