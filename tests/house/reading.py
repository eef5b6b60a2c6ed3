"""Reads a page as its reader meets it: each run of words with its language and direction, each link, each anchor."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905 - a list
# Attributes whose words somebody reads or hears.
_SAID = ("aria-label", "aria-description", "alt", "placeholder", "title", "data-pause", "data-go-on")
_UNSEEN = frozenset({"script", "style", "template"})


@dataclass(frozen=True)
class Run:
    """Words that stand together, and what is around them."""

    text: str
    lang: str
    dir: str
    tags: tuple[str, ...]
    attribute: str = ""


@dataclass(frozen=True)
class _Open:
    tag: str
    lang: str
    dir: str


@dataclass
class Reading(HTMLParser):
    """One page."""

    runs: list[Run] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    images: int = 0

    def __post_init__(self) -> None:
        super().__init__()
        self._around: list[_Open] = []

    @property
    def tags(self) -> tuple[str, ...]:
        """The elements that are open."""
        return tuple(one.tag for one in self._around)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element says about itself."""
        given = {name: value or "" for name, value in attrs}
        above = self._around[-1] if self._around else _Open("", "", "")
        one = _Open(tag, given.get("lang", above.lang), given.get("dir", above.dir))
        self.images += tag == "img"
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a" and "href" in given:
            self.links.append((given["href"], ""))
        for name in _SAID:
            if given.get(name, "").strip():
                self.runs.append(Run(given[name].strip(), one.lang, one.dir, (*self.tags, tag), name))
        if tag not in _VOID:
            self._around.append(one)

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and what was left open inside it."""
        if tag in self.tags:
            while self._around.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Note words, and to which link they belong."""
        tags = self.tags
        if tags and _UNSEEN.isdisjoint(tags):
            above = self._around[-1]
            if "a" in tags and self.links:
                href, words = self.links[-1]
                self.links[-1] = (href, words + data)
            if data.strip():
                self.runs.append(Run(" ".join(data.split()), above.lang, above.dir, tags))


def read(html: str) -> Reading:
    """Read a page."""
    reading = Reading()
    reading.feed(html)
    reading.close()
    return reading
