"""Plain functions that make the people and things of a test, each good enough to be real."""

from dataclasses import replace
from itertools import count
from uuid import uuid4

from sqlalchemy.orm import Session

from portal import clock
from portal.access import Role
from portal.house import House
from portal.library.source import Key
from portal.library.standing import Change
from portal.looking.kinds import Found
from portal.review import (
    answers,
    brought,
    drafting,
    files,
    form_drafts,
    hearing_news,
    invitations,
    knowing,
    news,
    people,
    questions,
    reviews,
)
from portal.review.answers import Answer, Outcome, ToldHow
from portal.review.drafting import Typed
from portal.review.files import File
from portal.review.form_drafts import Filled, FormDraft
from portal.review.news import About, News, NewsFor, Piece
from portal.review.people import FamilyMember, Relation, StaffMember, Way
from portal.review.questions import Question
from portal.review.reviews import Review, Stage
from portal.sealing import vault_of
from portal.workshop import publishing, versions, wording
from portal.workshop.models import ContentVersion, VersionState
from portal.workshop.shop import Shop

PANEL = "west-of-england"
_counter = count(1)


def a_staff_member(db: Session, *roles: Role, panel: str = PANEL, name: str = "Robin Vale") -> StaffMember:
    """Add a member of staff with the roles given."""
    number = next(_counter)
    return people.add_staff(db, panel, f"{name} {number}", f"staff{number}@example.org", list(roles), uuid4().hex)


def a_key_worker(db: Session, panel: str = PANEL) -> StaffMember:
    """Add a key worker."""
    return a_staff_member(db, Role.KEY_WORKER, panel=panel, name="Kit Worker")


def a_coordinator(db: Session, panel: str = PANEL) -> StaffMember:
    """Add a coordinator."""
    return a_staff_member(db, Role.COORDINATOR, panel=panel, name="Cory Dinator")


def a_chair(db: Session, panel: str = PANEL) -> StaffMember:
    """Add a chair."""
    return a_staff_member(db, Role.CHAIR, panel=panel, name="Charlie Chair")


def a_panel_member(db: Session, panel: str = PANEL) -> StaffMember:
    """Add a panel member."""
    return a_staff_member(db, Role.PANEL_MEMBER, panel=panel, name="Pat Member")


def an_editor(db: Session, panel: str = PANEL) -> StaffMember:
    """Add an editor."""
    return a_staff_member(db, Role.EDITOR, panel=panel, name="Eddy Tor")


def a_translator(db: Session, panel: str = PANEL) -> StaffMember:
    """Add a translator."""
    return a_staff_member(db, Role.TRANSLATOR, panel=panel, name="Tran Slator")


def a_waiting_text(db: Session, house: House, author: StaffMember, key: Key) -> ContentVersion:
    """Let somebody hand on a text in which one sentence is new."""
    live = house.library.source(key)
    assert live is not None
    text = replace(live, body=f"{live.body}\n\nThis sentence is new.")
    base = versions.begun_from(db, key, live)
    return versions.keep(db, author, key, text, base=base, state=VersionState.WAITING)


def a_published_change(
    db: Session,
    shop: Shop,
    author: StaffMember,
    second: StaffMember,
    key: Key,
    kind: Change = Change.MEANING,
    sentence: str = "Ask us if it is not clear.",
) -> ContentVersion:
    """Bring a sentence that is new at the end of an English text to its readers, by two people."""
    live = shop.library.source(key)
    assert live is not None
    text = replace(live, body=f"{live.body}\n\n{sentence}")
    section = list(live.sections)[-1]
    text = wording.with_kinds(live, text, {section: kind}, wording.signature(author), publishing.today())
    version = publishing.hand_on(db, shop, author, key, text, base=versions.begun_from(db, key, live))
    publishing.publish(db, shop, second, version)
    return version


def an_administrator(db: Session, panel: str = PANEL) -> StaffMember:
    """Add an administrator."""
    return a_staff_member(db, Role.ADMINISTRATOR, panel=panel, name="Addie Min")


def a_review(db: Session, key_worker: StaffMember, child: str = "Zebedee", stage: Stage = Stage.GATHERING) -> Review:
    """Start a review."""
    return reviews.start(db, key_worker, child, stage)


def a_family_member(
    db: Session,
    review: Review,
    name: str = "Amina Quill",
    language: str = "en",
    way: Way = Way.EMAIL,
    address: str | None = "amina@example.org",
    relation: Relation = Relation.MOTHER,
) -> FamilyMember:
    """Add a person of a family."""
    member = FamilyMember(
        key_id=vault_of(db).new_key(db, "family member"),
        review_id=review.id,
        name=name,
        relation=relation,
        language=language,
        way=way,
        address=address,
        joined_at=clock.now(),
    )
    db.add(member)
    db.flush()
    return member


def acquainted(db: Session, key_worker: StaffMember, *people: FamilyMember) -> None:
    """Note that these people of one family may know of each other here."""
    review = db.get_one(Review, people[0].review_id)
    family = reviews.family_of(db, review)
    before = knowing.ticked(db, family)
    pairs = before | {(one.id, other.id) for one in people for other in people if one is not other}
    knowing.note(db, key_worker, review, family, frozenset(pairs), knowing.mark_of(before))


def a_link(db: Session, house: House, key_worker: StaffMember, member: FamilyMember) -> tuple[str, str]:
    """Invite a person as the courier would have; return the link's secret and the number."""
    invitation = invitations.invite(db, key_worker, member, member.way)
    invitations.give_number(db, key_worker, member, house.numbers)
    secret = invitations.new_link(db, invitation.id)
    assert secret is not None
    assert member.number is not None
    return secret, member.number


def a_form_draft(
    db: Session, member: FamilyMember, place: str, name: str, words: str, by: StaffMember | None = None
) -> FormDraft:
    """Let a person, or a key worker who writes for them, begin to fill in a form."""
    typed = Typed(uuid4().hex, Filled({name: words}, {}).as_words())
    draft = drafting.save(db, form_drafts.pad_of(member, by), place, typed).draft
    assert draft is not None
    return draft


def a_question(db: Session, member: FamilyMember, words: str = "Why did nobody ring us that night?") -> Question:
    """Ask a question."""
    return questions.ask(db, member, words, uuid4().hex)


def a_checked_answer(
    db: Session, question: Question, coordinator: StaffMember, chair: StaffMember, words: str = "The panel found this."
) -> Answer:
    """Bring a question to a checked answer, which is the key worker's to bring."""
    questions.take_up(db, coordinator, question)
    answer = answers.draft(db, coordinator, question, Outcome.WHOLE, words)
    answers.check(db, chair, question, answer)
    return answer


def a_released_answer(
    db: Session,
    question: Question,
    coordinator: StaffMember,
    chair: StaffMember,
    key_worker: StaffMember,
    words: str = "The panel found this.",
) -> Answer:
    """Bring an answer all the way to where the person may choose."""
    answer = a_checked_answer(db, question, coordinator, chair, words)
    answers.release(db, key_worker, question, answer, ToldHow.IN_PERSON, clock.now().date())
    return answer


def news_of(
    db: Session, review: Review, key_worker: StaffMember, chair: StaffMember, words: str = "The panel found this."
) -> News:
    """Write down what the panel found, checked by a second person and not brought to anybody."""
    written = news.write(db, key_worker, review, Piece(About.OUTCOME, words), uuid4().hex)
    news.check(db, chair, written)
    return written


def news_brought(
    db: Session, member: FamilyMember, key_worker: StaffMember, chair: StaffMember, words: str = "The panel found this."
) -> NewsFor:
    """Bring what the panel found to where one person may choose."""
    written = news.write(db, key_worker, db.get_one(Review, member.review_id), Piece(About.OUTCOME, words), uuid4().hex)
    if member.language != "en":
        news.translate(db, key_worker, written, member.language, f"{words} ({member.language})", "Example Translations")
    news.check(db, chair, written)
    return hearing_news.release(db, key_worker, written, member, ToldHow.IN_PERSON, clock.now().date())


def a_file(
    db: Session, member: FamilyMember, found: Found, data: bytes = b"As it came", words: str = "", *, sent: bool = True
) -> File:
    """Bring something, and send it."""
    name = f"<b>{member.name.split()[0]}</b> at home.{found.form.ending}"
    file = files.begin(db, member, uuid4().hex, name, words or "What it is", expected=len(data), room=10**9)
    files.add_part(db, file, 0, data, len(data))
    files.whole(db, member, file, found)
    if sent:
        brought.send(db, member, file, file.words)
    return file
