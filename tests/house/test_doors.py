"""Every exposure is a line in golden_urls.txt: method, address, roles, right. A new one shows in the diff."""

from pathlib import Path

import pytest
from flask import Flask

from portal.access import WHO, May, Role
from portal.door import EVERY_DOOR, LET_THROUGH, Door

GOLDEN = Path(__file__).with_name("golden_urls.txt")


def _exposed(app: Flask) -> str:
    rights = {endpoint: (door, may) for door in EVERY_DOOR for endpoint, may in door.rights.items()}
    lines = []
    for rule in app.url_map.iter_rules():
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        if rule.endpoint in rights:
            door, may = rights[rule.endpoint]
            roles = ", ".join(sorted(role.value for role in WHO[may] & door.roles))
            lines.append(f"{methods:5} {rule.rule:60} {roles} | {may.name}")
        elif rule.endpoint in LET_THROUGH:
            lines.append(f"{methods:5} {rule.rule:60} let through | {rule.endpoint}")
    return "\n".join(sorted(lines)) + "\n"


def test_every_address_of_the_portal_is_one_that_we_know_of(app: Flask) -> None:
    found = _exposed(app)
    assert found == GOLDEN.read_text(encoding="utf-8"), (
        "The addresses that answer have changed. Look at each new line: may these people do this? If so, write the "
        "list anew: python -m tests.house.test_doors"
    )


def test_a_view_that_does_not_say_who_may_call_it_is_no_view() -> None:
    door: Door[None] = Door("nobody", frozenset({Role.ANYONE}), lambda _: None, lambda _: frozenset())
    EVERY_DOOR.remove(door)
    with pytest.raises(TypeError):
        door.show("/somewhere")  # type: ignore[call-arg]  # that is the point


def test_a_view_with_a_right_that_nobody_at_its_door_holds_is_refused_at_once() -> None:
    door: Door[None] = Door("nobody", frozenset({Role.ANYONE}), lambda _: None, lambda _: frozenset())
    EVERY_DOOR.remove(door)
    with pytest.raises(TypeError, match=r"access\.py"):
        door.show("/somewhere", may=May.CHECK_ANSWERS)


def test_every_right_is_held_by_somebody_and_used_by_a_view(app: Flask) -> None:
    assert set(WHO) == set(May)
    assert all(WHO.values())
    used = {may for door in EVERY_DOOR for may in door.rights.values()}
    assert used == set(May), f"No view asks for {set(May) - used}: take the right away"


def test_an_endpoint_that_no_door_declares_answers_as_if_it_were_not_there(app: Flask) -> None:
    undeclared = {rule.endpoint for rule in app.url_map.iter_rules()} - LET_THROUGH
    undeclared -= {endpoint for door in EVERY_DOOR for endpoint in door.rights}
    assert undeclared, "The sign-in extension adds endpoints that we do not use; were they all let through?"
    client = app.test_client()
    for rule in app.url_map.iter_rules():
        if rule.endpoint in undeclared and not rule.arguments:
            assert client.get(rule.rule).status_code == 404, rule.rule


if __name__ == "__main__":
    import tempfile

    from portal.app import create_app
    from portal.sealing import Keyring
    from portal.settings import Settings

    with tempfile.TemporaryDirectory() as folder:
        Keyring.make(Path(folder) / "keyring.json")
        settings = Settings(var=Path(folder), base_url="http://localhost", demo=True, argon2_kib=8, database="")
        GOLDEN.write_text(_exposed(create_app(settings)), encoding="utf-8")
