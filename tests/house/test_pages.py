"""A page is a dataclass that names its template, and gives it exactly what it uses."""

import importlib
import pkgutil
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import meta, nodes

import portal
from portal.page import Page

AROUND = {"frame"}


def every_page() -> list[type[Page]]:
    """Return every page of every door."""
    for module in pkgutil.walk_packages(portal.__path__, "portal."):
        if ".migrations" not in module.name and not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found: list[type[Page]] = []
    waiting = [Page]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if "template" in vars(kind):
            found.append(kind)
    return sorted(found, key=lambda kind: (kind.__module__, kind.__qualname__))


def _used(app: Flask, template: str, seen: set[str]) -> set[str]:
    """Return what a template and everything that it extends or includes uses."""
    environment = app.jinja_env
    assert environment.loader is not None
    source, _, _ = environment.loader.get_source(environment, template)
    tree = environment.parse(source)
    used = meta.find_undeclared_variables(tree)
    seen.add(template)
    for node in tree.find_all((nodes.Extends, nodes.Include)):
        named = getattr(node, "template", None)
        if isinstance(named, nodes.Const) and named.value not in seen:
            used |= _used(app, named.value, seen)
    return used - _made(tree)


def _made(tree: nodes.Template) -> set[str]:
    """Return what a template makes itself: by setting, by importing, as a macro."""
    made = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "store"}
    made |= {node.name for node in tree.find_all(nodes.Macro)}
    for node in tree.find_all(nodes.FromImport):
        made |= {name if isinstance(name, str) else name[1] for name in node.names}
    return made


@pytest.mark.parametrize("page", every_page(), ids=lambda page: f"{page.__module__}.{page.__name__}")
def test_a_page_has_exactly_the_fields_that_its_template_uses(page: type[Page], app: Flask) -> None:
    assert is_dataclass(page), "A page is a dataclass."
    given = {field.name for field in fields(page)}
    used = _used(app, page.template, set()) - AROUND - set(app.jinja_env.globals)
    assert used == given, (
        f"{page.template} uses {used - given or 'nothing'} that {page.__name__} does not have; "
        f"{given - used or 'nothing'} is not used"
    )


def test_every_template_belongs_to_a_page_or_is_part_of_one(app: Flask) -> None:
    folder = Path(portal.__file__).parent.parent / "templates"
    reached: set[str] = set()
    for page in every_page():
        _used(app, page.template, reached)
    texts = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.html")}
    imported = {name for name in texts for text in texts.values() if f'"{name}"' in text or f"'{name}'" in text}
    own = {name for name in texts if name.startswith("security/")}
    orphans = set(texts) - reached - imported - own
    assert not orphans, f"No page uses {orphans}: take them away"
