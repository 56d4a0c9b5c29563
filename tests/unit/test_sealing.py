from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from helpline.sealing import DAY, DailySeal, Unreadable, read_or_make_secret
from helpline.settings import BadSettings
from tests.fakes import NOON

pytestmark = pytest.mark.unit
SECRET = bytes(range(32))


def test_what_is_sealed_opens_again_here_and_on_another_machine_with_the_same_file() -> None:
    sealed = DailySeal(SECRET, "resume").seal(b"her place", NOON)

    assert DailySeal(SECRET, "resume").open(sealed, NOON) == b"her place"
    assert "her" not in sealed


def test_twice_the_same_text_is_never_twice_the_same_seal() -> None:
    seal = DailySeal(SECRET, "resume")

    assert seal.seal(b"x", NOON) != seal.seal(b"x", NOON)


def test_yesterdays_key_still_opens_and_an_older_one_is_gone() -> None:
    seal = DailySeal(SECRET, "resume")
    sealed = seal.seal(b"x", NOON)

    assert seal.open(sealed, NOON + DAY) == b"x"
    with pytest.raises(Unreadable):
        seal.open(sealed, NOON + 2 * DAY)


@pytest.mark.parametrize("other", [DailySeal(bytes(32), "resume"), DailySeal(SECRET, "something else")])
def test_another_key_or_purpose_opens_nothing(other: DailySeal) -> None:
    with pytest.raises(Unreadable):
        other.open(DailySeal(SECRET, "resume").seal(b"x", NOON), NOON)


def test_every_changed_character_is_found() -> None:
    seal = DailySeal(SECRET, "resume")
    sealed = seal.seal(b"her place", NOON)

    for at in range(len(sealed) - 1):  # the last one may hold bits that mean nothing
        changed = sealed[:at] + ("A" if sealed[at] != "A" else "B") + sealed[at + 1:]
        with pytest.raises(Unreadable):
            seal.open(changed, NOON)


@pytest.mark.parametrize("junk", ["", "A", "AAAA", "ä", "A" * 640, "=" * 9])
def test_junk_is_unreadable_and_nothing_worse(junk: str) -> None:
    with pytest.raises(Unreadable):
        DailySeal(SECRET, "resume").open(junk, NOON)


def test_the_secret_is_made_once_and_private(tmp_path: Path) -> None:
    path = tmp_path / "secrets" / "resume.key"
    made = read_or_make_secret(path)

    assert read_or_make_secret(path) == made
    assert len(made) == 32
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_secret_that_others_may_read_or_that_is_too_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "resume.key"
    read_or_make_secret(path)
    path.chmod(0o640)
    with pytest.raises(BadSettings, match="chmod 600"):
        read_or_make_secret(path)
    path.chmod(0o600)
    path.write_bytes(b"short")
    with pytest.raises(BadSettings, match="32 random bytes"):
        read_or_make_secret(path)


def test_the_day_turns_at_midnight_in_utc() -> None:
    seal = DailySeal(SECRET, "resume")
    before, after = NOON + timedelta(hours=11, minutes=59), NOON + timedelta(hours=12, minutes=1)

    assert seal.open(seal.seal(b"x", before), after) == b"x"
    with pytest.raises(Unreadable):
        seal.open(seal.seal(b"x", before), after + DAY)
