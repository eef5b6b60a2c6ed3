"""Writes what is still to be translated of the support directory: `.venv/bin/python -m scripts.support <language>`.

What is there stays. What is missing stands there empty, with its English above. What was made from an older English
keeps its old "of", so that readers get the English, until somebody has looked at it and writes the new one.
"""

import json
import sys
import tomllib
from pathlib import Path

from portal.languages import ENGLISH
from portal.library.support import Directory

CONTENT = Path(__file__).resolve().parent.parent / "content"


def brought_up_to_date(language: str) -> str:
    """Return the file of a language as it should stand."""
    directory = Directory(CONTENT)
    english = tomllib.loads((CONTENT / ENGLISH / "support.toml").read_text("utf-8"))
    path = CONTENT / language / "support.toml"
    have = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    lines = [
        f"# What each entry of ../support.toml offers, in {language}: see ../{ENGLISH}/support.toml.",
        f"translated_by = {_said(have.get('translated_by', 'machine draft'))}",
        f"checked_by = {_said(have.get('checked_by', ''))}",
    ]
    for entry in directory.entries:
        own, today = have.get(entry.id, {}), directory.hash(entry.id)
        lines += ["", f"[{entry.id}]", f"# {entry.name}: {english[entry.id]['offer']}"]
        if own.get("of", today) != today:
            lines.append(f'# The English has changed. Once the text says the same again: of = "{today}"')
        lines.append(f"of = {_said(own.get('of', today))}")
        for key in ("name", "offer", "hours"):
            if key in own or key == "offer" or (key == "hours" and english[entry.id].get("hours")):
                lines.append(f"{key} = {_said(own.get(key, ''))}")
    return "\n".join(lines) + "\n"


def _said(value: object) -> str:
    return json.dumps(str(value), ensure_ascii=False)


if __name__ == "__main__":
    for code in sys.argv[1:]:
        target = CONTENT / code / "support.toml"
        target.parent.mkdir(exist_ok=True)
        target.write_text(brought_up_to_date(code), encoding="utf-8")
        print(f"{code}: {target}")
