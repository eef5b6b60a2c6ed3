"""A text on its way to readers: written by one person, let through by a second, kept in every version."""

from dataclasses import replace

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from portal.library.source import TOP, Key
from portal.library.standing import Change, Standing
from portal.review.questions import NotNow
from portal.review.reviews import NotHere
from portal.workshop import differences, publishing, versions, wording
from portal.workshop.models import ContentVersion, VersionState
from tests import make
from tests.workshop.conftest import ENGLISH, POLISH, URDU, Bench

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

NEW = "Ask us if it is not clear."


def _translated(bench: Bench, key: Key, sections: list[str], by: str = "Tran Slator, translator") -> ContentVersion:
    """Hand on a translation in which these sections were brought to the English of today."""
    live, english = bench.live(key), bench.live(key.english)
    text = replace(live, body=f"{live.body}\n\nNowe zdanie.")
    made = wording.as_translation(english, live, text, sections, by=by, on=publishing.today(), machine=False)
    base = versions.begun_from(bench.db, key, live)
    return publishing.hand_on(bench.db, bench.shop, bench.translator, key, made, base=base)


def test_readers_have_a_text_once_a_second_person_lets_them(bench: Bench) -> None:
    version = make.a_published_change(bench.db, bench.shop, bench.editor, bench.second, ENGLISH)
    assert version.state is VersionState.PUBLISHED
    assert version.published_by == bench.second.id
    assert NEW not in bench.live(ENGLISH).body
    bench.look()
    assert NEW in bench.live(ENGLISH).body
    change = bench.live(ENGLISH).meta["changes"][-1]
    assert (change["section"], change["kind"]) == ("next", "meaning")
    assert change["by"] == f"{bench.editor.name}, editor"
    assert set(change["older"]) >= {"pl", "ur"}


def test_nobody_publishes_what_they_wrote_themselves_and_the_database_says_so_too(bench: Bench) -> None:
    version = make.a_waiting_text(bench.db, bench.house, bench.editor, POLISH)
    with pytest.raises(versions.SamePerson):
        publishing.publish(bench.db, bench.shop, bench.editor, version)
    bench.db.flush()
    forged = update(ContentVersion).values(
        state=VersionState.PUBLISHED, published_by=bench.editor.id, serial=9, published_at=version.created_at
    )
    for wrong in (forged, forged.values(published_by=None)):
        with pytest.raises(IntegrityError, match=r"two_people|by_somebody"), bench.db.begin_nested():
            bench.db.execute(wrong.where(ContentVersion.id == version.id))


def test_a_change_of_meaning_puts_a_notice_on_every_translation_and_one_of_wording_none(bench: Bench) -> None:
    make.a_published_change(bench.db, bench.shop, bench.editor, bench.second, ENGLISH, Change.WORDING)
    bench.look()
    assert set(bench.library.standing(POLISH).values()) == {Standing.CURRENT}
    make.a_published_change(bench.db, bench.shop, bench.editor, bench.second, ENGLISH, Change.MEANING, "And ring us.")
    bench.look()
    for key in (POLISH, URDU):
        assert bench.library.standing(key)["next"] is Standing.OLDER
    make.a_published_change(bench.db, bench.shop, bench.editor, bench.second, ENGLISH, Change.UNSAFE, "Or write.")
    bench.look()
    assert bench.library.standing(POLISH)["next"] is Standing.UNSAFE


def test_a_translation_is_current_again_once_a_second_person_has_read_it_and_given_their_name(bench: Bench) -> None:
    make.a_published_change(bench.db, bench.shop, bench.editor, bench.second, ENGLISH)
    bench.look()
    assert list(wording.to_do(bench.library, POLISH)) == ["next"]
    version = _translated(bench, POLISH, ["next"])
    publishing.publish(bench.db, bench.shop, bench.other_translator, version)
    bench.look()
    assert set(bench.library.standing(POLISH).values()) == {Standing.CURRENT}
    assert bench.library.standing(URDU)["next"] is Standing.OLDER, "the others still owe it"
    cleared = bench.live(POLISH).meta["cleared"]
    assert [(one["section"], one["by"]) for one in cleared] == [("next", f"{bench.other_translator.name}, translator")]
    assert bench.live(POLISH).meta["source"]["next"] == bench.live(ENGLISH).hashes["next"]


def test_what_a_machine_drafted_goes_on_to_be_called_so_and_is_checked_only_by_who_read_all_of_it(bench: Bench) -> None:
    make.a_published_change(bench.db, bench.shop, bench.editor, bench.second, ENGLISH)
    bench.look()
    publishing.publish(bench.db, bench.shop, bench.other_translator, _translated(bench, POLISH, ["next"]))
    bench.look()
    assert bench.live(POLISH).meta["translated_by"] == "machine draft, in part Tran Slator, translator"
    assert bench.live(POLISH).meta["checked_by"] == ""
    whole = _translated(bench, POLISH, list(bench.live(ENGLISH).sections))
    publishing.publish(bench.db, bench.shop, bench.other_translator, whole, read_all=True)
    bench.look()
    assert bench.live(POLISH).meta["translated_by"] == "Tran Slator, translator"
    assert bench.live(POLISH).meta["checked_by"] == f"{bench.other_translator.name}, translator"


def test_a_check_does_not_outlive_the_words_that_were_checked(bench: Bench) -> None:
    for read_all in (True, False):
        version = _translated(bench, POLISH, [TOP])
        publishing.publish(bench.db, bench.shop, bench.other_translator, version, read_all=read_all)
        bench.look()
        assert bool(bench.live(POLISH).meta["checked_by"]) is read_all


def test_a_text_that_readers_must_not_get_is_not_handed_on_and_says_where_and_what_to_do(bench: Bench) -> None:
    live = bench.live(POLISH)
    broken = replace(live, body=live.body.replace("{key_worker_acc}", "{nobody}", 1) + "\n\n[x](page:nowhere)")
    with pytest.raises(publishing.Unfit) as found:
        publishing.hand_on(bench.db, bench.shop, bench.translator, POLISH, broken, base=None)
    said = " ".join(f"{one.line} {one.what} {one.advice}" for one in found.value.found)
    assert "{nobody}" in said
    assert "page:nowhere" in said
    line = next(one.line for one in found.value.found if "{nobody}" in one.what)
    assert "{nobody}" in broken.body.splitlines()[line - 1]
    assert versions.of_text(bench.db, POLISH) == []


def test_a_section_to_which_other_pages_lead_is_not_taken_out(bench: Bench) -> None:
    live = bench.live(ENGLISH)
    text = replace(live, body=live.body.replace("{#right-now}", "{#at-once}"))
    found = bench.shop.problems(ENGLISH, text)
    assert any("'right-now' is gone" in one.what for one in found)


def test_two_who_write_at_once_lose_nothing_and_the_later_has_to_look_first(bench: Bench) -> None:
    base = versions.begun_from(bench.db, POLISH, bench.live(POLISH))
    first = make.a_waiting_text(bench.db, bench.house, bench.translator, POLISH)
    second = make.a_waiting_text(bench.db, bench.house, bench.other_translator, POLISH)
    assert base is not None
    assert {one.number for one in versions.of_text(bench.db, POLISH)} == {1, 2, 3}
    assert versions.of_others(bench.db, bench.translator, POLISH) == [second]
    publishing.publish(bench.db, bench.shop, bench.second, first)
    bench.look()
    with pytest.raises(publishing.Outdated):
        publishing.publish(bench.db, bench.shop, bench.second, second)
    assert second.state is VersionState.WAITING
    assert "This sentence is new." in second.text


def test_every_version_is_kept_and_its_words_never_change(bench: Bench) -> None:
    draft = versions.keep(
        bench.db, bench.editor, ENGLISH, replace(bench.live(ENGLISH), body="## A {#a}\n\nOne."), base=None
    )
    again = versions.keep(
        bench.db, bench.editor, ENGLISH, replace(bench.live(ENGLISH), body="## A {#a}\n\nTwo."), base=None
    )
    assert (draft.state, again.state) == (VersionState.PUT_ASIDE, VersionState.DRAFT)
    assert versions.keep(bench.db, bench.editor, ENGLISH, again.source, base=None) is again, "sent twice"
    bench.db.flush()
    with pytest.raises(RuntimeError, match="never change"), bench.db.begin_nested():
        draft.text = "Something else"
    with pytest.raises(RuntimeError, match="only ever added"), bench.db.begin_nested():
        bench.db.delete(bench.db.get_one(ContentVersion, draft.id))
    assert len(versions.of_text(bench.db, ENGLISH)) == 2


def test_an_old_version_is_taken_up_again_and_goes_the_way_of_any_other(bench: Bench) -> None:
    make.a_published_change(bench.db, bench.shop, bench.editor, bench.second, ENGLISH)
    bench.look()
    first = versions.of_text(bench.db, ENGLISH)[-1]
    assert first.state is VersionState.FROM_FILES
    draft = versions.restore(bench.db, bench.library, bench.editor, first)
    assert draft.state is VersionState.DRAFT
    assert NEW not in draft.source.body
    live = bench.live(ENGLISH)
    text = wording.with_kinds(live, draft.source, {"next": Change.MEANING}, "Eddy, editor", publishing.today())
    waiting = publishing.hand_on(
        bench.db, bench.shop, bench.editor, ENGLISH, text, base=versions.base_of(bench.db, draft)
    )
    publishing.publish(bench.db, bench.shop, bench.second, waiting)
    bench.look()
    assert NEW not in bench.live(ENGLISH).body
    # Made from the very words that stand there again, and yet nobody has read it since: the notice stays.
    assert bench.library.standing(POLISH)["next"] is Standing.OLDER
    publishing.publish(bench.db, bench.shop, bench.other_translator, _translated(bench, POLISH, ["next"]))
    bench.look()
    assert bench.library.standing(POLISH)["next"] is Standing.CURRENT


def test_a_translation_is_taken_away_at_once_and_comes_back_only_by_two_people(bench: Bench) -> None:
    publishing.withdraw(bench.db, bench.library, bench.editor, POLISH, "A number was wrong.")
    bench.look()
    assert set(bench.library.standing(POLISH).values()) == {Standing.MISSING}
    assert "A number was wrong." in bench.live(POLISH).meta["withdrawn"]
    with pytest.raises(NotNow):
        publishing.withdraw(bench.db, bench.library, bench.editor, POLISH, "Again.")
    with pytest.raises(NotNow):
        publishing.withdraw(bench.db, bench.library, bench.editor, ENGLISH, "Never the English.")
    version = _translated(bench, POLISH, list(bench.live(ENGLISH).sections))
    publishing.publish(bench.db, bench.shop, bench.other_translator, version)
    bench.look()
    assert set(bench.library.standing(POLISH).values()) == {Standing.CURRENT}


def test_another_panels_opening_is_not_there(bench: Bench) -> None:
    theirs = Key("worcestershire", "pl", "opening")
    live = bench.live(theirs)
    with pytest.raises(NotHere):
        versions.keep(bench.db, bench.editor, theirs, live, base=None)
    stranger = make.an_editor(bench.db, panel="worcestershire")
    version = versions.keep(bench.db, stranger, theirs, live, base=None)
    with pytest.raises(NotHere):
        versions.one_of_mine(bench.db, bench.editor, version.id)
    assert versions.one_of_mine(bench.db, stranger, version.id) is version


def test_a_published_text_that_cannot_be_shown_leaves_its_file_standing(
    bench: Bench, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    version = make.a_published_change(bench.db, bench.shop, bench.editor, bench.second, ENGLISH)
    for harm in ("---\ntitle: [\n---\n\nwords", "---\ntitle: ''\n---\n\nwords", "no front matter", ""):
        bench.db.execute(update(ContentVersion).where(ContentVersion.id == version.id).values(text=harm))
        bench.db.expire_all()
        assert publishing.published(bench.db, bench.library.files) == {}
        bench.look()
        assert bench.live(ENGLISH) == bench.library.files[ENGLISH]
    assert "cannot be shown" in capsys.readouterr().out
    bench.db.expire_all()


def test_what_differs_is_told_word_by_word_and_nothing_is_lost_on_the_way() -> None:
    pieces = differences.between("Ring us at any time, please.", "Write to us at any hour, please.")
    assert "".join(one.words for one in pieces if one.kind != "new") == "Ring us at any time, please."
    assert "".join(one.words for one in pieces if one.kind != "gone") == "Write to us at any hour, please."
    assert [one.words for one in pieces if one.kind == "new"] == ["Write to", "hour"]
