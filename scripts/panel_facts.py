"""Prints what of a panel's facts is to be translated, as in a words.toml: `-m scripts.panel_facts worcestershire`.

A translator puts it at the end of content/panels/<panel>/<language>/words.toml, writes every sentence between quotation
marks in that language, and runs `.venv/bin/python -m portal stamp <language>`.
"""

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

from portal.library.panels import PARTS, SAME

CONTENT = Path(__file__).resolve().parent.parent / "content"


def to_translate(panel: str) -> str:
    """Return the English of a panel's facts as the tables of a words.toml."""
    facts = tomllib.loads((CONTENT / "panels" / panel / "panel.toml").read_text("utf-8"))
    tables = [_table("[text.contact]", {key: facts["contact"][key] for key in ("role", "hours")})]
    for name in PARTS:
        part = facts.get(name, [])
        tables += [_table(f"[[text.{name}]]", one) for one in part] if isinstance(part, list) else []
        tables += [_table(f"[text.{name}]", part)] if isinstance(part, dict) else []
    return "\n".join(tables)


def _table(head: str, values: dict[str, Any]) -> str:
    lines = [f"{key} = {_value(value)}" for key, value in values.items() if key not in SAME]
    return "\n".join([head, *lines, ""])


def _value(value: Any) -> str:
    if isinstance(value, list):
        return "[\n" + "".join(f"  {_value(one)},\n" for one in value) + "]"
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    for named in sys.argv[1:]:
        print(to_translate(named))
