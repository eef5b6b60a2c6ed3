"""The rules of drafts: whatever comes, in whatever order, from whatever page, nobody's words are lost."""

import random
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock
from portal.house import House
from portal.review import drafts
from portal.review.drafts import Draft, Outcome, Saved, Typed, save
from portal.review.people import FamilyMember
from portal.review.reviews import NotHere
from tests import make


def _somebody(db: Session) -> FamilyMember:
    return make.a_family_member(db, make.a_review(db, make.a_key_worker(db)))


def _begun(db: Session, member: FamilyMember) -> list[str | None]:
    return [one.words for one in drafts.begun_by(db, member, "ask")]


def _draft(saved: Saved[Draft]) -> Draft:
    assert saved.draft is not None
    return saved.draft


def test_the_same_page_replaces_what_it_saved_and_comes_too_late_with_something_older(house: House) -> None:
    with house.database.writing() as db:
        member = _somebody(db)
        assert save(db, member, "ask", Typed("a", "Why", 0, "tab", 2)).outcome is Outcome.KEPT
        assert save(db, member, "ask", Typed("a", "Why that night", 0, "tab", 4)).outcome is Outcome.KEPT
        assert save(db, member, "ask", Typed("a", "Why th", 1, "tab", 3)).outcome is Outcome.LATE
        assert _begun(db, member) == ["Why that night"]


def test_another_page_replaces_only_what_it_had_seen(house: House) -> None:
    with house.database.writing() as db:
        member = _somebody(db)
        first = _draft(save(db, member, "ask", Typed("a", "One", 0, "telephone", 1)))
        assert save(db, member, "ask", Typed("a", "One and two", first.saved, "laptop", 1)).outcome is Outcome.KEPT
        beside = save(db, member, "ask", Typed("a", "One and three", 1, "telephone", 2))
        assert beside.outcome is Outcome.BESIDE
        assert _draft(beside).once != "a"
        assert sorted(map(str, _begun(db, member))) == ["One and three", "One and two"]


def test_a_page_that_has_not_learnt_of_its_own_draft_beside_keeps_writing_in_it(house: House) -> None:
    with house.database.writing() as db:
        member = _somebody(db)
        save(db, member, "ask", Typed("a", "One", 0, "telephone", 1))
        for turn, words in enumerate(["Two", "Two and", "Two and three"], 1):
            assert save(db, member, "ask", Typed("a", words, 0, "laptop", turn)).outcome is Outcome.BESIDE
        assert sorted(map(str, _begun(db, member))) == ["One", "Two and three"]


def test_without_script_the_same_words_twice_are_one_and_other_words_are_kept_beside(house: House) -> None:
    with house.database.writing() as db:
        member = _somebody(db)
        for _ in range(3):
            save(db, member, "ask", Typed("a", "One"))
            save(db, member, "ask", Typed("a", "Two"))
        assert sorted(map(str, _begun(db, member))) == ["One", "Two"]


def test_an_empty_field_takes_nothing_away_and_an_untouched_one_begins_nothing(house: House) -> None:
    with house.database.writing() as db:
        member = _somebody(db)
        assert save(db, member, "ask", Typed("a", " \n")).outcome is Outcome.NOTHING
        assert save(db, member, "ask", Typed("a", "As it was"), "As it was").outcome is Outcome.NOTHING
        save(db, member, "ask", Typed("a", "Why?", 0, "tab", 1))
        assert save(db, member, "ask", Typed("a", "", 1, "tab", 2)).outcome is Outcome.EMPTY
        assert _begun(db, member) == ["Why?"]


def test_what_comes_late_after_sending_changes_nothing_and_what_is_newer_is_kept(house: House) -> None:
    with house.database.writing() as db:
        member = _somebody(db)
        draft = _draft(save(db, member, "ask", Typed("a", "Why?", 0, "tab", 3)))
        drafts.sent(db, draft, "/en/your-space/kept/K7M-4TQ")
        for late in (Typed("a", "Wh", 1, "tab", 2), Typed("a", "Why?", 1, "other", 9), Typed("a", "", 1, "tab", 9)):
            assert save(db, member, "ask", late).outcome is Outcome.SENT
        assert _begun(db, member) == []
        assert draft.words is None
        assert save(db, member, "ask", Typed("a", "Why? And why that night?", 1, "tab", 4)).outcome is Outcome.BESIDE
        assert _begun(db, member) == ["Why? And why that night?"]


def test_what_was_let_go_comes_back_with_one_press_and_is_forgotten_after_a_month(house: House) -> None:
    with house.database.writing() as db:
        member = _somebody(db)
        draft = _draft(save(db, member, "ask", Typed("a", "Why?", 0, "tab", 1)))
        drafts.let_go(draft)
        assert _begun(db, member) == []
        save(db, member, "ask", Typed("a", "Why?", 1, "tab", 2))  # what the page says once more as it goes
        assert _begun(db, member) == []
        drafts.bring_back(draft)
        assert _begun(db, member) == ["Why?"]
        drafts.let_go(draft)
        draft.let_go_at = clock.now() - timedelta(days=31)
        db.flush()
        drafts.forget_let_go(db)
        db.expire_all()
        assert db.scalars(select(Draft.words_ct)).all() == [None]


def test_two_put_together_are_one_and_both_can_still_be_brought_back(house: House) -> None:
    with house.database.writing() as db:
        member = _somebody(db)
        save(db, member, "ask", Typed("a", "One"))
        save(db, member, "ask", Typed("b", "Two"))
        drafts.put_together(db, member, "ask")
        drafts.put_together(db, member, "ask")  # pressed twice
        assert _begun(db, member) == ["One\n\nTwo"]
        assert len(drafts.begun_by(db, member, "ask", let_go=True)) == 2


def test_nobody_elses_draft_is_there(house: House) -> None:
    with house.database.writing() as db:
        mother, father = _somebody(db), _somebody(db)
        hers = _draft(save(db, mother, "ask", Typed("a", "Hers")))
        save(db, father, "ask", Typed("a", "His"))
        assert (_begun(db, mother), _begun(db, father)) == (["Hers"], ["His"])
        with pytest.raises(NotHere):
            drafts.one_of_theirs(db, father, "ask", hers.id)
        with pytest.raises(NotHere):
            drafts.one_of_theirs(db, mother, "tell", hers.id)


class _Tab:
    """One open page: what it shows, and what it has said so far, of which any part may still be on its way."""

    def __init__(self, name: str, draft: Draft | None) -> None:
        self.name, self.turn = name, 0
        self.once, self.seen = (draft.once, draft.saved) if draft else ("first", 0)
        self.said: list[Typed] = []
        self.arrived = 0  # the turn of the newest that came to the server
        self.last = ""


@pytest.mark.whole
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_whatever_comes_in_whatever_order_the_last_words_of_every_page_are_somewhere(house: House, seed: int) -> None:
    dice = random.Random(seed)  # one number makes the whole night, so that a bad one can be played again
    with house.database.writing() as db:
        member = _somebody(db)
        tabs: list[_Tab] = [_Tab("0", None)]
        shown: set[str] = set()  # what somebody saw and went on from
        sent: set[str] = set()
        for step in range(dice.randint(3, 25)):
            tab, act = dice.choice(tabs), dice.choice(["type", "type", "arrive", "arrive", "arrive", "open", "send"])
            found = drafts.begun_by(db, member, "ask")
            if act == "type":
                tab.turn += 1
                words = f"words {step}" if dice.random() < 0.8 else ""
                tab.said.append(Typed(tab.once, words, tab.seen, tab.name, tab.turn))
            elif act == "arrive" and tab.said:
                typed = dice.choice(tab.said)
                saved = save(db, member, "ask", typed)
                if typed.turn > tab.arrived and typed.words:
                    tab.arrived, tab.last = typed.turn, typed.words
                learns = saved.outcome in (Outcome.KEPT, Outcome.BESIDE, Outcome.LATE)
                if saved.draft is not None and learns and dice.random() < 0.7:
                    tab.once, tab.seen = saved.draft.once, saved.draft.saved  # the answer came through
            elif act == "open" and len(tabs) < 4:
                draft = dice.choice(found) if found else None
                tabs.append(_Tab(str(len(tabs)), draft))
                shown |= {draft.words or ""} if draft else set()
            elif act == "send" and found:
                draft = dice.choice(found)
                sent.add(draft.words or "")
                drafts.sent(db, draft, "/")
        kept = {one.words for one in drafts.begun_by(db, member, "ask")}
        for tab in tabs:
            assert not tab.last or tab.last in kept | sent | shown, f"{tab.last!r} of page {tab.name} is nowhere"
        db.rollback()
