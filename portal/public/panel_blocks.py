"""What is to be said about a panel, heading by heading: its own words, those of all, and where more of it stands."""

from flask import g

from portal.house import house
from portal.languages import ENGLISH
from portal.library.panels import Panel
from portal.page import Choice
from portal.public.around import panel_choices
from portal.public.panel_pages import Block, shown
from portal.public.which_views import WHICH
from portal.reading import page_choice
from portal.words import gettext


def standing_of(panel: Panel) -> str:
    """Say how far a panel's facts can be relied on: a machine's draft, not read by the panel yet, or neither."""
    if g.language != ENGLISH and panel.only_a_draft(g.language):
        return "draft"
    return "" if panel.checked else "unchecked"


def which_choice() -> Choice:
    """Return the link to where one finds one's panel."""
    return Choice(gettext("Is this my panel?"), house().panels.address(g.language, None, WHICH))


def choices_of(page: str) -> list[Choice]:
    """Return a page of every panel, for somebody who has not chosen one."""
    return [Choice(one.title, one.url + page) for one in panel_choices()]


def more(page: str, panel: Panel | None, anchor: str = "") -> Choice:
    """Return a page of the library, where more of it stands."""
    found = page_choice(page, panel)
    return Choice(found.title, f"{found.url}#{anchor}" if anchor else found.url, False, found.code, found.dir)


def about_blocks(panel: Panel) -> list[Block]:
    """Return what is to be said about a panel, heading by heading."""
    where, people = panel.part("where", g.language), panel.part("people", g.language)
    work, families = panel.part("work", g.language), panel.part("families", g.language)
    return [
        Block(
            "area",
            gettext("Which children this panel is for"),
            where.language,
            shown(where, "sentence", "elsewhere"),
            more=[which_choice(), more("what-a-review-is", panel, "which-children")],
        ),
        Block(
            "families",
            gettext("Families and the panel"),
            families.language,
            shown(families, "part"),
            more=[more("taking-part", panel), more("your-key-worker", panel)],
        ),
        Block(
            "people",
            gettext("Who sits on the panel"),
            people.language,
            shown(people, "lived_experience"),
            people.facts["membership"],
            more=[more("who-is-on-the-panel", panel)],
        ),
        Block(
            "aims",
            gettext("What the panel wants to do"),
            work.language,
            items=work.facts["aims"],
            common=[
                gettext(
                    "What is learned also goes into the national database, so that panels all over England learn "
                    "from each other."
                )
            ],
            more=[more("why-every-death-is-reviewed", panel)],
        ),
        Block(
            "facts",
            gettext("What is gathered, and from whom"),
            work.language,
            shown(work, "gathers"),
            common=[
                gettext(
                    "What is gathered also says something about your family and home. One reason is so that the panel "
                    "can see if you are being supported."
                )
            ],
            more=[more("who-reads-about-your-child", panel, "where-from")],
        ),
        Block(
            "decides",
            gettext("What the panel decides, and who hears of it"),
            work.language,
            shown(work, "decides", "goes_to"),
            more=[more("who-is-on-the-panel", panel, "what-they-can-do")],
        ),
        Block(
            "time",
            gettext("When it meets, and how long it takes"),
            work.language,
            shown(work, "meets", "time"),
            more=[more("how-long-it-takes", panel)],
        ),
        Block(
            "private",
            gettext("What stays private"),
            families.language,
            shown(families, "promise"),
            more=[more("who-reads-about-your-child", panel)],
        ),
        Block(
            "words",
            gettext("Words that you may hear"),
            g.language,
            common=[
                gettext(
                    'For things that played a part professionals say "contributory factors". For things that might be '
                    'changed to help other children they say "modifiable factors". Neither means that somebody is to '
                    "blame, or that your child would have lived."
                )
            ],
            more=[more("words-explained", panel, "contributory-factors")],
        ),
        oversight(panel),
        law(panel),
    ]


def oversight(panel: Panel) -> Block:
    """Say who watches over the reviews, and what happens when somebody fears for a child."""
    people = panel.part("people", g.language)
    heading = gettext("Who watches over the reviews")
    return Block("oversight", heading, people.language, shown(people, "concerns"), people.facts["oversight"])


def law(panel: Panel) -> Block:
    """Say who is responsible for the reviews by law."""
    told = panel.part("law", g.language)
    return Block(
        "partners",
        gettext("Who is responsible for the reviews by law"),
        told.language,
        shown(told, "duty", "arrangements"),
        told.facts["partners"],
        more=[more("what-a-review-is", panel, "where-the-rules-are")],
    )
