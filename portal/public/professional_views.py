"""The way in for professionals: how to notify, who oversees the reviews, and what they may take with them."""

from flask import abort, g
from markupsafe import Markup
from werkzeug.wrappers import Response

from portal.access import May
from portal.door import Here
from portal.house import house
from portal.languages import ENGLISH
from portal.library.markdown import render_markdown
from portal.library.materials import FOLDER, LETTER, OF_ALL, Material, Materials, read_materials
from portal.library.panels import Panel
from portal.library.standing import is_a_machines_draft
from portal.page import Choice, frame
from portal.public.around import public_answer
from portal.public.door import door
from portal.public.panel_blocks import choices_of, law, oversight, standing_of
from portal.public.panel_pages import MaterialPage, Professionals
from portal.words import gettext


@door.show("/<lang:lang>/professionals", "/<lang:lang>/<panel:panel>/professionals", may=May.READ_PAGES)
def professionals(here: Here[None], panel: Panel | None = None) -> Response:
    """Show professionals how to notify, who oversees the reviews, and what they may take with them."""
    panel = panel or here.house.panels.only
    texts = _materials()
    blocks = [oversight(panel), law(panel)] if panel else []
    notifying = panel.part("notifying", g.language) if panel else None
    general = texts.material(OF_ALL, g.language)
    listed = [texts.material(name, g.language) for name in texts.names]
    languages = {general.language, *(block.language for block in blocks)}
    languages |= {notifying.language} if notifying else set()
    page = Professionals(
        gettext("For professionals"),
        standing_of(panel) if panel else "",
        languages != {g.language},
        notifying,
        blocks,
        _shown(general.source.body, general, panel),
        general.language,
        [_material_choice(one, panel) for one in listed],
        choices_of(FOLDER) if panel is None else (),
    )
    return public_answer(page, panel, FOLDER)


@door.show("/<lang:lang>/professionals/<text>", "/<lang:lang>/<panel:panel>/professionals/<text>", may=May.READ_PAGES)
def material(here: Here[None], text: str, panel: Panel | None = None) -> Response:
    """Show one text for professionals, to be read, copied or printed."""
    panel = panel or here.house.panels.only
    texts = _materials()
    if text not in texts.names:
        abort(404)
    one = texts.material(text, g.language)
    about = one.source.meta
    page = MaterialPage(
        house().panels.filled(one.source.title, panel, one.language),
        _shown(one.source.lead, one, panel),
        _shown(one.source.body.strip().removeprefix(one.source.lead), one, panel),
        one.language,
        text.startswith(LETTER),
        "draft" if is_a_machines_draft(about) else "" if about.get("checked_by") else "unchecked",
        house().panels.address(g.language, panel, FOLDER),
    )
    frame().own_style = "material"
    return public_answer(page, panel, f"{FOLDER}/{text}")


def _materials() -> Materials:
    return read_materials(house().settings.content_folder)


def _material_choice(one: Material, panel: Panel | None) -> Choice:
    code, direction = (ENGLISH, "ltr") if one.language != g.language else ("", "")
    url = house().panels.address(g.language, panel, f"{FOLDER}/{one.name}")
    return Choice(house().panels.filled(one.source.title, panel, one.language), url, False, code, direction)


def _shown(text: str, one: Material, panel: Panel | None) -> Markup:
    def address(page: str) -> str:
        return house().panels.address(g.language, panel, page)

    return render_markdown(house().panels.filled(text, panel, one.language), address)
