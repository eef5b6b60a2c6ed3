"""The editor's page."""

from portal.library.source import Key
from tests.panel.scene import Scene


def test_the_editor_sees_every_page_in_every_language_with_real_links(scene: Scene) -> None:
    page = scene.editor.open("/panel/library")
    assert page.status == 200
    assert page.heading == "The library"
    for language in ("English", "Polish", "Urdu"):
        assert language in page.main
    assert "/pl/west-of-england/support" in page.html
    assert "/en/west-of-england/what-a-review-is" in page.html
    assert "What a review is, and why it happens" in page.links
    for name in scene.house.library.pages:
        for code in scene.house.settings.languages:
            assert scene.editor.client.get(f"/{code}/west-of-england/{name}").status_code == 200


def test_what_is_older_or_missing_or_unchecked_is_said(scene: Scene) -> None:
    main = scene.editor.open("/panel/library").main
    assert "Current" in main
    assert "nobody yet" in main
    missing = [
        (page, code)
        for page in scene.house.library.pages
        for code in scene.house.settings.languages
        if scene.house.library.source(Key("", code, page)) is None
    ]
    assert main.count("Not translated yet") >= len(missing)


def test_facts_to_confirm_are_listed_by_page_and_by_panel(scene: Scene) -> None:
    main = scene.editor.open("/panel/library").main
    source = scene.house.library.source(Key("", "en", "what-a-review-is"))
    assert source is not None
    for point in source.meta["to_confirm"]:
        assert " ".join(str(point).split()) in main
    for panel in scene.house.panels.all:
        assert panel.name in main
        assert str(panel.facts["to_confirm"][0]) in main
