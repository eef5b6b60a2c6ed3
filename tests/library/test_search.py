"""The search: letters folded in every script, what people type and what they are led to, and that nothing trips it."""

import time
import tomllib
from pathlib import Path

import pytest
from flask import Flask

from portal.house import House
from portal.library.folding import fold, terms, words
from portal.library.search import MOST_FOUND, Hit, Search
from portal.library.snippet import LONG, plain, snippet
from portal.library.source import Key
from tests.offered import OFFERED

pytestmark = pytest.mark.whole  # left out of the quick run, for its minute

# --- folding --------------------------------------------------------------------------------------------------------

SAME = [
    ("en", "Coroner’s", "coroners"),
    ("pl", "Żałoba, ŚMIERĆ", "zaloba smierc"),
    ("ro", "naştere şi viaţă", "naștere și viață"),
    ("ro", "Înmormântare", "inmormantare"),
    ("pt", "Avó, irmão, autópsia", "avo irmao autopsia"),
    ("so", "su’aal go'aan", "suaal goaan"),
    ("ar", "الأطفال إلى آخِر القصّة", "الاطفال الي اخر القصه"),
    ("ar", "مـــــوت", "موت"),
    ("fa", "کتاب‌ها", "كتابها"),
    ("fa", "یک ۱۲۳", "يك 123"),
    ("ur", "ہسپتال کے", "هسپتال كے"),
    ("ur", "وفات ۱۱۱", "وفات 111"),
    ("ur", "ماں", "مان"),
    ("bn", "মৃত্যুর পরীক্ষা", "মৃত্যুর পরিক্ষা"),
    ("bn", "বড়\u200cছেলে ১২৩", "বডছেলে 123"),
    ("bn", "শোক ও সংবাদ", "সোক ও সঙবাদ"),
    ("gu", "સંબંધ", "સમ્બન્ધ"),
    ("gu", "દીકરી ૧૨૩", "દિકરિ 123"),
    ("pa", "ਸ਼ੋਕ", "ਸੋਕ"),
    ("pa", "ਬੱਚਾ ੧੨੩", "ਬਚਾ 123"),
    ("pa", "ਪਿੰਡ", "ਪਿਂਡ"),
]


@pytest.mark.parametrize(("code", "written", "typed"), SAME, ids=[f"{code}-{typed}" for code, _, typed in SAME])
def test_what_is_typed_and_what_is_written_fold_to_the_same(code: str, written: str, typed: str) -> None:
    assert words(written) == words(typed)


def test_letters_that_differ_stay_different() -> None:
    for one, other in (("بچہ", "بچے"), ("মা", "মাসি"), ("ਮਾਂ", "ਮਾਸੀ"), ("માતા", "પિતા"), ("syn", "sen")):
        assert words(one) != words(other)


def test_folding_twice_changes_nothing_more() -> None:
    for _, written, _ in SAME:
        assert fold(fold(written)) == fold(written)


def test_a_joined_word_is_found_whole_and_in_parts_and_an_arabic_one_without_its_article() -> None:
    assert terms("Post-mortem") == ["post", "mortem", "postmortem"]
    assert set(terms("للأطفال")) & set(terms("الأطفال")) == {"اطفال"}
    assert words("شب\u200cها") == ["شبها"]
    assert len(words("শিশু। মা")) == 2, "the sign at the end of a sentence is no letter"


# --- snippets -------------------------------------------------------------------------------------------------------


def test_a_snippet_is_plain_text_with_what_was_looked_for_marked() -> None:
    text = plain("## Who? {#who}\n\n- **A coroner** is a [judge](page:words-explained#coroner). Ring [999](tel:999).")
    assert text == "Who? A coroner is a judge. Ring 999."
    pieces = snippet(text, {"coroner"})
    assert [piece.text for piece in pieces if piece.marked] == ["coroner"]
    assert "".join(piece.text for piece in pieces) == text


def test_a_snippet_is_cut_round_what_was_looked_for() -> None:
    text = " ".join(["before"] * 100 + ["here"] + ["after"] * 100)
    pieces = snippet(text, {"here"})
    assert pieces[0].text == "… "
    assert pieces[-1].text == " …"
    assert [piece.text for piece in pieces if piece.marked] == ["here"]
    assert len("".join(piece.text for piece in pieces).split()) <= LONG + 2


def test_a_number_in_a_snippet_is_one_piece_that_keeps_its_order() -> None:
    pieces = snippet("کال کریں 0808 800 6019 ابھی", {"6019"})
    assert [(piece.text, piece.marked) for piece in pieces if piece.ltr] == [("0808 800 6019", True)]


def test_nothing_makes_no_snippet() -> None:
    assert snippet("", {"x"}) == ()
    assert snippet(" … – ", {"x"}) == ()


# --- finding --------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def search(portal_app: Flask) -> Search:
    """What the portal searches with."""
    home: House = portal_app.extensions["house"]
    return home.search


def _urls(hits: list[Hit]) -> list[str]:
    return [hit.url for hit in hits]


# What is typed, in which language, and a place that has to be among the first few.
GOLDEN = [
    ("en", "coroner", "/en/coroner-and-inquest#who", 3),
    ("en", "CORONER'S", "/en/words-explained#coroners-officer", 20),
    ("en", "inquest", "/en/coroner-and-inquest", 3),
    ("en", "autopsy", "/en/coroner-and-inquest#post-mortem", 3),
    ("en", "postmortem", "/en/coroner-and-inquest#post-mortem", 3),
    ("en", "post mortem", "/en/words-explained#post-mortem", 12),
    ("en", "cdop", "/en/words-explained#child-death-overview-panel", 6),
    ("en", "child death overview panel", "/en/words-explained#child-death-overview-panel", 8),
    ("en", "my baby passed away", "/en/if-your-baby-died#we-are-sorry", 2),
    ("en", "lost my baby", "/en/if-your-baby-died#we-are-sorry", 2),
    ("en", "how long does it take", "/en/how-long-it-takes", 3),
    ("en", "funeral", "/en/money-leave-and-funeral#funeral-cost", 4),
    ("en", "review nurse", "/en/words-explained#key-worker", 5),
    ("en", "bereavment nurse", "/en/words-explained#bereavement-nurse", 3),
    ("en", "sibling", "/en/brothers-and-sisters", 3),
    ("en", "samaritans", "/en/find-support?one=samaritans", 3),
    ("en", "08088006019", "/en/find-support?one=child-death-helpline", 1),
    ("en", "kill myself", "/en/find-support?one=samaritans", 1),
    ("en", "bristol", "/en/west-of-england/about", 5),
    ("pl", "koroner", "/pl/coroner-and-inquest#who", 3),
    ("pl", "koronera", "/pl/words-explained#coroner", 20),
    ("pl", "pogrzebu", "/pl/money-leave-and-funeral#funeral-cost", 3),
    ("pl", "sekcję zwłok", "/pl/coroner-and-inquest#post-mortem", 3),
    ("pl", "sekcje zwlok", "/pl/coroner-and-inquest#post-mortem", 3),
    ("pl", "autopsy", "/pl/words-explained#post-mortem", 8),
    ("pl", "inquest", "/pl/coroner-and-inquest#inquest", 4),
    ("pl", "rodzenstwo", "/pl/brothers-and-sisters", 3),
    ("pl", "akt zgonu", "/pl/certificate-and-registration", 3),
    ("pl", "cruse", "/pl/find-support?one=cruse", 2),
    ("ur", "کورونر", "/ur/coroner-and-inquest", 3),
    ("ur", "كورونر", "/ur/coroner-and-inquest", 3),
    ("ur", "جنازہ", "/ur/money-leave-and-funeral#when", 3),
    ("ur", "پوسٹ مارٹم", "/ur/coroner-and-inquest#post-mortem", 3),
    ("ur", "post-mortem", "/ur/coroner-and-inquest#post-mortem", 8),
    ("ur", "coroner", "/ur/words-explained#coroner", 5),
    ("ur", "تدفین", "/ur/money-leave-and-funeral", 4),
    ("ur", "۱۱۱", "/ur/find-support?one=nhs-111", 2),
]


@pytest.mark.parametrize(
    ("code", "typed", "url", "among"), GOLDEN, ids=[f"{code}-{typed}" for code, typed, _, _ in GOLDEN]
)
def test_what_people_type_leads_where_they_want_to_go(
    search: Search, code: str, typed: str, url: str, among: int
) -> None:
    found = _urls(search.find(typed, code, None))[:among]
    exact = "#" in url or "?" in url
    assert any(one == url or (not exact and one.split("#")[0] == url) for one in found), found


@pytest.mark.whole
def test_every_title_finds_its_page_and_every_entry_its_name(search: Search, portal_app: Flask) -> None:
    home: House = portal_app.extensions["house"]
    for code in ("en", "pl", "ur"):
        for page in home.library.pages:
            found = _urls(search.find(home.library.title(page, code, None), code, None))
            assert f"/{code}/{page}" in [url.split("#")[0] for url in found], f"{code}: {page}"
        for entry in home.support.entries:
            found = _urls(search.find(entry.name, code, None))
            assert f"/{code}/find-support?one={entry.id}" in found, f"{code}: {entry.name}"


def test_of_a_hard_part_only_the_title_is_shown(search: Search, portal_app: Flask) -> None:
    home: House = portal_app.extensions["house"]
    hard = {
        f"/{code}/{page}#{section}"
        for code in ("en", "pl", "ur")
        for page in home.library.pages
        if (english := home.library.source(Key("", "en", page)))
        for section in english.meta.get("hard") or []
    }
    assert hard
    typed = {"en": "post-mortem police coroner", "pl": "post-mortem policja koroner", "ur": "post-mortem پولیس کورونر"}
    met = set()
    for code, together in typed.items():
        for one in together.split():
            for hit in search.find(one, code, None):
                if hit.url in hard or hit.hard:
                    met.add(hit.url)
                    assert hit.hard
                    assert not hit.snippet, hit.url
    assert len(met) > 5


def test_within_a_panel_the_words_and_the_addresses_are_the_panels(search: Search, portal_app: Flask) -> None:
    home: House = portal_app.extensions["house"]
    panel = home.panels.named("leicester-leicestershire-rutland")
    hits = search.find("key worker", "en", panel)
    assert "/en/leicester-leicestershire-rutland/words-explained#key-worker" in _urls(hits)
    said = " ".join(f"{hit.title} {hit.heading} {''.join(piece.text for piece in hit.snippet)}" for hit in hits)
    assert "review nurse" in said
    assert "{" not in said


def test_no_word_in_braces_and_no_mark_of_ours_is_ever_shown(search: Search) -> None:
    for code, typed in (("en", "panel"), ("pl", "panel"), ("ur", "پینل"), ("en", "ask"), ("pl", "osoba")):
        for hit in search.find(typed, code, None):
            shown = f"{hit.title} {hit.heading} {''.join(piece.text for piece in hit.snippet)}"
            assert not set(shown) & set("{}\ue000\ue001"), hit


def test_every_place_that_is_found_is_there(search: Search, portal_app: Flask) -> None:
    client = portal_app.test_client()
    urls = {url for typed in ("the", "panel", "report", "child") for url in _urls(search.find(typed, "en", None))}
    assert len(urls) > 20
    for url in urls:
        path, _, anchor = url.partition("#")
        answer = client.get(path)
        assert answer.status_code == 200, url
        assert not anchor or f'id="{anchor}"' in answer.get_data(as_text=True), url


def test_nothing_is_found_for_nothing(search: Search) -> None:
    for typed in ("", "   ", "!?", "xyzzyqq", "\u200c", "🙂"):
        assert search.find(typed, "en", None) == [], repr(typed)


HOSTILE = (
    '"' * 200,
    "a* OR b* AND NOT c* NEAR(d) ^e : - ( ) { } [ ]" * 4,
    "\x00" * 200,
    " ".join(["the"] * 1000),
    " ".join(f"w{number}" for number in range(1000)),
    "a" * 100_000,
    "'; DROP TABLE x; --",
    "\u0301" * 200,
    "\ufdfa" * 200,
    "-" * 200,
    "a-" * 100,
    "%00%27 {key_worker} {area}",
    "\u202e\u2066abc",
    "ab ac ad ae af ag ah ai aj ak al am an ao",
    "1 2 3 4 5 6 7 8 9 0 11 12 13 14",
)


@pytest.mark.parametrize("typed", HOSTILE, ids=[repr(one[:20]) for one in HOSTILE])
def test_a_hostile_search_neither_fails_nor_takes_long(search: Search, typed: str) -> None:
    for code in ("en", "pl", "ur"):
        search.find("the", code, None)
        start = time.process_time()
        assert len(search.find(typed, code, None)) <= MOST_FOUND
        assert time.process_time() - start < 0.5, code


# --- the index ------------------------------------------------------------------------------------------------------


@pytest.mark.whole
def test_the_index_of_a_language_is_made_quickly_and_once(portal_app: Flask) -> None:
    home: House = portal_app.extensions["house"]
    for code in home.settings.languages:
        fresh = Search(home.settings.content_folder, home.library, home.panels, home.support)
        start = time.process_time()
        fresh.find("coroner", code, None)
        assert time.process_time() - start < 1.5, code
        start = time.process_time()
        fresh.find("coroner", code, None)
        assert time.process_time() - start < 0.1, code


def test_when_the_library_changes_the_next_search_knows_it(content_copy: Path, portal_app: Flask) -> None:
    from portal.library.article import Library
    from portal.library.panels import Panels

    home: House = portal_app.extensions["house"]
    panels = Panels(content_copy, home.settings.panels, home.settings.languages)
    library = Library(content_copy, home.settings.languages, panels)
    search = Search(content_copy, library, panels, home.support)
    assert search.find("brontosaurus", "en", None) == []
    key = Key("", "en", "support")
    source = library.source(key)
    assert source is not None
    library.lay_over({key: type(source)(source.meta, source.body + "\n\nA brontosaurus.\n")})
    assert _urls(search.find("brontosaurus", "en", None)) == ["/en/support#next"]
    library.lay_over({})
    assert search.find("brontosaurus", "en", None) == []


@pytest.mark.whole
@pytest.mark.parametrize("code", OFFERED)
def test_every_synonym_leads_to_words_that_are_written_somewhere(search: Search, code: str) -> None:
    path = Path(__file__).parents[2] / "content" / code / "synonyms.toml"
    lost = []
    for typed, meanings in tomllib.loads(path.read_text("utf-8"))["words"].items():
        assert 1 <= len(words(typed)) <= 4, typed
        if not search.find(typed, code, None) or not any(search.find(one, code, None) for one in meanings):
            lost.append(typed)
    assert not lost, f"{code}: nothing is found for {lost}"
