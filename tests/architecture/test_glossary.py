"""The core speaks the glossary: what docs/glossary.md replaces is no name in the domain, the use cases or the rota."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
GLOSSARY: Final = ROOT / "docs/glossary.md"
SPEAKS_IT: Final = ("helpline/domain", "helpline/usecases", "helpline/ports.py", "rota")
MUST_BE_BANNED: Final = {"user", "agent", "client", "caller", "seeker", "session", "room"}
ROW: Final = re.compile(r"^\| \*\*.*\|.*\|(?P<instead>.*)\|$", re.MULTILINE)
IN_CODE: Final = re.compile(r"`(\w+)`")
WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")

ALLOWED: Final[Mapping[str, str]] = {
    "WaitingRoom": "the glossary's own word, in two parts",
    "room": "the waiting room, where a use case holds it; a conversation is never one",
    "_room": "the same, as an attribute",
    "payload": "what an event carries to a page, an envelope being one of its fields",
}


def banned() -> frozenset[str]:
    """Read the words in `code` of the last column."""
    rows = ROW.finditer(GLOSSARY.read_text(encoding="utf-8"))
    return frozenset(word for row in rows for word in IN_CODE.findall(row["instead"]))


def identifiers(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.arg(arg=name) | ast.keyword(arg=str(name)):
                yield name
            case ast.alias(name=name, asname=other):
                yield from (other or name).split(".")


def against(source: str, words: frozenset[str]) -> set[str]:
    """Find the identifiers of which one part is such a word, in the singular or the plural."""
    plural = {f"{word}s" for word in words}
    return {name for name in identifiers(ast.parse(source)) if _parts(name) & (words | plural)} - ALLOWED.keys()


def _parts(name: str) -> set[str]:
    return {part.lower() for part in WORD.findall(name)}


def files() -> Iterator[Path]:
    for place in SPEAKS_IT:
        path = ROOT / place
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def test_no_name_in_the_core_is_a_word_that_the_glossary_replaces():
    words = banned()
    found = {path.relative_to(ROOT).as_posix(): against(path.read_text(encoding="utf-8"), words) for path in files()}

    assert {path: names for path, names in found.items() if names} == {}


def test_the_glossary_replaces_the_words_of_other_trades():
    assert banned() >= MUST_BE_BANNED


def test_what_is_allowed_is_used():
    used = {name for path in files() for name in identifiers(ast.parse(path.read_text(encoding="utf-8")))}

    assert ALLOWED.keys() - used == set()


def test_a_planted_word_is_found_however_it_is_written():
    words = banned()

    assert against("class ChatUser: ...", words) == {"ChatUser"}
    assert against("def close_session(clients, *, by_agent): ...", words) == {"close_session", "clients", "by_agent"}
    assert against("from x import Room as Chat, Caller", words) == {"Caller"}
    assert against("person.seeker_id = hold(user=1)", words) == {"seeker_id", "user"}
    assert against("def used(causes, agenda, WaitingRoom): ...", words) == set()
