"""The panel's meetings."""

from datetime import date

import pytest

from portal.days import read_day
from tests.panel.scene import Scene


@pytest.mark.parametrize(
    "typed",
    ["24 November 2026", " 24 november  2026", "24/11/2026", "24.11.2026", "24-11-2026", "2026-11-24", "24 Nov 2026",
     "24th of November, 2026", "Tuesday 24 November 2026", "Tuesday, 24th November 2026", "٢٤/١١/٢٠٢٦"],
)  # fmt: skip
def test_a_day_is_understood_however_it_is_written(typed: str) -> None:
    assert read_day(typed) == date(2026, 11, 24)


@pytest.mark.parametrize("typed", ["", "soon", "31/02/2026", "24 Nevember 2026", "11/24/2026", "24 November", "9" * 40])
def test_what_is_no_day_is_not_taken_for_one(typed: str) -> None:
    assert read_day(typed) is None


def test_september_may_be_shortened_as_people_do() -> None:
    assert read_day("3 Sept 2026") == read_day("3 Sep 2026") == read_day("3 August 2026").replace(month=9)  # type: ignore[union-attr]  # fails here


def test_a_meeting_with_a_day_that_cannot_be_read_keeps_what_was_typed(scene: Scene) -> None:
    page = scene.chair.open("/panel/meetings/plan").choose("Review meeting")
    page.fill("Day of the meeting", "next Tuesday").press("Plan the meeting")
    assert page.status == 422
    assert "Write the day like this: 24 November 2026." in page.main
    assert page.value("Day of the meeting") == "next Tuesday"
    assert 'value="review meeting" checked' in page.html


def test_there_is_no_meeting_yet_and_the_page_says_so(scene: Scene) -> None:
    assert "No meeting is planned at the moment." in scene.member.open("/panel/meetings").main
    page = scene.taken_up().coordinator.open(f"{scene.path}/meeting")
    assert "Plan one first" in page.main
    assert "Put it to this meeting" not in page.buttons


def test_a_meeting_is_not_over_while_a_question_waits_and_the_page_says_which(scene: Scene) -> None:
    meeting_id = scene.taken_up().at_a_meeting()
    page = scene.chair.open(f"/panel/meetings/{meeting_id}")
    assert "These are still waiting:" in page.main
    assert "This meeting was held" not in page.buttons
    token = (
        scene.chair.open("/panel/meetings/plan").html.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    )
    answer = scene.chair.client.post(f"/panel/meetings/{meeting_id}/held", data={"csrf_token": token})
    assert answer.status_code == 409
    assert "This meeting has questions that nobody has answered yet." in answer.get_data(as_text=True)


def test_a_meeting_is_held_once_every_question_has_an_answer(scene: Scene) -> None:
    meeting_id = scene.taken_up().at_a_meeting()
    scene.drafted()
    one, two = (
        scene.chair.open(f"/panel/meetings/{meeting_id}"),
        scene.coordinator.open(f"/panel/meetings/{meeting_id}"),
    )
    assert "This meeting was held." in one.press("This meeting was held").main
    assert two.press("This meeting was held").status == 409
    assert "A colleague has already said that it was held." in two.main
    page = scene.member.open("/panel/meetings")
    assert page.main.index("Held") > page.main.index("No meeting is planned")


def test_a_panel_member_sees_meetings_but_plans_none(scene: Scene) -> None:
    assert "Plan a meeting" not in scene.member.open("/panel/meetings").links
    assert scene.member.open("/panel/meetings/plan").status == 404


def test_a_question_is_put_to_a_later_meeting_and_two_at_once_do_not_cross(scene: Scene) -> None:
    scene.taken_up().at_a_meeting()
    for day in ("5 January 2027", "6 January 2027"):
        scene.chair.open("/panel/meetings/plan").choose("Panel meeting").fill("Day of the meeting", day)
        scene.chair.press("Plan the meeting")
    one, two = scene.coordinator.open(scene.path), scene.other_coordinator.open(f"{scene.path}/meeting")
    one.follow("Put it to another meeting").choose("Panel meeting on 5 January 2027").press("Put it to this meeting")
    assert "Put to a meeting: Panel meeting on 5 January 2027" in one.main
    two.choose("Panel meeting on 6 January 2027").press("Put it to this meeting")
    assert two.status == 409
    assert "A colleague has changed this" in two.main
    assert "checked" in two.html.split("Panel meeting on 6 January 2027")[0].rsplit("<input", 1)[1]


def test_a_meeting_has_to_be_chosen(scene: Scene) -> None:
    scene.taken_up().at_a_meeting()
    page = scene.coordinator.open(f"{scene.path}/meeting").press("Put it to this meeting")
    assert page.status == 422
    assert "Choose a meeting." in page.main
