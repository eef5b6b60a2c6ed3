"""The support directory: its facts, its texts in every language, whom it suits, and that it says what the page says."""

import re
import shutil
import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from portal.library.support import OWN, PLACES, WHAT, WHO, Check, Directory, Wish
from portal.public.support_pages import OWN_WORDS, WHAT_WORDS, WHO_WORDS
from portal.settings import ROOT, Settings
from scripts.support import brought_up_to_date

CONTENT = ROOT / "content"
TRANSLATED = sorted(path.parent.name for path in CONTENT.glob("*/support.toml") if path.parent.name != "en")
DIRECTORY = Directory(CONTENT)
ENTRIES = {entry.id: entry for entry in DIRECTORY.entries}
PAGE = (CONTENT / "en" / "support.md").read_text("utf-8")
each_entry = pytest.mark.parametrize("name", ENTRIES)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


# --- the facts ------------------------------------------------------------------------------------------------------


@each_entry
def test_an_entry_says_who_it_is_how_it_is_reached_and_where_that_comes_from(name: str, settings: Settings) -> None:
    entry = ENTRIES[name]
    assert re.fullmatch(r"[a-z][a-z0-9-]*", name)
    assert entry.place in PLACES
    assert set(entry.who) <= set(WHO)
    assert set(entry.what) <= set(WHAT)
    assert set(entry.own) <= set(OWN)
    assert set(entry.languages) <= set(settings.languages)
    assert set(entry.area) <= set(settings.panels)
    assert (entry.place == "near") == bool(entry.area)
    assert (entry.place in ("what happened", "practical")) <= bool(entry.what)
    assert entry.source
    assert bool(entry.text) == bool(entry.text_word)
    assert not entry.web or re.fullmatch(r"https://\S+", entry.web)
    assert bool(entry.checked_on) == bool(entry.checked_by), "who checked it, and when, belong together"


def test_the_facts_say_nothing_that_nobody_reads() -> None:
    known = {"name", "place", "who", "what", "own", "languages", "area", "phone", "text", "text_word", "email", "web"}
    known |= {"own_way", "at_any_hour", "free", "source", "checked_on", "checked_by", "expires"}
    for name, facts in tomllib.loads((CONTENT / "support.toml").read_text("utf-8")).items():
        assert set(facts) <= known, f"{name}: {set(facts) - known}"


def test_what_can_be_chosen_has_words_and_somebody_to_lead_to() -> None:
    assert (tuple(WHO_WORDS), tuple(WHAT_WORDS), tuple(OWN_WORDS)) == (WHO, WHAT, OWN), "their places are their letters"
    wishes = [Wish(who=one) for one in WHO] + [Wish(what=one) for one in WHAT] + [Wish(own=one) for one in OWN]
    for wish in wishes:
        assert DIRECTORY.find(wish)[0], f"nobody is there for {wish}"


def test_nothing_is_called_checked_before_somebody_gave_their_name() -> None:
    entry = ENTRIES["samaritans"]
    day = date(2026, 11, 22)
    assert entry.check(day) is Check.UNCHECKED
    assert replace(entry, checked_on=day).check(day) is Check.UNCHECKED
    assert replace(entry, checked_on=day, checked_by="Robin Vale").check(day) is Check.CHECKED
    later = replace(entry, checked_on=day, checked_by="Robin Vale", expires=date(2026, 11, 21))
    assert later.check(day) is Check.PAST, "an old check does not keep an entry for ever"


def test_what_is_out_of_date_changes_with_the_day() -> None:
    first = min(entry.expires for entry in DIRECTORY.entries)
    assert DIRECTORY.past(first) == ()
    assert DIRECTORY.past(date.max) == tuple(ENTRIES)


# --- the page and the directory say the same ------------------------------------------------------------------------


def test_every_number_and_address_of_the_page_stands_in_the_directory() -> None:
    targets = re.findall(r"\]\((tel:|mailto:|https://)([^)]+)\)", PAGE)
    assert len(targets) > 20
    known = {entry.phone_href.removeprefix("tel:") for entry in DIRECTORY.entries if entry.phone}
    known |= {entry.email for entry in DIRECTORY.entries} | {
        entry.web.removeprefix("https://") for entry in DIRECTORY.entries
    }
    strange = {target for _, target in targets} - known
    assert not strange, f"content/en/support.md has these, and content/support.toml does not: {strange}"
    assert {_digits(text) for text in re.findall(r"send a text to (\d+)", PAGE)} <= {
        entry.text for entry in DIRECTORY.entries
    }


def test_a_number_of_the_page_belongs_to_the_same_name_in_the_directory() -> None:
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", PAGE).replace("*", "")
    for entry in DIRECTORY.entries:
        if entry.phone and entry.phone in plain:
            line = next(line for line in plain.splitlines() if entry.phone in line)
            called = entry.name.split(",")[0].removeprefix("The ")
            assert called in line or entry.phone == "999", f"{entry.phone} is {entry.name}'s, but the page says: {line}"


@each_entry
def test_a_number_in_the_directory_is_the_one_of_the_page_if_the_page_names_them(name: str) -> None:
    entry = ENTRIES[name]
    called = entry.name.split(",")[0]
    if called in PAGE and entry.phone:
        assert _digits(entry.phone) in _digits(PAGE), f"the page names {called} without this number"


def test_every_name_of_the_page_stands_in_the_directory() -> None:
    for called in ("RoadPeace", "INQUEST", "AvMA", "Sands United", "Jessie May", "Footsteps", "Rainbows", "SUDC UK"):
        assert called in PAGE
        assert any(called in entry.name for entry in DIRECTORY.entries), called


# --- the texts ------------------------------------------------------------------------------------------------------


@each_entry
def test_the_english_is_short_and_plain(name: str) -> None:
    offer = DIRECTORY.text(ENTRIES[name], "en").offer
    assert offer.endswith(".")
    assert "!" not in offer
    assert "{" not in offer
    for sentence in re.split(r"(?<=\.)\s", offer):
        assert len(sentence.split()) <= 25, sentence


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_text_is_translated_from_the_english_of_today(code: str) -> None:
    texts = tomllib.loads((CONTENT / code / "support.toml").read_text("utf-8"))
    assert {"translated_by", "checked_by"} <= set(texts)
    assert set(texts) - {"translated_by", "checked_by"} == set(ENTRIES)
    older = [name for name in ENTRIES if DIRECTORY.text(ENTRIES[name], code).language != code]
    assert not older, f"see scripts/support.py: {older}"


@pytest.mark.parametrize("code", ["pl", "ur"])
def test_a_machines_draft_is_called_one_until_a_person_has_checked_it(code: str, tmp_path: Path) -> None:
    shutil.copytree(CONTENT, tmp_path, dirs_exist_ok=True)
    path = tmp_path / code / "support.toml"
    path.write_text(path.read_text("utf-8").replace('checked_by = ""', 'checked_by = "A. Person"', 1), "utf-8")
    assert DIRECTORY.is_a_machines_draft(code)
    assert not Directory(tmp_path).is_a_machines_draft(code)


def test_when_the_english_changes_its_translations_step_back(tmp_path: Path) -> None:
    shutil.copytree(CONTENT, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "en" / "support.toml"
    path.write_text(
        path.read_text("utf-8").replace("For anyone after a death.", "For any grown-up after a death."), "utf-8"
    )
    directory = Directory(tmp_path)
    for code in ("pl", "ur"):
        text = directory.text(ENTRIES["cruse"], code)
        assert (text.offer, text.language) == ("For any grown-up after a death.", "en")
        assert directory.text(ENTRIES["sands"], code).language == code


def test_a_language_without_texts_gets_the_english_and_a_file_to_fill_in() -> None:
    directory = Directory(CONTENT)
    assert {directory.text(entry, "xx").language for entry in directory.entries} == {"en"}
    written = brought_up_to_date("xx")
    texts = tomllib.loads(written)
    assert {texts[name]["of"] for name in ENTRIES} == {directory.hash(name) for name in ENTRIES}
    assert {texts[name]["offer"] for name in ENTRIES} == {""}
    for code in TRANSLATED:
        assert tomllib.loads(brought_up_to_date(code)) == tomllib.loads(
            (CONTENT / code / "support.toml").read_text("utf-8")
        ), "what is there stays"


# --- whom it suits --------------------------------------------------------------------------------------------------


def _made_for(**wish: str) -> set[str]:
    return {entry.id for entry in DIRECTORY.find(Wish(**wish))[0]}


@pytest.mark.parametrize(
    ("wish", "there", "not_there"),
    [
        ({"what": "suicide"}, {"bereavement-by-suicide", "help-is-at-hand"}, {"brake", "children-of-jannah"}),
        ({"what": "road"}, {"brake", "roadpeace"}, {"sands"}),
        ({"own": "muslim"}, {"children-of-jannah", "chaplain"}, {"jewish-bereavement-counselling"}),
        ({"own": "jewish"}, {"jewish-bereavement-counselling"}, {"children-of-jannah"}),
        ({"who": "father"}, {"sands-united", "sands-united-bristol", "compassionate-friends"}, {"brake"}),
        ({"who": "father", "area": "worcestershire"}, {"sands-united", "acorns"}, {"sands-united-bristol"}),
        ({"what": "illness", "area": "worcestershire"}, {"together-for-short-lives", "acorns"}, {"laura-centre"}),
        ({"who": "sibling"}, {"winstons-wish", "child-bereavement-uk"}, {"sands-united", "child-of-mine"}),
        ({"what": "practical"}, {"childrens-funeral-fund"}, {"sands"}),
    ],
)
def test_what_fits_is_found_and_what_does_not_is_not(
    wish: dict[str, str], there: set[str], not_there: set[str]
) -> None:
    found = _made_for(**wish)
    assert there <= found
    assert not found & not_there


def test_near_ones_stand_first_and_those_for_everybody_are_never_left_out() -> None:
    made, everybody = DIRECTORY.find(Wish(what="illness", area="worcestershire"))
    assert made[0].area == ("worcestershire",)
    assert "child-death-helpline" in {entry.id for entry in everybody}
    for who in ("", *WHO):
        for what in ("", *WHAT):
            for own in ("", *OWN):
                made, everybody = DIRECTORY.find(Wish(who, what, own))
                assert "child-death-helpline" in {entry.id for entry in [*made, *everybody]}
                assert len({entry.id for entry in [*made, *everybody]}) == len(made) + len(everybody)
