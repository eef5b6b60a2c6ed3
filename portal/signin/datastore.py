"""Staff as the sign-in extension wants to see them, found by what is kept: a blind index of the address, and a mark.

Wrong passwords and codes are charged to the account that they were tried on: five are free, then it rests for a while
that grows to a quarter of an hour. It never rests for good, and nobody can see from outside whether it does.
"""

from datetime import timedelta
from typing import Any

from flask import abort, has_request_context, request
from flask_security import RoleMixin, SQLAlchemySessionUserDatastore, UserMixin
from sqlalchemy import select, update
from sqlalchemy.orm import Session, object_session, scoped_session

from portal import clock
from portal.house import House
from portal.review import history
from portal.review.people import StaffMember
from portal.sealing import HOUSE_KEY, DataKey, vault_of

FREE_TRIES = 5
LONGEST_REST = timedelta(minutes=15)


class Account(StaffMember, UserMixin):  # type: ignore[misc]  # the mixin says what its own ready-made columns would be
    """A member of staff at the sign-in."""

    @property
    def email(self) -> str:  # type: ignore[override]  # nothing ever sets it from here
        """The address in clear, as the extension calls it."""
        return self.email_open

    @property
    def rests(self) -> bool:
        """Whether too many wrong tries were made lately."""
        return self.wait_until is not None and self.wait_until > clock.now()

    def hold(self) -> None:
        """Look again, and keep everybody else away from this row until the request is over: tries may come at once."""
        session_of(self).refresh(self, with_for_update=True)

    def is_locked(self, form_error: list[str] | None = None) -> bool:
        """Refuse even the right password while the account rests; the answer is the same as to a wrong one."""
        self.hold()
        if self.rests and form_error is not None:
            form_error.append("")
        return self.rests

    def track_failed_authn(self, auth_type: str, tfa: bool = False) -> None:
        """Charge a wrong password or code. A try while the account rests costs nothing, so rests come to an end."""
        self.hold()
        if self.rests:
            return
        self.misses += 1
        history.add(session_of(self), self, "sign-in missed")
        if self.misses >= FREE_TRIES:
            rest = timedelta(minutes=2 ** min(self.misses - FREE_TRIES, 10))
            self.wait_until = clock.now() + min(LONGEST_REST, rest)

    def came_in(self) -> None:
        """Forget wrong tries, because the right person came in after all."""
        self.misses, self.wait_until = 0, None
        history.add(session_of(self), self, "signed in")


def session_of(account: Account) -> Session:
    """Return the session that an account was loaded with."""
    db = object_session(account)
    if db is None:
        raise RuntimeError("An account is only ever looked at in the session that found it.")
    return db


class Datastore(SQLAlchemySessionUserDatastore):
    """Finds accounts in a session of the sign-in's own, which reads on GET and writes on POST."""

    def __init__(self, home: House) -> None:
        def open_session() -> Session:
            db = home.database.session(writes=has_request_context() and request.method == "POST")
            db.expire_on_commit = False
            return db

        factory: Any = open_session
        self.sessions: scoped_session[Session] = scoped_session(factory)
        super().__init__(self.sessions, Account, RoleMixin)

    def find_user(self, case_insensitive: bool = False, **wanted: Any) -> Account | None:
        """Find an account by its address or its mark. Nothing is held, because hashing a password takes its time."""
        (name, value), *_ = wanted.items()
        if name == "email":
            name, value = "email_index", vault_of(self.sessions()).keyring.blind(str(value))
        account = self.sessions.scalars(select(Account).where(getattr(Account, name) == value)).one_or_none()
        self.sessions.commit()
        return account

    def same_work(self) -> None:
        """Write as much as for a try that is charged, so that no clock tells whom nobody knows from whom we know."""
        self.sessions.execute(update(DataKey).where(DataKey.id == HOUSE_KEY).values(owner=DataKey.owner))

    def mf_delete_recovery_code(self, user: Any, idx: int) -> bool:
        """Take one recovery code away, unless another request has just done so."""
        seen = list(user.mf_recovery_codes or [])
        user.hold()
        if user.rests or user.mf_recovery_codes != seen:
            abort(409)
        # The list is made anew, or the change in it would not be noticed.
        user.mf_recovery_codes = [code for place, code in enumerate(seen) if place != idx]
        return idx < len(seen)
