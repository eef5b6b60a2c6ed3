"""The door: the only way to give a view a URL, secure by construction.

A view says which right it needs, and the right has to belong to somebody who can stand at this door; otherwise the
portal does not start. A view that shows runs in a session in which the database refuses every write. A view that
changes commits only when it answers 303. Whoever may not is told the same as if nothing were there.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Generic, TypeVar

from flask import Blueprint, Flask, abort, g, request
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers import Response

from portal.access import WHO, May, Role
from portal.house import House, house
from portal.review.meetings import StillOpen
from portal.review.questions import NotNow
from portal.review.reviews import NotHere

C = TypeVar("C")
_Afterwards = list[Callable[[Session], None]]
Reply = Response | tuple[str, int] | str


@dataclass
class Here(Generic[C]):
    """Where a view stands: who calls, in which language, in which session.

    What is put into ``afterwards`` happens in a transaction of its own once the answer stands, whatever it is: that
    somebody was here, or read something.
    """

    caller: C
    house: House
    language: str
    session: Session | None
    afterwards: list[Callable[[Session], None]] = field(default_factory=list)

    @property
    def db(self) -> Session:
        """The session of this request; a public page has none."""
        if self.session is None:
            raise RuntimeError("A public page opens no database.")
        return self.session


@dataclass(frozen=True)
class Nobody:
    """The finder found no caller; this is what to answer instead."""

    answer: Callable[[], Any]


View = Callable[..., Any]
EVERY_DOOR: list["Door[Any]"] = []
# Endpoints that no door declares but that may answer: the sign-in extension's, and files.
LET_THROUGH: set[str] = {"static"}


class Door(Generic[C]):
    """The door of one audience: its roles, its first part of the address, and how its callers are found."""

    def __init__(
        self,
        name: str,
        roles: frozenset[Role],
        find: Callable[[Session | None], Any],
        held: Callable[[C], frozenset[Role]],
        *,
        prefix: str = "",
        database: bool = True,
    ) -> None:
        self.name, self.roles, self._find, self._held, self._database = name, roles, find, held, database
        self.blueprint = Blueprint(name, f"portal.{name}", url_prefix=prefix or None)
        self.rights: dict[str, May] = {}
        EVERY_DOOR.append(self)

    def show(self, *rules: str, may: May) -> Callable[[View], View]:
        """Give a view a URL at which something is looked at and nothing changes."""
        return self._declare(rules, may, "GET", self._read)

    def change(self, *rules: str, may: May, own_session: bool = False) -> Callable[[View], View]:
        """Give a view a URL at which something is changed; it answers 303 when it has been, 422 when not.

        With ``own_session`` the view opens its sessions itself, because part of its work takes long and must not
        hold up everybody else who writes.
        """
        return self._declare(rules, may, "POST", self._alone if own_session else self._write)

    def _declare(
        self, rules: tuple[str, ...], may: May, method: str, enter: Callable[[View, May, dict[str, Any]], Any]
    ) -> Callable[[View], View]:
        if not isinstance(may, May) or not WHO[may] & self.roles:
            raise TypeError(f"Nobody at the door {self.name!r} may {may!r}: see portal/access.py")

        def declare(view: View) -> View:
            self.rights[f"{self.name}.{view.__name__}"] = may

            @wraps(view)
            def answer(**arguments: Any) -> Any:
                arguments.pop("lang", None)
                return enter(view, may, arguments)

            for rule in rules:
                self.blueprint.add_url_rule(
                    rule, view.__name__, answer, methods=[method], provide_automatic_options=False
                )
            return view

        return declare

    def _read(self, view: View, may: May, arguments: dict[str, Any]) -> Any:
        if not self._database:
            return self._alone(view, may, arguments)
        with house().database.reading() as db:
            answer, afterwards = self._answer(view, may, db, arguments)
        return _then(answer, afterwards)

    def _write(self, view: View, may: May, arguments: dict[str, Any]) -> Any:
        with house().database.writing() as db:
            answer, afterwards = self._answer(view, may, db, arguments)
            if getattr(answer, "status_code", 200) != 303:
                db.rollback()
        return _then(answer, afterwards)

    def _alone(self, view: View, may: May, arguments: dict[str, Any]) -> Any:
        return _then(*self._answer(view, may, None, arguments))

    def _answer(self, view: View, may: May, db: Session | None, arguments: dict[str, Any]) -> tuple[Any, _Afterwards]:
        caller = self._find(db)
        if isinstance(caller, Nobody):
            return caller.answer(), []
        if not WHO[may] & self._held(caller):
            abort(404)
        g.caller = caller
        here = Here(caller, house(), g.language, db)
        try:
            answer = view(here, **arguments)
            if db is not None:
                db.flush()
            return answer, here.afterwards
        except NotHere:
            abort(404)
        except (NotNow, StillOpen, StaleDataError):
            abort(409)


def _then(answer: Any, afterwards: _Afterwards) -> Any:
    if afterwards:
        with house().database.writing() as db:
            for act in afterwards:
                act(db)
    return answer


def hang(app: Flask, *doors: Door[Any]) -> None:
    """Hang the doors: from here on only what they declare, and what is let through by name, answers at all."""
    declared: set[str] = set()
    for one in doors:
        app.register_blueprint(one.blueprint)
        declared |= one.rights.keys()

    @app.before_request
    def _only_what_a_door_declares() -> None:
        unknown = request.endpoint is not None and request.endpoint not in declared | LET_THROUGH
        if unknown or "\x00" in request.path:  # a sign that stands in no address of ours, and no database can look for
            abort(404)
