"""Small lines beside the long words: none of them is left behind when something goes wrong."""

import io

from sqlalchemy import select

from portal.review.coming_back import WayBackRequest
from tests.browser import Browser
from tests.family.conftest import Family


def _standing(browser: Browser, field: str) -> dict[str, str]:
    from tests.browser import _standing

    forms = [_standing(form) for form in browser.tree.iter("{http://www.w3.org/1999/xhtml}form")]
    return next(form for form in forms if field in form)


def test_the_line_beside_a_file_comes_back_when_the_visit_has_ended(mother: Family) -> None:
    browser = mother.inside().open("/en/your-space/bring")
    data = {**_standing(browser, "what"), "what": "The beach, in May", "file": (io.BytesIO(b"The sea"), "sea.txt")}
    browser.client.delete_cookie("family")
    answer = browser.client.post("/en/your-space/bring", data=data, content_type="multipart/form-data")
    assert answer.status_code == 401
    assert "The beach, in May" in answer.get_data(as_text=True)


def test_a_request_for_a_way_back_goes_on_in_another_language_with_its_words(mother: Family) -> None:
    browser = Browser(mother.app).open("/en/ask-for-my-link")
    typed = {"name": "Amina", "reach": "After six", "words": "I lost the number", "go_on_in": "ur"}
    answer = browser.client.post("/ur/ask-for-my-link", data=_standing(browser, "reach") | typed)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'lang="ur" dir="rtl"' in page
    assert 'role="alert"' not in page
    for words in ("Amina", "After six", "I lost the number"):
        assert words in page
    with mother.house.database.reading() as db:
        assert db.scalars(select(WayBackRequest).order_by(WayBackRequest.id)).all() == []


def test_no_link_leads_away_from_a_line_that_is_being_typed(mother: Family) -> None:
    browser = mother.inside()
    for page in ("bring", "reaching/ways", "reaching/who-may-know", "reaching/quiet-days"):
        assert 'class="languages"' not in browser.open(f"/en/your-space/{page}").html


def test_of_two_pages_about_how_to_be_reached_neither_overwrites_the_other_unseen(mother: Family) -> None:
    browser = mother.inside()
    one, other = (_standing(browser.open("/en/your-space/reaching/ways"), "interpreter") for _ in range(2))
    path = "/en/your-space/reaching/ways"
    assert browser.client.post(path, data=one | {"words": "01632 960 001"}).status_code == 303
    answer = browser.client.post(path, data=other | {"words": "01632 960 002", "interpreter": "Sylheti"})
    assert answer.status_code == 422
    assert "01632 960 001\n01632 960 002</textarea>" in answer.get_data(as_text=True)
    assert browser.client.post(path, data=one | {"words": "01632 960 001"}).status_code == 303  # pressed twice
    browser._arrive(path, answer)
    assert browser.press("Keep this").path == "/en/your-space/reaching"
    assert "01632 960 001" in browser.main
    assert "01632 960 002" in browser.main
