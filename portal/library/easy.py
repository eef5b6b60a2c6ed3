"""Easy read: each sentence beside the picture that says the same."""

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from portal.library.article import Part
from portal.library.markdown import drawing, drawn, pictures_in
from portal.settings import ROOT

PICTURES = ROOT / "static" / "easy"


def with_pictures(parts: Sequence[Part]) -> tuple[tuple[Part, ...], dict[str, Markup]]:
    """Set every picture beside its words; return the drawings, too, which stand on the page once."""
    asked = {name for part in parts for html in (part.html, part.closed, part.english) for name in pictures_in(html)}
    files = {name: PICTURES / f"{name}.svg" for name in sorted(asked)}
    drawings = {name: drawing(name, path.read_text(encoding="utf-8")) for name, path in files.items() if path.exists()}
    shown = tuple(
        replace(
            part,
            html=drawn(part.html, drawings),
            closed=drawn(part.closed, drawings),
            english=drawn(part.english, drawings),
        )
        for part in parts
    )
    return shown, drawings
