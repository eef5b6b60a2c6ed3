"""What is sealed opens only where it was sealed, with the key of the one it belongs to, and never once that is gone."""

import json
import stat
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import LargeBinary, delete, select, update
from sqlalchemy.orm import Session

from portal.db import Base
from portal.house import House
from portal.review import contributions
from portal.review.contributions import Contribution
from portal.review.models import MODULES
from portal.review.people import FamilyMember
from portal.review.questions import Question
from portal.sealing import DataKey, Erased, Keyring, KeyWrap, Sealed, Vault, vault_of
from tests import make


@pytest.fixture
def two(house: House) -> tuple[UUID, UUID]:
    """Two people of one family, each with something written."""
    with house.database.writing() as db:
        review = make.a_review(db, make.a_key_worker(db))
        mother = make.a_family_member(db, review, "Amina Quill")
        father = make.a_family_member(db, review, "Bashir Quill")
        for member in (mother, father):
            member.care = f"Care for {member.name}"
            make.a_question(db, member, f"A question by {member.name}")
            contributions.tell(db, member, f"Told by {member.name}", "once")
        return mother.id, father.id


def _put(db: Session, member_id: UUID, **columns: object) -> None:
    db.execute(update(FamilyMember).where(FamilyMember.id == member_id).values(**columns))


def test_a_value_moved_to_another_person_does_not_open(house: House, two: tuple[UUID, UUID]) -> None:
    with house.database.writing() as db:
        name = db.get_one(FamilyMember, two[0]).name_ct
        _put(db, two[1], name_ct=name)
        with pytest.raises(InvalidTag):
            _ = db.get_one(FamilyMember, two[1], populate_existing=True).name
        db.rollback()


def test_a_value_moved_together_with_its_key_to_another_row_does_not_open(house: House, two: tuple[UUID, UUID]) -> None:
    with house.database.writing() as db:
        mother = db.get_one(FamilyMember, two[0])
        _put(db, two[1], name_ct=mother.name_ct, key_id=mother.key_id)
        with pytest.raises(InvalidTag):
            _ = db.get_one(FamilyMember, two[1], populate_existing=True).name
        db.rollback()


def test_a_value_moved_to_another_column_of_its_own_row_does_not_open(house: House, two: tuple[UUID, UUID]) -> None:
    with house.database.writing() as db:
        _put(db, two[0], care_ct=db.get_one(FamilyMember, two[0]).name_ct)
        with pytest.raises(InvalidTag):
            _ = db.get_one(FamilyMember, two[0], populate_existing=True).care
        db.rollback()


def test_a_value_moved_to_another_table_does_not_open(house: House, two: tuple[UUID, UUID]) -> None:
    with house.database.writing() as db:
        question = db.scalars(select(Question).where(Question.family_member_id == two[0])).one()
        mine = Contribution.family_member_id == two[0]
        db.execute(update(Contribution).where(mine).values(words_ct=question.words_ct))
        with pytest.raises(InvalidTag):
            _ = db.scalars(select(Contribution).where(mine)).one().words
        db.rollback()


def test_a_wrapped_key_given_to_another_person_opens_nothing(house: House, two: tuple[UUID, UUID]) -> None:
    with house.database.writing() as db:
        keys = [db.get_one(FamilyMember, one).key_id for one in two]
        blob = db.scalars(select(KeyWrap.blob).where(KeyWrap.key_id == keys[0])).one()
        db.execute(update(KeyWrap).where(KeyWrap.key_id == keys[1]).values(blob=blob))
        with pytest.raises(InvalidTag):
            _ = db.get_one(FamilyMember, two[1]).name
        db.rollback()


def test_a_value_that_was_tampered_with_does_not_open(house: House, two: tuple[UUID, UUID]) -> None:
    with house.database.writing() as db:
        blob = bytearray(db.get_one(FamilyMember, two[0]).name_ct)
        blob[-1] ^= 1
        _put(db, two[0], name_ct=bytes(blob))
        with pytest.raises(InvalidTag):
            _ = db.get_one(FamilyMember, two[0], populate_existing=True).name
        db.rollback()


def test_a_value_of_an_unknown_version_is_refused(house: House, two: tuple[UUID, UUID]) -> None:
    with house.database.writing() as db:
        _put(db, two[0], name_ct=b"\x02" + db.get_one(FamilyMember, two[0]).name_ct[1:])
        with pytest.raises(ValueError, match="unknown version"):
            _ = db.get_one(FamilyMember, two[0], populate_existing=True).name
        db.rollback()


def test_once_a_persons_key_is_gone_their_words_are_gone_and_nobody_elses(house: House, two: tuple[UUID, UUID]) -> None:
    with house.database.writing() as db:
        db.execute(delete(KeyWrap).where(KeyWrap.key_id == db.get_one(FamilyMember, two[0]).key_id))
    with house.database.reading() as db:
        with pytest.raises(Erased):
            _ = db.get_one(FamilyMember, two[0]).name
        mine = db.scalars(select(Question).where(Question.family_member_id == two[0])).one()
        with pytest.raises(Erased):
            _ = mine.words
        assert db.get_one(FamilyMember, two[1]).name == "Bashir Quill"


def test_nothing_is_kept_of_nothing(house: House, two: tuple[UUID, UUID]) -> None:
    with house.database.writing() as db:
        db.get_one(FamilyMember, two[0]).care = None
    with house.database.reading() as db:
        member = db.get_one(FamilyMember, two[0])
        assert member.care is None
        assert member.care_ct is None


def test_a_sealed_value_can_be_read_before_it_is_kept(house: House, two: tuple[UUID, UUID]) -> None:
    with house.database.writing() as db:
        member = db.get_one(FamilyMember, two[0])
        member.name = "Amina of the Hill"
        assert member.name == "Amina of the Hill"
        db.flush()
        assert member.name == "Amina of the Hill"
        db.rollback()


def test_equal_words_are_sealed_differently_each_time(house: House, two: tuple[UUID, UUID]) -> None:
    with house.database.reading() as db:
        key_id = db.get_one(FamilyMember, two[0]).key_id
        sealed = {vault_of(db).seal(db, key_id, b"here", "the same") for _ in range(50)}
    assert len(sealed) == 50


def test_a_length_tells_nothing_but_its_step(house: House, two: tuple[UUID, UUID]) -> None:
    with house.database.reading() as db:
        vault, key_id = vault_of(db), db.get_one(FamilyMember, two[0]).key_id
        lengths = {}
        for text in ("", "a", "a" * 252, "ش" * 126, "a" * 253, "a" * 508, "a" * 509):
            blob = vault.seal(db, key_id, b"here", text)
            assert vault.open(db, key_id, b"here", blob) == text
            lengths[text] = len(blob) - 1 - 12 - 16
    assert list(lengths.values()) == [256, 256, 256, 256, 512, 512, 768]


# Written by version 1 of the format. If this does not open any more, nobody's words from before do.
VECTOR_KEYS = {1: bytes(range(32))}
VECTOR_KEY_ID = UUID("00000000-0000-4000-8000-0000000000aa")
VECTOR_ROW_ID = UUID("00000000-0000-4000-8000-0000000000bb")
VECTOR_WRAP = (
    "01000102030405060708090a0b2367b07cad8ca870e12cf9e4c1980a1ef7a3f14388022507441a9bfa9de88231b0daa09a62"
    "54d76eceb0439d2142848a"
)
VECTOR_BLOB = (
    "011415161718191a1b1c1d1e1f92340bac2653c78bf39ff2ed5a59b06dcea834f79152a9773c6e8e14fdefa38935738c7b9c"
    "b61833fd67e6968375c64502f00895e87eddffd0119564b8794dbc2ff95df165ea92d6b10dad1a743ce20104eb7e929f9c22"
    "6ad72a84604070de3bb1fb538fdbf501e34ec1595a1d5a051214556886cac06740ff2f0151e12b14739b162a74806857df76"
    "84606d2772b6c4317baf136a85dc88440967838cd2a02f5214edfdf2ef965d8acd0a8601c5ea4e0f0e5df98ee71589b2e344"
    "8263aec6507fb533d6410d32f0ecc6ffd088ec0d64e0ab8175b3932194d77c0f59522bd28e4539a6eb6eaa768259504a7a08"
    "451f3cc432185691921a0114da242b9f8b35b38c5fdd2d99f7dc9c145391d0ae24e22a"
)


def test_what_version_1_sealed_still_opens(house: House) -> None:
    vault = Vault(Keyring(1, VECTOR_KEYS, b"index", b"site"))
    with Session(house.database.engine, info={"vault": vault}) as db:
        db.add(DataKey(id=VECTOR_KEY_ID, owner="family member"))
        db.flush()
        wrap = bytes.fromhex(VECTOR_WRAP)
        db.add(KeyWrap(key_id=VECTOR_KEY_ID, kind="keyring", keyring_version=1, blob=wrap))
        db.flush()
        label = f"v1|family_members|name_ct|{VECTOR_ROW_ID}|{VECTOR_KEY_ID}".encode()
        assert vault.open(db, VECTOR_KEY_ID, label, bytes.fromhex(VECTOR_BLOB)) == "Zażółć آمنہ"
        db.rollback()


def test_the_place_that_a_value_is_bound_to_is_named_as_in_version_1(house: House) -> None:
    with house.database.writing() as db:
        member = make.a_family_member(db, make.a_review(db, make.a_key_worker(db)), "Amina Quill")
        label = f"v1|family_members|name_ct|{member.id}|{member.key_id}".encode()
        assert vault_of(db).open(db, member.key_id, label, member.name_ct) == "Amina Quill"


def test_every_sealed_value_lies_in_a_column_of_bytes_on_a_row_with_a_key() -> None:
    assert MODULES
    for mapper in Base.registry.mappers:
        columns = mapper.columns
        sealed = [name for kind in mapper.class_.__mro__ for name, it in vars(kind).items() if isinstance(it, Sealed)]
        for name in sealed:
            column = vars(next(kind for kind in mapper.class_.__mro__ if name in vars(kind)))[name].column
            assert isinstance(columns[column].type, LargeBinary), f"{mapper.class_.__name__}.{column}"
            assert "key_id" in columns, mapper.class_.__name__
        bytes_columns = {one.key for one in columns if isinstance(one.type, LargeBinary)} - {"blob"}
        by_hand = {column for owner, column in Sealed.everywhere if owner == mapper.class_.__name__ and not sealed}
        assert len(bytes_columns - by_hand) == len(sealed), f"{mapper.class_.__name__} keeps bytes that nothing seals"


def test_the_key_file_is_for_its_owner_alone_and_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "keyring.json"
    Keyring.make(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        Keyring.make(path)
    assert path.read_bytes() == before
    assert len(set(json.loads(before)["keys"].values())) == 1


def test_each_key_file_is_another(tmp_path: Path) -> None:
    rings = []
    for name in ("one", "two"):
        Keyring.make(tmp_path / name)
        rings.append(Keyring.read(tmp_path / name))
    assert rings[0].keys != rings[1].keys
    assert rings[0].blind("a@example.org") != rings[1].blind("a@example.org")
    assert rings[0].site_secret("cookies") != rings[1].site_secret("cookies")


def test_a_look_up_forgives_capitals_and_spaces_and_each_purpose_has_its_own_secret(house: House) -> None:
    ring = house.vault.keyring
    assert ring.blind(" Robin@Example.org ") == ring.blind("robin@example.org") != ring.blind("robin@example.com")
    assert ring.site_secret("cookies") == ring.site_secret("cookies") != ring.site_secret("staff totp")
