"""How sections stand in another language after each kind of change, and who may say that they are right again."""

from typing import Any

import pytest

from portal.library.source import TOP, Key, Source, Texts
from portal.library.standing import Standing, standings
from portal.settings import ROOT

BEFORE = Source({"title": "A", "summary": "B"}, "Lead.\n\n## One {#one}\n\nFirst.\n\n## Two {#two}\n\nSecond.\n")
OWN = Source({"title": "a", "summary": "b", "source": BEFORE.hashes}, BEFORE.body)


def _changed(kind: str, section: str = "one", **more: Any) -> Source:
    was = BEFORE.hashes[section]
    change = {"section": section, "was": was, "kind": kind, "by": "E. Ditor", "on": "2026-11-22", **more}
    return Source({**BEFORE.meta, "changes": [change]}, BEFORE.body.replace("First.", "First, and more."))


def _cleared(english: Source, by: str) -> Source:
    return OWN.saying(cleared=[{"section": "one", "hash": english.hashes["one"], "by": by, "on": "2026-11-23"}])


def test_a_page_is_divided_at_its_headings_and_the_top_is_a_section_too() -> None:
    assert list(BEFORE.sections) == [TOP, "one", "two"]
    assert BEFORE.sections["two"].text == "## Two {#two}\n\nSecond."
    assert BEFORE.lead == "Lead."


@pytest.mark.parametrize(
    ("kind", "standing"),
    [("wording", Standing.CURRENT), ("meaning", Standing.OLDER), ("unsafe", Standing.UNSAFE)],
)
def test_each_kind_of_change_does_what_it_says_to_its_section_alone(kind: str, standing: Standing) -> None:
    found = standings(_changed(kind), OWN, "pl")
    assert found == {TOP: Standing.CURRENT, "one": standing, "two": Standing.CURRENT}


def test_a_change_of_which_nobody_says_what_it_is_makes_the_old_text_step_back() -> None:
    silent = Source(BEFORE.meta, BEFORE.body.replace("First.", "Something else."))
    assert standings(silent, OWN, "pl")["one"] is Standing.UNSAFE
    assert standings(_changed("who knows"), OWN, "pl")["one"] is Standing.UNSAFE


def test_a_section_that_is_not_translated_is_missing() -> None:
    part = Source(OWN.meta, OWN.body.partition("## Two")[0])
    assert standings(BEFORE, part, "pl")["two"] is Standing.MISSING


@pytest.mark.parametrize("by", ["", "machine draft", "a Machine"])
def test_a_notice_is_not_cleared_without_a_persons_name(by: str) -> None:
    english = _changed("meaning")
    assert standings(english, _cleared(english, by), "pl")["one"] is Standing.OLDER
    brought_along = _cleared(english, by).saying(source=english.hashes)
    assert standings(english, brought_along, "pl")["one"] is Standing.OLDER, "a new hash alone clears nothing"


def test_a_person_who_gives_a_name_clears_it_until_the_next_change() -> None:
    english = _changed("unsafe")
    cleared = _cleared(english, "Ewa Tłumacz, translator")
    assert standings(english, cleared, "pl")["one"] is Standing.CURRENT
    again = [*english.meta["changes"], {**english.meta["changes"][0], "was": english.hashes["one"], "kind": "meaning"}]
    later = Source({**english.meta, "changes": again}, english.body.replace("and more", "and other things"))
    assert standings(later, cleared, "pl")["one"] is Standing.OLDER


def test_a_translation_made_later_owes_nothing_to_a_change_that_names_the_languages_before_it() -> None:
    english = _changed("meaning", older=["pl"])
    fresh = OWN.saying(source=english.hashes)
    assert standings(english, fresh, "so")["one"] is Standing.CURRENT
    assert standings(english, fresh, "pl")["one"] is Standing.OLDER


def test_every_text_comes_back_from_its_file_as_it_was() -> None:
    texts = Texts(ROOT / "content")
    assert len(texts) > 100
    for key, source in texts.items():
        again = Source.parse(source.dump())
        assert (again.meta, again.body.strip()) == (source.meta, source.body.strip()), key


def test_a_key_names_the_file_of_its_text() -> None:
    assert Key("", "pl", "easy/support").path == "pl/easy/support.md"
    assert Key("worcestershire", "ur", "opening").path == "panels/worcestershire/ur/opening.md"
