"""What a professional is asked to confirm beside the pages: the list of places, and the texts for professionals."""

from portal.library.materials import read_materials
from tests.panel.scene import Scene


def test_the_editor_reads_what_is_to_be_confirmed_of_places_and_of_letters(scene: Scene) -> None:
    main = scene.editor.open("/panel/library").main
    points = list(scene.house.panels.places.to_confirm)
    for source in read_materials(scene.house.settings.content_folder).sources.values():
        points += source.meta.get("to_confirm", [])
    assert len(points) > 20
    for point in points:
        assert " ".join(str(point).split()) in main
