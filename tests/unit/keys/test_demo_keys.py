"""A demo makes its keys once, renews them in time, and signs at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from helpline.demo.keys import DemoKeys, make_demo_keys
from helpline.home import Home
from helpline.keys.certificates import Kind
from helpline.keys.credential import Member, judge_credential
from helpline.keys.errors import Code, RefusedError
from helpline.keys.held import Held, take_list
from helpline.keys.ledger import Ledger
from helpline.keys.private_files import is_private
from helpline.keys.revocation import read_list
from tests.vectors.organisation import public

NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)


def certified(keys: DemoKeys, at: datetime, kind: Kind = Kind.DEMO) -> Member:
    credential = keys.certify(day=at.date(), public_key=public("day key"), alias="Inès", role="peer", lines=["adults"])
    return judge_credential(credential, public("day key"), root=keys.root, kind=kind)


def is_taken(keys: DemoKeys, at: datetime) -> bool:
    held = take_list(
        keys.revocations, Held(), root=keys.root, kind=Kind.DEMO, lowest_counter=1,
        moments_seconds=(int(at.timestamp()),),
    )  # fmt: skip
    return not held.is_empty()


def test_a_second_start_finds_the_keys_of_the_first(tmp_path: Path) -> None:
    first = make_demo_keys(tmp_path, NOW)
    second = make_demo_keys(tmp_path, NOW + timedelta(days=1))

    assert second.root == first.root
    assert second.issuer.certificate == first.issuer.certificate
    assert second.revocations == first.revocations
    assert certified(second, NOW).alias == "Inès"


def test_what_a_demo_signs_is_taken_by_a_demo_and_refused_by_a_real_installation(tmp_path: Path) -> None:
    keys = make_demo_keys(tmp_path, NOW)

    assert is_taken(keys, NOW)
    with pytest.raises(RefusedError) as refused:
        certified(keys, NOW, Kind.REAL)
    assert refused.value.code is Code.DEMO_ROOT


def test_every_file_that_a_demo_makes_is_its_owners_alone(tmp_path: Path) -> None:
    make_demo_keys(tmp_path, NOW)

    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == 4
    assert [path for path in files if not is_private(path)] == []


@pytest.mark.parametrize("later", [timedelta(days=75), timedelta(days=400), timedelta(days=-30)])
def test_an_issuing_key_near_its_end_is_renewed_and_the_root_stays(tmp_path: Path, later: timedelta) -> None:
    first = make_demo_keys(tmp_path, NOW)
    second = make_demo_keys(tmp_path, NOW + later)

    assert second.root == first.root
    assert second.issuer.certificate != first.issuer.certificate
    assert certified(second, NOW + later + timedelta(days=14)).alias == "Inès"
    assert is_taken(second, NOW + later)


def test_a_list_of_more_than_seven_days_is_signed_anew_under_a_higher_counter(tmp_path: Path) -> None:
    first = make_demo_keys(tmp_path, NOW)
    same = make_demo_keys(tmp_path, NOW + timedelta(days=7))
    other = make_demo_keys(tmp_path, NOW + timedelta(days=7, seconds=1))

    assert same.revocations == first.revocations
    assert read_list(other.revocations).counter == read_list(first.revocations).counter + 1


def test_a_renewed_list_names_again_what_was_revoked(tmp_path: Path) -> None:
    make_demo_keys(tmp_path, NOW)
    Ledger().revoke(NOW, day=[public("day key")]).write(Home(tmp_path).revoked)

    renewed = make_demo_keys(tmp_path, NOW + timedelta(days=8))

    assert read_list(renewed.revocations).names(public("day key"))


def test_a_broken_list_is_replaced(tmp_path: Path) -> None:
    make_demo_keys(tmp_path, NOW)
    Home(tmp_path).revocations.write_bytes(b"broken")

    assert is_taken(make_demo_keys(tmp_path, NOW), NOW)


def test_another_passphrase_file_is_said_so(tmp_path: Path) -> None:
    make_demo_keys(tmp_path, NOW)
    (Home(tmp_path).secrets / "demo-passphrase").write_text("not the one it was")

    with pytest.raises(RefusedError) as refused:
        make_demo_keys(tmp_path, NOW)

    assert refused.value.code is Code.WRONG_PASSPHRASE
