"""Brings the catalogues up to date with the words that families can meet: `.venv/bin/python scripts/catalogues.py`.

Staff pages are English; what families see, and the messages they get, is in every offered language. A new language is a
new folder in translations/ and content/. `missing(language)` says what still has no translation; a test asks it.
"""

import sys
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "translations"
FOR_FAMILIES = (
    "portal/*.py",
    "portal/public/*.py",
    "portal/family/*.py",
    "templates/*.html",
    "templates/components/*.html",
    "templates/public/*.html",
    "templates/family/*.html",
    "templates/errors/*.html",
    "templates/messages/*.html",
)
FOR_STAFF = ("portal/days.py", "portal/commands.py", "portal/danger.py")
KEYWORDS = {"_": None, "gettext": None, "later": None, "mark": None}


@cache
def wanted() -> Catalog:
    """Return every message that a family can meet, in the order of the files."""
    catalogue = Catalog(charset="utf-8")
    for pattern in FOR_FAMILIES:
        for path in sorted(set(ROOT.glob(pattern)) - {ROOT / name for name in FOR_STAFF}):
            method = "jinja2.ext:babel_extract" if path.suffix == ".html" else "python"
            options = {"trimmed": "true", "silent": "false"} if path.suffix == ".html" else {}
            with path.open("rb") as file:
                for _line, message, comments, _context in extract(method, file, KEYWORDS, ("Translators:",), options):
                    catalogue.add(message, locations=[(path.relative_to(ROOT).as_posix(), 0)], auto_comments=comments)
    return catalogue


def kept(language: str) -> Catalog:
    """Return a language's catalogue as it stands, empty if there is none."""
    path = _path(language)
    if not path.exists():
        return Catalog(locale=None, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=None)


def missing(language: str) -> list[str]:
    """Return the messages that have no translation in a language that may be used."""
    have = kept(language)
    found = []
    for message in wanted():
        own = have.get(message.id) if message.id else None
        if message.id and (own is None or not own.string or own.fuzzy):
            found.append(str(message.id))
    return found


def update(language: str) -> None:
    """Write a language's catalogue anew: what is there stays, what is new is empty, what nobody uses any more goes."""
    have, fresh = kept(language), Catalog(charset="utf-8", fuzzy=False)
    fresh.mime_headers = [("Content-Type", "text/plain; charset=utf-8"), ("Language", language)]
    for message in wanted():
        if message.id:
            own = have.get(message.id)
            string, flags = (own.string, own.flags) if own else ("", ())
            fresh.add(message.id, string, locations=message.locations, flags=flags)
    written = BytesIO()
    write_po(written, fresh, sort_output=False, omit_header=True, include_lineno=False, width=0)
    header = (
        "# Translated by: machine draft\n# Checked by:\n"
        f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\nLanguage: {language}\\n"\n\n'
    )
    _path(language).parent.mkdir(parents=True, exist_ok=True)
    _path(language).write_bytes(header.encode() + written.getvalue())


def _path(language: str) -> Path:
    return TRANSLATIONS / language / "LC_MESSAGES" / "messages.po"


if __name__ == "__main__":
    for code in sys.argv[1:] or sorted(path.name for path in TRANSLATIONS.iterdir() if path.is_dir()):
        update(code)
        print(f"{code}: {len(missing(code))} without a translation")
