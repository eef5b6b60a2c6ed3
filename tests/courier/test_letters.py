"""The words of every message, of every kind, by every way, in every language."""

import html
import re
import tomllib
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from flask import Flask, g

from portal.languages import START, STOP, placeholders
from portal.languages import language as known
from portal.letters import Letter, as_html, in_language, letter
from portal.review.codes import new_secret
from portal.review.messages import Kind
from portal.review.people import Way
from portal.settings import LINK_LENGTH, ROOT
from portal.words import Catalogues
from tests.offered import OFFERED, sampled

KINDS = (Kind.INVITATION, Kind.NEWS)
LANGUAGES = OFFERED
EVERY = sampled(product(LANGUAGES, KINDS, Way))
LINK = f"https://reviews.example.org/en/i/{new_secret()}"
# What a message would tell whoever picks up the telephone first.
TELLING = {
    "en": "child children baby son daughter died die dead death deceased loss bereaved grief grieving review panel "
    "hospital nurse doctor coroner inquest nhs council family mother father sorry sad urgent click case",
    "pl": "dzieck dzieci syn córk zmar umar śmier zgon śmierć strat żałob przegląd panel komisj szpital pielęgniark "
    r"lekarz koroner rodzin matk ojciec przykro pilne kliknij spraw[aęyą]\b",
    "ur": "بچہ بچے بچوں بیٹا بیٹی موت وفات انتقال مرحوم جائزہ پینل ہسپتال اسپتال نرس ڈاکٹر "
    "کورونر خاندان ماں باپ افسوس فوری",
    "ro": "copil fiica fiul bebelu mort moart deces pierder doliu analiz comisi panel spital asistent medic legist "
    "famili mam[ăei] tat[ăa] regret urgent clic caz",
    "pa": "ਬੱਚ ਪੁੱਤਰ ਧੀ ਮੌਤ ਦੇਹਾਂਤ ਸੋਗ ਸਮੀਖਿਆ ਪੈਨਲ ਹਸਪਤਾਲ ਨਰਸ ਡਾਕਟਰ ਕੋਰੋਨਰ ਪਰਿਵਾਰ ਮਾਤਾ ਪਿਤਾ ਅਫ਼ਸੋਸ",
    "gu": "બાળક દીકર મૃત્યુ અવસાન શોક સમીક્ષા પેનલ હોસ્પિટલ નર્સ ડૉક્ટર કોરોનર પરિવાર માતા પિતા દુઃખ",
    "bn": "সন্তান শিশু ছেলে মেয়ে মৃত মারা শোক পর্যালোচনা প্যানেল হাসপাতাল নার্স ডাক্তার করোনার পরিবার বাবা দুঃখ",
    "ar": "طفل أطفال ابن موت وفاة توفي حزن مراجعة لجنة مستشفى ممرض طبيب قاضي أسرة عائلة والد عاجل",
    "so": "ilmo cunug canug wiil gabadh dhimat dhimas geeri murug eegis guddi isbitaal kalkaali "
    "dhakhtar qoys hooyo aabe",
    "pt": "crian filh beb morte morreu falec perda luto análise revisão painel hospital enfermeir médic "
    "família mãe pai",
    "fa": "کودک فرزند پسر دختر مرگ فوت درگذشت سوگ بررسی هیئت پنل بیمارستان پرستار پزشک خانواده مادر پدر فوری",
}
WHOLE_WORDS = {"en", "ur"}


@pytest.mark.parametrize(("language", "kind", "way"), EVERY)
def test_a_message_tells_nothing_to_a_stranger(app: Flask, kind: Kind, way: Way, language: str) -> None:
    with app.app_context():
        words = letter(kind, way, language, LINK)
        assert words.language in (language, "en")
    text = f"{words.subject} {words.text}".replace(LINK, "").lower()
    for told in TELLING[words.language].split():
        before = r"\b(?:وال|بال|ال|لل|و|ب|ل)?" if words.language == "ar" else r"\b"
        pattern = rf"{before}{told}\b" if words.language in WHOLE_WORDS else rf"{before}{told}"
        assert not re.search(pattern, text), f"{told!r} is in the {kind.value} by {way.value} in {words.language}"
    for line in _banned(words.language):
        assert line not in text
    assert "!" not in text
    assert START not in text
    assert STOP not in text


def _banned(language: str) -> list[str]:
    path = ROOT / "content" / language / "banned.txt"
    return [line.strip().lower() for line in path.read_text().splitlines() if line.strip()] if path.exists() else []


@pytest.mark.parametrize(
    "panel", sorted((ROOT / "content" / "panels").glob("*/panel.toml")), ids=lambda p: p.parent.name
)
def test_no_message_names_a_panel_or_the_panels_word_for_the_key_worker(app: Flask, panel: Path) -> None:
    facts = tomllib.loads(panel.read_text())
    told = [
        facts["name"],
        facts["short_name"],
        facts["contact"]["phone"],
        *facts["area"],
        *facts["words"]["en"].values(),
    ]
    with app.app_context():
        texts = [letter(kind, way, language, LINK) for language, kind, way in product(LANGUAGES, KINDS, Way)]
    for one in texts:
        assert not [word for word in told if word.lower() in f"{one.subject} {one.text}".lower()]


@pytest.mark.parametrize(("language", "way"), sampled(product(LANGUAGES, Way)))
def test_the_link_stands_alone_on_its_line(app: Flask, way: Way, language: str) -> None:
    with app.app_context():
        words = letter(Kind.INVITATION, way, language, LINK)
    assert words.text.count("://") == 1
    assert words.text.splitlines().count(LINK) == 1
    before, after = words.text.split(LINK)
    assert before.endswith("\n\n")
    assert after.startswith("\n\n")


@pytest.mark.parametrize(("language", "way"), sampled(product(LANGUAGES, Way)))
def test_news_carries_no_link_and_says_that_the_old_one_still_opens(app: Flask, way: Way, language: str) -> None:
    with app.app_context():
        words = letter(Kind.NEWS, way, language, LINK)
    assert "://" not in words.text
    if words.language == "en":
        assert "There is something new in your space. Look when it suits you, or not at all." in words.text
        assert "still open it" in words.text


@pytest.mark.parametrize("way", Way)
def test_an_invitation_says_what_a_person_needs_to_know_and_asks_for_nothing(app: Flask, way: Way) -> None:
    with app.app_context():
        text = letter(Kind.INVITATION, way, "en", LINK).text
    assert "number" in text
    assert "another way" in text
    assert "Nothing has to be done now, or at all." in text
    assert "as often as you like" in text
    assert "not meant for you" in text


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_message_is_short_and_uses_only_signs_of_a_plain_text_message(app: Flask, kind: Kind) -> None:
    longest = f"https://{'h' * (LINK_LENGTH - len('https:///en/i/') - 26)}/en/i/{new_secret()}"
    assert len(longest) == LINK_LENGTH
    with app.app_context():
        words = letter(kind, Way.TEXT, "en", longest)
    assert len(words.text) <= 300
    assert words.text.isascii()  # one curly quote would make a text message twice as long
    assert words.subject == ""


@pytest.mark.parametrize(("language", "kind", "way"), EVERY)
def test_the_html_says_the_very_same_words_and_fetches_nothing(app: Flask, kind: Kind, way: Way, language: str) -> None:
    with app.app_context():
        words = letter(kind, way, language, LINK)
        page = as_html(words)
    body = page.partition("<body")[2].partition(">")[2].partition("</body>")[0]
    plain = html.unescape(re.sub(r"<[^>]*>", "", body))
    assert plain.split() == words.text.split()
    assert f'<html lang="{words.language}" dir="{known(words.language).direction}">' in page
    assert not re.search(r"<(img|link|style|script|iframe|object|svg)|\b(src|style|on\w+)=|url\(", page)
    assert re.findall(r'href="([^"]*)"', page) == ([LINK] if kind is Kind.INVITATION else [])


def test_words_in_the_html_are_text_and_never_markup(app: Flask) -> None:
    with app.app_context():
        page = as_html(Letter("<b>", "Use < and > & this:\nhttps://a.example/?a=1&b=2"))
    assert "<b>" not in page
    assert "Use &lt; and &gt; &amp; this:" in page


def test_a_translated_message_is_whole_in_its_language_and_direction(app: Flask, tmp_path: Path) -> None:
    _translate(app, tmp_path, leave_out="")
    with app.app_context():
        words = letter(Kind.INVITATION, Way.EMAIL, "ur", LINK)
        page = as_html(words)
    assert words.language == "ur"
    assert words.subject.startswith("اردو")
    assert all(line == LINK or line.startswith("اردو") for line in words.lines)
    assert '<body lang="ur" dir="rtl">' in page
    assert f'<a href="{LINK}" dir="ltr">{LINK}</a>' in page.replace("<wbr>", "")


def test_a_message_with_one_sentence_untranslated_is_in_english_as_a_whole(app: Flask, tmp_path: Path) -> None:
    _translate(app, tmp_path, leave_out="If this message is not meant for you, you may delete it.")
    with app.app_context():
        words = letter(Kind.INVITATION, Way.EMAIL, "ur", LINK)
    assert words.language == "en"
    assert "اردو" not in words.text
    assert words.text.isascii()


@pytest.fixture(autouse=True)
def _catalogues_as_they_were(app: Flask) -> Iterator[None]:
    kept = app.extensions["catalogues"]
    yield
    app.extensions["catalogues"] = kept


def _translate(app: Flask, folder: Path, leave_out: str) -> None:
    """Give the portal an Urdu catalogue with every sentence of the messages but one."""
    source = (ROOT / "portal" / "letters.py").read_text()
    found = re.findall(r'gettext\(\s*((?:"[^"]*"\s*)+)\)', source)
    sentences = {"".join(re.findall(r'"([^"]*)"', one)) for one in found} - {leave_out}
    assert len(sentences) > 15
    assert all(not placeholders(one) for one in sentences)
    po = folder / "ur" / "LC_MESSAGES" / "messages.po"
    po.parent.mkdir(parents=True)
    po.write_text("\n\n".join(f'msgid "{one}"\nmsgstr "اردو {one}"' for one in sorted(sentences)) + "\n")
    app.extensions["catalogues"] = Catalogues(folder, LANGUAGES)


def test_speaking_another_language_for_a_while_leaves_the_page_as_it_was(app: Flask) -> None:
    with app.app_context():
        g.language, g.untranslated = "pl", True
        with in_language("ur"):
            assert (g.language, g.untranslated) == ("ur", False)
        assert (g.language, g.untranslated) == ("pl", True)
    with app.app_context():
        with in_language("ur"):
            pass
        assert "language" not in g
        assert not g.get("untranslated")


@pytest.mark.parametrize(("kind", "way"), list(product(KINDS, Way)))
def test_the_document_shows_the_very_words(app: Flask, kind: Kind, way: Way) -> None:
    with app.app_context():
        words = letter(kind, way, "en", "https://reviews.example.org/en/i/...")
    quoted = "\n>\n".join(f"> {paragraph}" for paragraph in words.text.split("\n\n"))
    shown = (ROOT / "docs" / "messages.md").read_text()
    assert quoted in shown, f"docs/messages.md shows other words for the {kind.value} by {way.value}"
    assert words.subject in shown
