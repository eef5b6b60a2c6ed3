"""Every public page in the other half of the languages, small and wide."""

import pytest
from flask import Flask

from tests.journeys.conftest import Walk
from tests.journeys.every_page import look_at_every_page

pytestmark = pytest.mark.browser


@pytest.mark.whole
@pytest.mark.parametrize("code", ["pl", "ro", "pa", "gu", "pt", "fa"])
def test_every_page_can_be_read_small_and_wide(walk: Walk, portal_app: Flask, code: str) -> None:
    look_at_every_page(walk, portal_app, code)
