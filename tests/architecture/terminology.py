"""Looks for words that are never written here, in the places where each of them counts."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
LIST = ROOT / "tests/data/terminology.json"

SKIPPED_FOLDERS = {".git", ".venv", ".venv-test", "node_modules", "var", "dist", "vectors", "__pycache__"}
SKIPPED_FILES = {
    "tests/data/terminology.json",
    "tests/architecture/terminology.py",
    "tests/architecture/test_terminology.py",
    "package-lock.json",
    "requirements.txt",
    "requirements-dev.txt",
    "LICENSE",
}
CODE = {".py", ".js", ".mjs", ".json", ".toml", ".sh", ".css", ".html", ".cfg", ".ini", ".yml", ".svg", ".in", ""}
WORDS_OF_THOSE_WHO_WRITE = {"keywords.json", "distress.json"}

ALLOWED_IN_DOCUMENTS = re.compile(r"<!-- terms: allow -->.*?<!-- terms: end -->", re.DOTALL)
CODE_IN_DOCUMENTS = re.compile(r"```.*?```|~~~.*?~~~|`[^`\n]*`|^(?: {4}|\t).*$", re.DOTALL | re.MULTILINE)
VOWEL_SIGNS = re.compile("[\u064b-\u0652\u0640]")
HIDDEN_IN_TEMPLATES = re.compile(r"\{#.*?#\}", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One pattern and where it counts: "everywhere", "public" or "person"."""

    language: str
    scope: str
    pattern: re.Pattern[str]
    hit: tuple[str, ...]
    miss: tuple[str, ...]

    def found_in(self, text: str) -> str | None:
        found = self.pattern.search(text)
        return found[0] if found else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A text and how it is read: in which languages, for which scopes."""

    where: str
    text: str
    scopes: frozenset[str]
    languages: frozenset[str]


def normal(text: str) -> str:
    return VOWEL_SIGNS.sub("", unicodedata.normalize("NFC", text))


class Terminology:
    """The list, and the scan."""

    def __init__(self, path: Path = LIST) -> None:
        self._data = json.loads(path.read_text(encoding="utf-8"))

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        return tuple(
            Term(language=language, scope=entry["scope"], pattern=re.compile(entry["re"], re.I),
                 hit=tuple(entry["hit"]), miss=tuple(entry["miss"]))
            for language, lists in self._data["languages"].items()
            for name in ("forbidden", "saviour", "labels")
            for entry in lists[name]
        )

    @cached_property
    def _technical(self) -> re.Pattern[str]:
        return re.compile("|".join(each["re"] for each in self._data["allow"] if "re" in each), re.I)

    def found(self, passages: Iterator[Passage] | list[Passage]) -> list[str]:
        """Say what stands where it may not, as "where: words"."""
        return [f"{passage.where}: {words}" for passage in passages for words in self._in(passage)]

    def _in(self, passage: Passage) -> Iterator[str]:
        text = self._technical.sub(" ", normal(passage.text))
        for term in self.terms:
            counts = term.language in passage.languages and term.scope in passage.scopes
            if counts and (words := term.found_in(text)):
                yield words


WRITTEN_HERE = frozenset({"en", "fr"})  # code and documents; "curve" is innocent in them, and not in Romanian
EVERYWHERE = frozenset({"everywhere"})
PUBLIC = frozenset({"everywhere", "public"})
HERS = frozenset({"everywhere", "public", "person"})


def files(root: Path = ROOT) -> Iterator[Path]:
    for path in sorted(root.iterdir()):
        if path.is_dir() and path.name not in SKIPPED_FOLDERS and not path.name.endswith("_cache"):
            yield from files(path)
        elif path.is_file() and _named(path) not in SKIPPED_FILES and path.name not in WORDS_OF_THOSE_WHO_WRITE:
            yield path


def passages(root: Path = ROOT) -> Iterator[Passage]:
    for path in files(root):
        yield from passages_of(path)


def passages_of(path: Path) -> Iterator[Passage]:
    """Cut one file into what is read there: prose, words of a catalogue, a served page, code."""
    if path.suffix == ".po":
        yield from _catalogue(path)
    elif path.suffix == ".md":
        yield from _document(path)
    elif path.suffix in CODE and (text := _text(path)) is not None:
        yield Passage(where=_named(path), text=text, scopes=EVERYWHERE, languages=WRITTEN_HERE)
        if "templates" in path.parts:
            scopes = HERS if "person" in path.parts else PUBLIC
            seen = HIDDEN_IN_TEMPLATES.sub(" ", text)
            yield Passage(where=_named(path), text=seen, scopes=scopes, languages=WRITTEN_HERE)


def _catalogue(path: Path) -> Iterator[Passage]:
    program, language, _ = path.name.split(".")
    scopes = HERS if program == "person" else PUBLIC
    with path.open("rb") as file:
        for entry in read_po(file):
            where = f"{_named(path)}: {entry.id}"
            yield Passage(where=where, text=str(entry.string), scopes=scopes, languages=frozenset({language}))
            yield Passage(where=where, text=" ".join(entry.auto_comments), scopes=EVERYWHERE, languages=WRITTEN_HERE)


def _document(path: Path) -> Iterator[Passage]:
    text = ALLOWED_IN_DOCUMENTS.sub(" ", path.read_text(encoding="utf-8"))
    yield Passage(where=_named(path), text=text, scopes=EVERYWHERE, languages=WRITTEN_HERE)
    prose = CODE_IN_DOCUMENTS.sub(" ", text)
    yield Passage(where=_named(path), text=prose, scopes=PUBLIC, languages=WRITTEN_HERE)


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def _named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name
