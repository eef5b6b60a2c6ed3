"""Looking changes nothing: the database itself refuses, and a change counts only when the answer says that it did."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask, Response, abort, g
from flask.testing import FlaskClient
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from portal import clock
from portal.access import May, Role
from portal.door import EVERY_DOOR, Door, Here, hang
from portal.house import House
from portal.review import history
from portal.review.people import StaffMember
from portal.review.questions import NotNow
from portal.review.reviews import NotHere
from portal.review.spaces import Visit
from tests import make
from tests.house.world import dump, emptied, everybody

ANYONE = frozenset({Role.ANYONE})
LOOKED = (
    "file read",
    "way back read",
    "question read",
    "answer read",
    "contribution read",
    "news read",
    "concern read",
    "notes read",
    "contacts read",
    "removal read",
    "wish to show something read",
    "number shown",
    "letter shown",
)


@pytest.fixture
def person_id(house: House) -> UUID:
    """Somebody whose row can be written."""
    with house.database.writing() as db:
        return make.a_coordinator(db).id


@pytest.fixture
def client(house: House, person_id: UUID) -> FlaskClient:
    """A throwaway app with a throwaway door, whose views do what no view may."""
    app = Flask("throwaway")
    app.extensions["house"] = house
    app.testing = True
    app.before_request(lambda: setattr(g, "language", "en"))
    door: Door[None] = Door("throwaway", ANYONE, lambda _: None, lambda _: ANYONE)
    EVERY_DOOR.remove(door)

    def write(here: Here[None]) -> None:
        here.db.get_one(StaffMember, person_id).misses += 1

    @door.show("/by-row", may=May.OPEN_A_LINK)
    def by_row(here: Here[None]) -> str:
        write(here)
        return "looked"

    @door.show("/by-new-row", may=May.OPEN_A_LINK)
    def by_new_row(here: Here[None]) -> str:
        history.add(here.db, None, "looked")
        return "looked"

    @door.show("/by-statement", may=May.OPEN_A_LINK)
    def by_statement(here: Here[None]) -> str:
        here.db.execute(update(StaffMember).values(misses=7))
        return "looked"

    @door.show("/by-deleting", may=May.OPEN_A_LINK)
    def by_deleting(here: Here[None]) -> str:
        here.db.execute(delete(StaffMember))
        return "looked"

    @door.show("/by-hand", may=May.OPEN_A_LINK)
    def by_hand(here: Here[None]) -> str:
        here.db.execute(text("UPDATE staff_members SET misses = 7"))
        here.db.commit()
        return "looked"

    @door.show("/afterwards", may=May.OPEN_A_LINK)
    def afterwards(here: Here[None]) -> str:
        here.afterwards.append(lambda db: history.add(db, None, "looked afterwards"))
        return "looked"

    @door.change("/answers/<int:status>", may=May.OPEN_A_LINK)
    def answers(here: Here[None], status: int) -> Response:
        write(here)
        here.db.flush()
        return Response("done", status)

    @door.change("/stops/<why>", may=May.OPEN_A_LINK)
    def stops(here: Here[None], why: str) -> Response:
        write(here)
        here.db.flush()
        if why == "fails":
            raise RuntimeError("in the middle")
        if why == "aborts":
            abort(403)
        raise {"not-here": NotHere, "not-now": NotNow}[why]

    hang(app, door)
    return app.test_client()


def _misses(house: House, person_id: UUID) -> int:
    with house.database.reading() as db:
        return db.get_one(StaffMember, person_id).misses


@pytest.mark.parametrize("how", ["by-row", "by-new-row"])
def test_a_page_that_writes_a_row_fails(client: FlaskClient, house: House, how: str) -> None:
    before = dump(house)
    with pytest.raises(RuntimeError, match="only looked at"):
        client.get(f"/{how}")
    assert dump(house) == before


@pytest.mark.parametrize("how", ["by-statement", "by-deleting", "by-hand"])
def test_a_page_that_writes_past_the_models_is_refused_by_the_database_itself(
    client: FlaskClient, house: House, how: str
) -> None:
    before = dump(house)
    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        client.get(f"/{how}")
    assert dump(house) == before


def test_what_is_to_be_noted_afterwards_has_a_transaction_of_its_own(client: FlaskClient, house: House) -> None:
    before = dump(house)
    assert client.get("/afterwards").status_code == 200
    after = dump(house)
    assert len(after["history"]) == len(before["history"]) + 1
    assert {**after, "history": []} == {**before, "history": []}


@pytest.mark.parametrize("status", [200, 201, 204, 302, 400, 401, 404, 409, 422, 500])
def test_what_does_not_answer_see_other_has_changed_nothing(
    client: FlaskClient, house: House, person_id: UUID, status: int
) -> None:
    assert client.post(f"/answers/{status}").status_code == status
    assert _misses(house, person_id) == 0


def test_what_answers_see_other_has_been_kept(client: FlaskClient, house: House, person_id: UUID) -> None:
    assert client.post("/answers/303").status_code == 303
    assert _misses(house, person_id) == 1


@pytest.mark.parametrize(("why", "status"), [("aborts", 403), ("not-here", 404), ("not-now", 409)])
def test_what_stops_in_the_middle_has_changed_nothing(
    client: FlaskClient, house: House, person_id: UUID, why: str, status: int
) -> None:
    assert client.post(f"/stops/{why}").status_code == status
    assert _misses(house, person_id) == 0


def test_what_fails_in_the_middle_has_changed_nothing(client: FlaskClient, house: House, person_id: UUID) -> None:
    with pytest.raises(RuntimeError, match="in the middle"):
        client.post("/stops/fails")
    assert _misses(house, person_id) == 0
    assert client.post("/answers/303").status_code == 303, "the next one may write again"


def test_a_page_to_look_at_takes_no_post_and_one_to_change_no_get(client: FlaskClient) -> None:
    assert client.post("/afterwards").status_code == 405
    assert client.get("/answers/303").status_code == 405
    assert client.options("/afterwards").status_code == 405


@pytest.mark.whole
def test_when_everybody_has_looked_at_everything_the_database_is_as_it_was(app: Flask) -> None:
    house = emptied(app)
    world = everybody(app, house)
    with house.database.writing() as db:  # so long ago that it has to be noted that they are still there
        db.execute(update(Visit).values(seen_at=clock.now() - timedelta(minutes=5)))
    files = sorted(house.settings.messages_folder.iterdir())
    before, looked = dump(house, "visits.seen_at"), 0
    for who in ("anyone", "mother", "key worker", "coordinator", "chair", "editor", "administrator"):
        for path in world.addresses("GET", who):
            for method in ("HEAD", "GET") if who == "anyone" else ("GET",):
                looked += world.ask(who, method, path).status_code == 200
    assert looked > 200
    after = dump(house, "visits.seen_at")
    new = [line for line in after["history"] if line not in set(before["history"])]
    assert new, "that somebody read a family's words is noted"
    assert not [line for line in new if not any(verb in line for verb in LOOKED)], new
    assert len(after["history"]) == len(before["history"]) + len(new)
    changed = [table for table in before if table != "history" and before[table] != after[table]]
    assert not changed, f"Looking changed {changed}"
    assert sorted(house.settings.messages_folder.iterdir()) == files
