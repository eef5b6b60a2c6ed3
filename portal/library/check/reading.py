"""How well English can be read: the length of sentences, two measures of the school grade, and words of the field
that are used before somebody has said what they mean."""

import re
from collections.abc import Iterator

from portal.languages import ENGLISH
from portal.library.article import EASY
from portal.library.check.books import Books, Finding, Text
from portal.library.glossary import PAGE, Terms
from portal.library.source import PICTURE

LONGEST = 25  # words in a sentence
LONGEST_EASY = 12
GRADE = 6.0  # readers of eleven years, by Flesch-Kincaid
GRADE_BY_LETTERS = 7.0  # by the automated readability index, which counts letters and is stricter with long words
GRADE_EASY = 4.0
_WORD = re.compile(r"[A-Za-z0-9'’-]*[A-Za-z][A-Za-z0-9'’-]*")
_MARKS = re.compile(r"\{#[\w-]+\}|\{picture:[\w-]+\}|\*")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_ABBREVIATION = re.compile(r"\b[A-Z]{2,8}\b")
_END = re.compile(r"(?<=[.?:;])[\"”)]*\s+")


def sentences(body: str, words: dict[str, str]) -> Iterator[tuple[int, str]]:
    """Return each sentence with the place of its line; a heading, an item and a cell end like a sentence."""
    at = 0
    for line in body.splitlines(keepends=True):
        text = _MARKS.sub("", _LINK.sub(r"\1", line.replace(PICTURE, "")))
        for name, word in words.items():
            text = text.replace("{" + name + "}", word)
        bare = re.sub(r"^\s*(?:#+|[-*>:]|\d+\.)\s+", "", text.strip())
        for piece in bare.strip("|").split("|") if bare.startswith("|") else [bare]:
            yield from ((at, one) for one in _END.split(piece.strip()) if words_of(one))
        at += len(line)


def words_of(sentence: str) -> list[str]:
    """Return the words of a sentence."""
    return _WORD.findall(sentence)


def grade(said: list[str]) -> float:
    """Return the Flesch-Kincaid grade of sentences."""
    words = [word for sentence in said for word in words_of(sentence)]
    return 0.39 * len(words) / len(said) + 11.8 * sum(map(_syllables, words)) / len(words) - 15.59


def grade_by_letters(said: list[str]) -> float:
    """Return the automated readability index of sentences."""
    words = [word for sentence in said for word in words_of(sentence)]
    return 4.71 * sum(map(len, words)) / len(words) + 0.5 * len(words) / len(said) - 21.43


def _syllables(word: str) -> int:
    bare = re.sub(r"[^a-z]", "", word.lower())
    count = len(re.findall(r"[aeiouy]+", bare))
    if bare.endswith("e") and not bare.endswith(("le", "ee")) and count > 1:
        count -= 1
    if re.search(r"[^td]ed$", bare) and count > 1:
        count -= 1
    return max(count, 1)


def plain_english(text: Text, books: Books) -> Iterator[Finding]:
    """Find English sentences that are too long, and pages that a child of eleven could not read."""
    if text.key.language != ENGLISH:
        return
    easy = text.key.page.startswith(EASY)
    longest = LONGEST_EASY if easy else LONGEST
    values = books.words(ENGLISH) | (books.own_words(text.key.panel, ENGLISH) if text.key.panel else {})
    found = list(sentences(text.source.body, values))
    for at, sentence in found:
        if (length := len(words_of(sentence))) > longest:
            advice = f"Make two of it: {sentence[:60]!r} ..."
            yield text.finding(at, f"A sentence of {length} words; {longest} are the most.", advice)
    said = [sentence for _, sentence in found]
    advice = "Take shorter words and shorter sentences."
    for measure, limit in ((grade, GRADE_EASY if easy else GRADE), (grade_by_letters, GRADE_BY_LETTERS)):
        if said and (reached := measure(said)) > limit:
            yield text.finding(0, f"The page reads at grade {reached:.1f}; {limit:.0f} is the most.", advice)


def explained(text: Text, books: Books) -> Iterator[Finding]:
    """Find abbreviations that nobody has explained, and words that lead to an explanation which is not there."""
    if text.key.language != ENGLISH:
        return
    terms = Terms.read(books.folder)
    if text.key.page == PAGE:
        for term, anchor in terms.anchors.items():
            if f"{{#{anchor}}}" not in text.source.body:
                advice = f"Explain it under a heading {{#{anchor}}}, or take it out of content/en/terms.toml."
                yield text.finding(0, f"{term!r} is not explained here.", advice)
    known = terms.plain | terms.anchors.keys()
    for found in _ABBREVIATION.finditer(_MARKS.sub(lambda mark: " " * len(mark[0]), text.source.body)):
        spelled_out = re.search(rf"\([^)]*\b{found[0]}\b", text.source.body)
        if found[0] not in known and not (spelled_out and spelled_out.start() <= found.start()):
            advice = "Spell it out and put it in brackets behind, or write it into content/en/terms.toml."
            yield text.finding(found.start(), f"{found[0]!r} is used before it is explained.", advice)
