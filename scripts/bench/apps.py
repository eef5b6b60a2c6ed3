"""Baseline apps: the same page as templates make it, as markdown makes it, and a form with plain SQLite.

Each is what a team would write first. The bench serves them with granian too: only the way of answering differs.
`BENCH_PAGE` names the file that holds the portal's page, `BENCH_TEXT` its markdown, `BENCH_DATABASE` one to write to.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from flask import Flask, render_template_string, request


def page() -> Flask:
    """The page by a Jinja template at each request (`/jinja`), and from its markdown, cleaned (`/whole`)."""
    import bleach
    import frontmatter
    import markdown
    from flask_babel import Babel, format_date, gettext

    from portal.clock import now

    app = Flask("page", static_folder=None)
    Babel(app, default_locale="en_GB")
    html = Path(os.environ["BENCH_PAGE"]).read_text()
    text = Path(os.environ["BENCH_TEXT"])
    head, _, rest = html.partition("<body")
    # Put together line by line, as a template does; what comes out is the portal's page, byte for byte.
    lines = rest.splitlines(keepends=True)
    frame = "{{ head|safe }}<body{% for line in lines %}{{ line|safe }}{% endfor %}"

    @app.get("/jinja")
    def by_template() -> str:
        return render_template_string(frame, head=head, lines=lines)

    @app.get("/whole")
    def by_markdown() -> str:
        article = frontmatter.loads(text.read_text())
        made = markdown.markdown(article.content, extensions=["toc", "abbr", "attr_list", "tables", "sane_lists"])
        tags = {"p", "h1", "h2", "h3", "ul", "ol", "li", "a", "strong", "em", "table", "tr", "td", "th", "abbr", "div"}
        clean = bleach.clean(made, tags=tags, attributes={"*": ["id", "class"], "a": ["href"]}, strip=True)
        names = " ".join(gettext(name) for name in ("What happens next", "Your key worker", "Support"))
        return render_template_string(
            "{{ head|safe }}<body><p>{{ names }} {{ day }}</p>{{ clean|safe }}</body></html>",
            head=head,
            names=names,
            day=format_date(now()),
            clean=clean,
        )

    return app


def form() -> Flask:
    """A form that writes at once, each thread for itself, as SQLite is usually used."""
    app = Flask("form", static_folder=None)
    database = os.environ["BENCH_DATABASE"]

    def opened() -> sqlite3.Connection:
        connection = sqlite3.connect(database, timeout=30, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        return connection

    with opened() as first:
        first.execute("CREATE TABLE IF NOT EXISTS sent (id INTEGER PRIMARY KEY, once TEXT UNIQUE, words TEXT)")
    first.close()

    @app.post("/ask")
    def ask() -> tuple[str, int, dict[str, str]]:
        connection = opened()
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(
                "INSERT INTO sent (once, words) VALUES (?, ?)", (request.form["once"], request.form["words"])
            )
            connection.execute("COMMIT")
        finally:
            connection.close()
        return "", 303, {"Location": "/"}

    return app
