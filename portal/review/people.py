"""The people of a review: staff, who sign in, and family members, who are invited and each have a key of their own."""

from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, LargeBinary, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from portal.access import Role
from portal.db import Base, one_of
from portal.sealing import HOUSE_KEY, Sealed, vault_of


class Relation(Enum):
    """What the person is to the child."""

    MOTHER = "mother"
    FATHER = "father"
    PARENT = "parent"
    CARER = "carer"
    GRANDPARENT = "grandparent"
    SIBLING = "brother or sister"
    OTHER = "someone else"


class Way(Enum):
    """A way in which a message can travel to a person."""

    EMAIL = "email"
    TEXT = "text"
    PAPER = "paper"


class Presence(Enum):
    """Whether a person wants anything of this now; each is a first-class choice, and each can be taken back."""

    HERE = "here"
    NOT_NOW = "not now"
    NOT_AT_ALL = "not at all"


class StaffMember(Base):
    """A person who works with the portal, for one panel, in one or more roles."""

    __tablename__ = "staff_members"

    key_id: Mapped[UUID] = mapped_column(ForeignKey("data_keys.id"), default=HOUSE_KEY)
    panel: Mapped[str] = mapped_column(String(60), index=True)
    roles_held: Mapped[list[str]] = mapped_column(JSON)
    name_ct: Mapped[bytes] = mapped_column(LargeBinary)
    name = Sealed[str]("name_ct")
    email_ct: Mapped[bytes] = mapped_column(LargeBinary)
    email_index: Mapped[str] = mapped_column(String(64), unique=True)
    email_open = Sealed[str]("email_ct")
    active: Mapped[bool] = mapped_column(default=True)
    password: Mapped[str | None] = mapped_column(String(255))
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    tf_primary_method: Mapped[str | None] = mapped_column(String(20))
    tf_totp_secret: Mapped[str | None] = mapped_column(String(255))
    tf_last_counter: Mapped[int] = mapped_column(default=0)
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(JSON)
    misses: Mapped[int] = mapped_column(default=0)
    wait_until: Mapped[datetime | None]

    def holds(self, role: Role) -> bool:
        """Whether this person works in a role."""
        return role.value in self.roles_held


class FamilyMember(Base):
    """One person of a family, with their own key, their own link and their own room."""

    __tablename__ = "family_members"

    key_id: Mapped[UUID] = mapped_column(ForeignKey("data_keys.id"))
    review_id: Mapped[UUID] = mapped_column(ForeignKey("reviews.id"), index=True)
    name_ct: Mapped[bytes] = mapped_column(LargeBinary)
    name = Sealed[str]("name_ct")
    relation: Mapped[Relation] = mapped_column(one_of(Relation))
    language: Mapped[str] = mapped_column(String(12))
    way: Mapped[Way] = mapped_column(one_of(Way))
    address_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    address = Sealed[str | None]("address_ct")  # an e-mail address, a mobile number, or a postal address
    care_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    care = Sealed[str | None]("care_ct")  # how to reach them safely, in the key worker's words
    number_hash: Mapped[str | None] = mapped_column(String(255))
    number_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    number = Sealed[str | None]("number_ct")  # only until the key worker has noted it
    joined_at: Mapped[datetime]
    presence: Mapped[Presence] = mapped_column(one_of(Presence), default=Presence.HERE)
    presence_at: Mapped[datetime | None]
    display: Mapped[list[str]] = mapped_column(JSON, default=list)  # how they like to read: see portal/family
    no_link_ct: Mapped[bytes | None] = mapped_column(LargeBinary)
    no_link = Sealed[str | None]("no_link_ct")  # why nothing may be sent to them (police, court, safety); staff only
    links_rest: Mapped[bool] = mapped_column(default=False)  # while nothing may be sent, no link of theirs opens either


def hold(db: Session, member: FamilyMember | StaffMember) -> None:
    """Hold a person's row until this transaction is over: of two presses the second finds what the first did."""
    db.refresh(member, with_for_update={"key_share": True})  # whoever only refers to the person need not wait


def staff_member(db: Session, email: str) -> StaffMember | None:
    """Return the staff member with an e-mail address, if there is one."""
    index = vault_of(db).keyring.blind(email)
    return db.scalars(select(StaffMember).where(StaffMember.email_index == index)).one_or_none()


def add_staff(db: Session, panel: str, name: str, email: str, roles: list[Role], uniquifier: str) -> StaffMember:
    """Add a member of staff, who chooses a password at their first sign-in. Raises ValueError for a known address."""
    if staff_member(db, email) is not None:
        raise ValueError("Somebody with this e-mail address is here already.")
    person = StaffMember(
        key_id=HOUSE_KEY,
        panel=panel,
        name=name.strip(),
        email_open=email.strip(),
        email_index=vault_of(db).keyring.blind(email),
        roles_held=[role.value for role in roles],
        fs_uniquifier=uniquifier,
    )
    db.add(person)
    db.flush()
    return person
