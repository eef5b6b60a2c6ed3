"""A question at a panel, for every test of the panel's door."""

import pytest
from flask import Flask

from portal.house import House
from tests.panel.scene import Scene, a_scene


@pytest.fixture
def scene(app: Flask, house: House) -> Scene:
    """A question in English that was asked a moment ago."""
    return a_scene(app, house)


@pytest.fixture
def urdu(app: Flask, house: House) -> Scene:
    """A question in Urdu that was asked a moment ago."""
    return a_scene(app, house, "ur", "رات کی نرس کیوں نہیں آئی؟")
