"""Who may do what, on one screen: a right that is not in WHO does not exist, and only the roles beside it have it."""

from enum import Enum


class Role(Enum):
    """Everyone who can stand at a door of the portal."""

    ANYONE = "anyone"
    MESSAGE_SERVICE = "message service"
    FAMILY_MEMBER = "family member"
    KEY_WORKER = "key worker"
    COORDINATOR = "coordinator"
    CHAIR = "chair"
    PANEL_MEMBER = "panel member"
    EDITOR = "editor"
    TRANSLATOR = "translator"
    ADMINISTRATOR = "administrator"


STAFF = frozenset(Role) - {Role.ANYONE, Role.MESSAGE_SERVICE, Role.FAMILY_MEMBER}
PANEL = frozenset({Role.COORDINATOR, Role.CHAIR, Role.PANEL_MEMBER})
LIBRARY = frozenset({Role.EDITOR, Role.TRANSLATOR})


class May(Enum):
    """Every right."""

    READ_PAGES = "read the public pages"
    SAY_IF_CLEAR = "say whether a public page was clear"
    OPEN_A_LINK = "open a private link with its number"
    SEE_THE_DEMONSTRATION = "see what the demonstration would have sent"
    SAY_WHAT_BECAME_OF_A_MESSAGE = "say, with the service's own token, whether a message arrived"
    USE_OWN_SPACE = "read, write and choose in one's own space"
    LOOK_AFTER_FAMILIES = "start a review, invite people, end links, set the stage"
    BRING_ANSWERS = "bring a checked answer to the family"
    READ_QUESTIONS = "read the families' words for one's own panel"
    HANDLE_QUESTIONS = "take up questions and put them to a meeting"
    DRAFT_ANSWERS = "draft an answer"
    CHECK_ANSWERS = "check the plain words of another person's answer"
    SEE_TO_CONCERNS = "see to it when somebody may be in danger"
    PLAN_MEETINGS = "plan meetings and say that they were held"
    SEE_THE_LIBRARY = "see which pages exist in which language, and their versions"
    EDIT_PAGES = "write the English, bring back a version, withdraw a translation"
    TRANSLATE_PAGES = "bring a translation to what the English says now"
    PUBLISH_PAGES = "let readers have what somebody else wrote; the English only as an editor"
    LOOK_AFTER_STAFF = "invite staff and end their access"


WHO: dict[May, frozenset[Role]] = {
    May.READ_PAGES: frozenset({Role.ANYONE}),
    May.SAY_IF_CLEAR: frozenset({Role.ANYONE}),
    May.OPEN_A_LINK: frozenset({Role.ANYONE}),
    May.SEE_THE_DEMONSTRATION: frozenset({Role.ANYONE}),
    May.SAY_WHAT_BECAME_OF_A_MESSAGE: frozenset({Role.MESSAGE_SERVICE}),
    May.USE_OWN_SPACE: frozenset({Role.FAMILY_MEMBER}),
    May.LOOK_AFTER_FAMILIES: frozenset({Role.KEY_WORKER}),
    May.BRING_ANSWERS: frozenset({Role.KEY_WORKER}),
    May.READ_QUESTIONS: PANEL,
    May.HANDLE_QUESTIONS: frozenset({Role.COORDINATOR}),
    May.DRAFT_ANSWERS: PANEL,
    May.CHECK_ANSWERS: frozenset({Role.COORDINATOR, Role.CHAIR}),
    May.SEE_TO_CONCERNS: frozenset({Role.COORDINATOR}),
    May.PLAN_MEETINGS: frozenset({Role.COORDINATOR, Role.CHAIR}),
    May.SEE_THE_LIBRARY: LIBRARY,
    May.EDIT_PAGES: frozenset({Role.EDITOR}),
    May.TRANSLATE_PAGES: LIBRARY,
    May.PUBLISH_PAGES: LIBRARY,
    May.LOOK_AFTER_STAFF: frozenset({Role.ADMINISTRATOR}),
}
