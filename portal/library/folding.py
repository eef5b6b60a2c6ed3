"""Folding: what people type and what we write, brought to the same letters, in every script that we offer.

Capitals, accents and the marks that are often left out or typed in another way go; letters that look or sound the same
are one letter. What comes out is for comparing only, and is never shown.
"""

import re
import unicodedata

_APOSTROPHES = "'’‘ʼʻ`´ʿʾ′"
# Latin letters that do not fall into a letter and an accent by themselves.
_LATIN = {"ł": "l", "đ": "d", "ð": "d", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"}
# One letter for those that differ by keyboard (Arabic, Persian, Urdu) or are often mixed up.
_ARABIC = {
    **dict.fromkeys("ىیېےۍ", "ي"),
    **dict.fromkeys("کڪ", "ك"),
    **dict.fromkeys("ہھةەۃ", "ه"),
    **dict.fromkeys("ٱ", "ا"),
    "ں": "ن",
    "ء": "",
    "ـ": "",
}
# Short and long vowels, the signs of a nasal sound, and s-like letters are one each: they are heard alike.
_BENGALI = {"ী": "ি", "ঈ": "ই", "ূ": "ু", "ঊ": "উ", "ঁ": "", "ঃ": "", "ং": "ঙ", "ৎ": "ত্"}
_BENGALI |= {"শ": "স", "ষ": "স", "ণ": "ন", "য": "জ"}
_GUJARATI = {"ી": "િ", "ઈ": "ઇ", "ૂ": "ુ", "ઊ": "ઉ", "ઁ": "ં", "ઃ": "", "શ": "સ", "ષ": "સ"}
_GURMUKHI = {"ੀ": "ਿ", "ਈ": "ਇ", "ੂ": "ੁ", "ਊ": "ਉ", "ੰ": "ਂ", "ਁ": "ਂ", "ਃ": "", "ੱ": ""}
_NUKTA = "\u093c\u09bc\u0a3c\u0abc"
_UNSEEN = (
    "\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_ACCENTS = [*range(0x300, 0x370), *range(0x610, 0x61B), *range(0x64B, 0x660), 0x670, *range(0x6D6, 0x6EE)]
_FOLDED = {ord(sign): to for sign, to in (_LATIN | _ARABIC | _BENGALI | _GUJARATI | _GURMUKHI).items()}
_FOLDED |= dict.fromkeys([*_ACCENTS, *map(ord, _NUKTA + _UNSEEN)], "")
_DROPPED = dict.fromkeys(map(ord, _APOSTROPHES), "")
# Before another consonant a nasal letter may be written as a dot.
_NASAL = re.compile("(?:[ઙઞણનમ]્|[ਙਞਣਨਮ]੍)(?=[\u0a80-\u0aff\u0a00-\u0a7f])")
_MARKS = (
    "\u0900-\u0963\u0970-\u0dff"  # Indic vowel signs are no letters to the machine, but parts of words; dandas are not
)
_LETTERS = rf"(?:[^\W_]|[{_MARKS}])+"
_WORD = re.compile(rf"{_LETTERS}(?:[-‐‑]{_LETTERS})*")
_AL = re.compile("^(?:وال|بال|كال|فال|ال|لل)(?=.{3})")  # "the", and what is written together with it, in Arabic


def fold(text: str) -> str:
    """Return a text in the letters in which texts are compared."""
    plain = unicodedata.normalize("NFKD", text.translate(_DROPPED))
    plain = unicodedata.normalize("NFKD", plain.casefold()).translate(_FOLDED)
    plain = "".join(str(unicodedata.decimal(sign, sign)) for sign in plain)
    return _NASAL.sub(lambda found: "ં" if found[0][0] >= "\u0a80" else "ਂ", plain)


def words(text: str) -> list[str]:
    """Return the words of a text, folded; what a hyphen joins is two words."""
    return [part for found in _WORD.findall(fold(text)) for part in re.split("[-‐‑]", found)]


def terms(text: str) -> list[str]:
    """Return everything by which a text is found: its words, joined ones whole and in parts, and without an article."""
    found = []
    for whole in _WORD.findall(fold(text)):
        parts = re.split("[-‐‑]", whole)
        for part in parts if len(parts) == 1 else [*parts, "".join(parts)]:
            found += forms(part)
    return found


def one_letter_apart(one: str, other: str) -> bool:
    """Whether two texts differ by one letter that is wrong, missing, too many, or changed places with its neighbour."""
    if abs(len(one) - len(other)) > 1:
        return False
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, others = one[at:], other[at:]
    swapped = rest[:2] == others[:2][::-1] and rest[2:] == others[2:]
    return swapped or rest[1:] == others[1:] or rest[1:] == others or rest == others[1:]


def forms(word: str) -> list[str]:
    """Return a folded word as it stands and, in Arabic script, without the article before it."""
    bare = _AL.sub("", word)
    return [word] if bare == word else [word, bare]
