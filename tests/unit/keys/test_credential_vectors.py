"""Python and the pages are held to one file of credentials, lists and entries."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpline.keys.certificates import Kind
from helpline.keys.credential import Member, judge_credential
from helpline.keys.entry import may_enter, moments
from helpline.keys.errors import RefusedError
from helpline.keys.held import Held, take_list
from helpline.keys.words import words_of
from tests.vectors.make_credentials import text

pytestmark = pytest.mark.vectors
VECTORS = Path(__file__).parents[2] / "vectors"
FILE = json.loads((VECTORS / "credentials.json").read_text(encoding="utf-8"))


def named(cases: list[dict[str, Any]]) -> list[Any]:
    return [pytest.param(case, id=case["name"]) for case in cases]


def kind_of(case: dict[str, Any]) -> Kind:
    return Kind.DEMO if case["demo"] else Kind.REAL


def read(case: dict[str, Any]) -> Member:
    credential, leaf_key, root = (bytes.fromhex(case[name]) for name in ("credential", "leaf_key", "root"))
    return judge_credential(credential, leaf_key, root=root, kind=kind_of(case))


def take(case: dict[str, Any], name: str, held: Held, *, page: int, server: int | None) -> Held:
    return take_list(
        bytes.fromhex(FILE["lists"][name]),
        held,
        root=bytes.fromhex(case["root"]),
        kind=kind_of(case),
        lowest_counter=case["lowest_counter"],
        moments_seconds=moments(page, server),
    )


@pytest.mark.parametrize("case", named([case for case in FILE["credentials"] if not case["refused"]]))
def test_an_honest_credential_is_read(case: dict[str, Any]) -> None:
    who = read(case)

    assert who.role.name.lower() == case["expect"]["role"]
    if case["expect"]["role"] != "person":
        found = {"alias": who.alias, "lines": list(who.lines), "start": who.start_seconds, "end": who.end_seconds}
        assert found == {key: case["expect"][key] for key in found}


@pytest.mark.parametrize("case", named([case for case in FILE["credentials"] if case["refused"]]))
def test_a_faulty_credential_is_refused_with_its_code(case: dict[str, Any]) -> None:
    with pytest.raises(RefusedError) as refused:
        read(case)

    assert refused.value.code == case["refused"]


@pytest.mark.parametrize("case", named(FILE["revocation_lists"]))
def test_a_revocation_list_is_taken_or_refused_with_its_code(case: dict[str, Any]) -> None:
    clocks = {"page": case["page"], "server": case["server"]}
    held = Held()
    for name in case["lists"][:-1]:
        held = take(case, name, held, **clocks)

    if case["refused"] is None:
        assert not take(case, case["lists"][-1], held, **clocks).is_empty()
        return
    with pytest.raises(RefusedError) as refused:
        take(case, case["lists"][-1], held, **clocks)
    assert refused.value.code == case["refused"]


def enter(case: dict[str, Any]) -> None:
    at = case["list_page"]
    held = take(case, case["list"], Held(), page=at, server=at) if case["list"] else Held()
    now = moments(case["page"], case["server"])
    may_enter(read(case), line=case["line"], revocations=held, moments_seconds=now)


@pytest.mark.parametrize("case", named([case for case in FILE["entries"] if not case["refused"]]))
def test_who_may_enter_enters(case: dict[str, Any]) -> None:
    enter(case)


@pytest.mark.parametrize("case", named([case for case in FILE["entries"] if case["refused"]]))
def test_who_may_not_enter_is_refused_with_a_code(case: dict[str, Any]) -> None:
    with pytest.raises(RefusedError) as refused:
        enter(case)

    assert refused.value.code == case["refused"]


@pytest.mark.parametrize("case", FILE["words"], ids=lambda case: case["words"][0])
def test_a_key_has_eight_words(case: dict[str, Any]) -> None:
    assert list(words_of(bytes.fromhex(case["key"]))) == case["words"]


def test_the_file_is_what_its_script_writes_byte_for_byte() -> None:
    assert (VECTORS / "credentials.json").read_text(encoding="utf-8") == text()
