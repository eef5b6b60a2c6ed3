"""The offered languages, as parameters of a test: three in the quick run, all of them in the whole one."""

from collections.abc import Iterable
from typing import Any

import pytest

from portal.languages import ENGLISH
from portal.settings import Settings

OFFERED: tuple[str, ...] = Settings.model_fields["languages"].default
TRANSLATIONS = tuple(code for code in OFFERED if code != ENGLISH)
QUICK = ("en", "pl", "ur")


def sampled(cases: Iterable[Any]) -> list[Any]:
    """Return cases, each a language or beginning with one; those of other languages are for the whole run."""
    return [_case(one) for one in cases]


def _case(one: Any) -> Any:
    values = one if isinstance(one, tuple) else (one,)
    marks = () if values[0] in QUICK else pytest.mark.whole
    return pytest.param(*values, marks=marks, id="/".join(map(str, values)))
