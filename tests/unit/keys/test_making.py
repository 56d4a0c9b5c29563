"""What the organisation's side refuses to make, so that no page has to refuse it later."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from helpline.keys.certificates import Kind, Role, block_of, certify_day_key, certify_issuing_key
from helpline.keys.credential import judge_credential
from helpline.keys.errors import Code, RefusedError
from helpline.keys.issuer import Issuer, new_issuer
from helpline.keys.ledger import Ledger
from helpline.keys.revocation import read_list, sign_list
from helpline.keys.roots import new_root
from helpline.keys.signing import key_hash, public_half
from helpline.keys.words import CONSONANTS, UNKIND_WORDS, VOWELS, are_kind, words_of
from tests.vectors.organisation import REAL, public, secret

NOW = datetime(2026, 3, 9, 12, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)


def an_issuer() -> Issuer:
    return new_issuer(secret(REAL), kind=Kind.REAL, now=NOW)


@pytest.mark.parametrize("lasts", [timedelta(days=90) + A_SECOND, timedelta(0), -A_SECOND])
def test_no_issuing_key_lasts_longer_than_ninety_days_or_not_at_all(lasts: timedelta) -> None:
    with pytest.raises(RefusedError) as refused:
        certify_issuing_key(secret(REAL), public("issuing key"), kind=Kind.REAL, not_before=NOW, not_after=NOW + lasts)

    assert refused.value.code is Code.CERTIFICATE_TOO_LONG


@pytest.mark.parametrize("lasts", [timedelta(days=1) + A_SECOND, timedelta(0), -A_SECOND])
def test_no_block_is_longer_than_a_day_or_empty(lasts: timedelta) -> None:
    issuer = an_issuer()

    with pytest.raises(RefusedError) as refused:
        certify_day_key(
            issuer.key, issuer.certificate, public("day key"), alias="Amal", role=Role.PEER, lines=("adults",),
            start=NOW, end=NOW + lasts,
        )  # fmt: skip

    assert refused.value.code is Code.CERTIFICATE_TOO_LONG


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"day": date(2026, 9, 1)}, Code.OUTSIDE_ISSUING_KEY),
        ({"day": date(2026, 3, 1)}, Code.OUTSIDE_ISSUING_KEY),
        ({"role": Role.PERSON}, Code.CREDENTIAL_ROLE),
        ({"alias": ""}, Code.CREDENTIAL_MALFORMED),
        ({"alias": "Amal\u202e"}, Code.CREDENTIAL_MALFORMED),
        ({"alias": "Amal\n"}, Code.CREDENTIAL_MALFORMED),
        ({"alias": " Amal"}, Code.CREDENTIAL_MALFORMED),
        ({"alias": "é" * 33}, Code.CREDENTIAL_MALFORMED),
        ({"lines": ()}, Code.CREDENTIAL_MALFORMED),
        ({"lines": ("a" * 33,)}, Code.CREDENTIAL_MALFORMED),
        ({"lines": tuple(f"{n:031}" for n in range(17))}, Code.CREDENTIAL_MALFORMED),
        ({"public_key": b"short"}, Code.CREDENTIAL_MALFORMED),
    ],
)
def test_no_credential_is_made_that_a_page_would_refuse(changes: dict[str, object], code: Code) -> None:
    asked: dict[str, object] = {
        "day": NOW.date(), "public_key": public("day key"), "alias": "Amal", "role": Role.PEER, "lines": ("adults",),
    }  # fmt: skip

    with pytest.raises(RefusedError) as refused:
        an_issuer().credential(**(asked | changes))  # type: ignore[arg-type]

    assert refused.value.code is code


@pytest.mark.parametrize("days", range(-1, 16))
def test_a_fresh_issuing_key_certifies_from_yesterday_to_two_weeks_ahead(days: int) -> None:
    day = NOW.date() + timedelta(days=days)
    credential = an_issuer().credential(
        day=day, public_key=public("day key"), alias="Amal", role=Role.PSYCHOLOGIST, lines=["adults"]
    )

    who = judge_credential(credential, public("day key"), root=public(REAL), kind=Kind.REAL)

    assert (who.start_seconds, who.end_seconds) == tuple(int(at.timestamp()) for at in block_of(day))


def test_a_list_tells_neither_how_many_were_revoked_nor_in_which_order() -> None:
    gone = [public(f"gone {n}") for n in range(3)]
    hashes = [
        sign_list(secret(REAL), by=None, counter=1, issued=NOW, revoked=keys).hashes for keys in ([], gone, gone[::-1])
    ]

    assert [len(found) for found in hashes] == [64, 64, 64]
    assert [sorted(found) == list(found) for found in hashes] == [True, True, True]
    assert {key_hash(key) for key in gone} <= set(hashes[1])
    assert len(set(hashes[1]) & set(hashes[2])) == 3


def test_an_issuing_key_cannot_revoke_itself() -> None:
    issuer = an_issuer()

    with pytest.raises(RefusedError) as refused:
        issuer.revocation_list(counter=1, issued=NOW, revoked=[issuer.certificate.key])

    assert refused.value.code is Code.LIST_SIGNED_BY_REVOKED


def test_a_list_is_read_as_it_was_written() -> None:
    signed = an_issuer().revocation_list(counter=7, issued=NOW, revoked=[public("day key")])

    assert read_list(signed.encode()) == signed


def test_a_new_root_is_made_again_until_its_words_are_kind() -> None:
    unkind = next(key for key in map(secret, map(str, range(10_000))) if not are_kind(words_of(public_half(key))))
    keys = iter([unkind, unkind, secret(REAL)])

    assert public_half(new_root(lambda: next(keys))) == public(REAL)


def test_every_unkind_word_is_one_that_could_come_up() -> None:
    forms = {tuple(c in CONSONANTS if at % 2 == 0 else c in VOWELS for at, c in enumerate(w)) for w in UNKIND_WORDS}

    assert forms == {(True,) * 5}


def test_different_keys_have_different_words() -> None:
    words = {words_of(public_half(Ed25519PrivateKey.generate())) for _ in range(100)}

    assert len(words) == 100


def test_the_ledger_names_a_key_again_until_nothing_accepts_it(tmp_path: object) -> None:
    ledger = Ledger().revoke(NOW, day=[public("day key")], issuing=[public("issuing key")])

    assert ledger.keys() == {public("day key"), public("issuing key")}
    assert ledger.revoke(NOW + timedelta(days=18)).keys() == {public("issuing key")}
    assert ledger.revoke(NOW + timedelta(days=92)).keys() == frozenset()
