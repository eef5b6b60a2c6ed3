"""Addresses and forms that no page of ours leads to or sends: answered kindly and briefly."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.house import House


@pytest.mark.parametrize(
    "path",
    [
        "/print",
        "/large-print",
        "/easy-read",
        "print",
        "",
        "/",
        "//print",
        "/en/print",
        "/en//print",
        "/x/y/z/print/print",
    ],
)
def test_no_odd_address_passes_for_a_form_of_a_page(app: Flask, path: str) -> None:
    assert not app.extensions["public_on_request"](path)


@pytest.mark.parametrize("path", ["/en/support/print", "/en/worcestershire/support/large-print"])
def test_a_form_of_a_page_is_still_known_by_its_address(app: Flask, path: str) -> None:
    assert app.extensions["public_on_request"](path)


def test_a_very_long_address_does_not_come_back_once_for_each_language(client: FlaskClient) -> None:
    answer = client.get("/en/" + "a" * 50_000)
    assert answer.status_code == 404
    assert len(answer.data) < 30_000


def test_signs_that_nobody_types_do_not_come_back_from_the_field_of_places(client: FlaskClient) -> None:
    for code in ("en", "bn"):
        page = client.get(f"/{code}/which-panel", query_string={"place": "\ue002\ue000\x00\x1bLeices\x7fter\ue001"})
        text = page.get_data(as_text=True)
        assert page.status_code == 200
        assert 'value="Leicester"' in text
        assert not [sign for sign in "\x00\x1b\x7f\ue000\ue001\ue002" if sign in text]


@pytest.mark.parametrize(
    "body", ["[1]", '"x"', "5", "null", '{"clear": "yes", "words": 5}', '{"words": {"a": 1}}', "["]
)
def test_json_is_no_form(client: FlaskClient, house: House, body: str) -> None:
    for path in ("/en/support/was-it-clear", "/en/come-back", "/staff/login"):
        answer = client.post(path, data=body, content_type="application/json")
        assert 400 <= answer.status_code < 500, path
