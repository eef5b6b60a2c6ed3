"""The parts of an address that only match what exists: an offered language, a served panel, a page, a short address."""

from typing import Any

from flask import Flask, g
from werkzeug.routing import BaseConverter, ValidationError

from portal.house import House
from portal.library.panels import Panel
from portal.library.short import PATTERN, meant


def install_converters(app: Flask, home: House) -> None:
    """Give an application its ``lang``, ``panel``, ``page`` and ``short`` converters."""

    class LanguageConverter(BaseConverter):
        """A language that this portal offers."""

        regex = "|".join(sorted(home.settings.languages, key=len, reverse=True))

    class PanelConverter(BaseConverter):
        """A panel that this portal serves, where the address has to name it."""

        def to_python(self, value: str) -> Panel:
            """Find the panel."""
            found = home.panels.named(value)
            if found is None or home.panels.only is not None:
                raise ValidationError
            return found

        def to_url(self, value: Any) -> str:
            """Write the panel's short name."""
            return value.slug if isinstance(value, Panel) else str(value)

    class PageConverter(BaseConverter):
        """A page of the library."""

        def to_python(self, value: str) -> str:
            """Find the page."""
            if value not in home.library.pages:
                raise ValidationError
            return value

    class ShortConverter(BaseConverter):
        """A panel and a page in a few signs, as they stand on paper."""

        regex = PATTERN
        weight = 50  # looked at before a page's name, of which it has never the shape

        def to_python(self, value: str) -> tuple[Panel | None, str]:
            """Find the panel and the page."""
            found = meant(home.library, home.panels, value)
            if found is None:
                raise ValidationError
            return found

    converters = {"lang": LanguageConverter, "panel": PanelConverter, "page": PageConverter, "short": ShortConverter}
    app.url_map.converters.update(converters)

    @app.url_defaults
    def _keep_the_language(endpoint: str, values: dict[str, Any]) -> None:
        if "lang" not in values and app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values["lang"] = g.get("language", "en")
