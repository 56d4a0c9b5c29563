"""Reads the fields of a site.json strictly, and keeps every problem for the end."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Mapping, Sequence

from helpline.keys.signing import KEY_BYTES
from helpline.keys.words import words_of

NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
ADDRESS = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]+)?(/[^\s\"'<>\\]*)?")
ADDRESS_ON_THIS_MACHINE = re.compile(r"http://(127\.0\.0\.1|localhost)(:[0-9]+)?(/[^\s\"'<>\\]*)?")
TELEPHONE = re.compile(r"\+?[0-9][0-9 ]{1,19}")
HIGHEST_COUNTER = 2**53 - 1  # what JavaScript still counts exactly


class Fields:
    """The fields of one JSON object. A wrong one is noted, and something harmless stands in for it."""

    def __init__(self, values: Mapping[str, object], problems: list[str]) -> None:
        self._values = values
        self._asked = set[str]()
        self.problems = problems

    @classmethod
    def of(cls, text: str) -> Fields:
        """Read the object; what is none has no fields and one problem."""
        try:
            values = json.loads(text, object_pairs_hook=_no_field_twice)
        except ValueError:
            return cls({}, ["it is not JSON, or has a field twice"])
        return cls(values, []) if isinstance(values, dict) else cls({}, ["it is not an object"])

    def get(self, name: str) -> object:
        """Give a field as it is, None if it is missing."""
        self._asked.add(name)
        return self._values.get(name)

    def problem(self, name: str, must: str) -> None:
        """Note what a field must be."""
        self.problems.append(f"{name} must be {must}")

    def version(self, known: int) -> None:
        """Note a version that is not the one we know."""
        if self.get("version") != known or self.get("version") is True:
            self.problem("version", str(known))

    def flag(self, name: str) -> bool:
        """Read true or false; what is neither counts as false."""
        value = self.get(name)
        if not isinstance(value, bool):
            self.problem(name, "true or false")
        return value is True

    def counter(self, name: str) -> int:
        """Read a whole number from 0 on."""
        value = self.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= HIGHEST_COUNTER:
            self.problem(name, "a whole number from 0 on")
            return 0
        return value

    def languages(self, name: str) -> tuple[str, ...]:
        """Read a list of languages: at least one, none twice."""
        spoken = _words(self.get(name), LANGUAGE)
        if not spoken:
            self.problem(name, 'a list of languages like ["fr", "en"], each once')
        return spoken

    def switches(self, name: str) -> dict[str, bool]:
        """Read an object of true and false."""
        value = self.get(name)
        if not isinstance(value, dict) or not all(
            NAME.fullmatch(key) and isinstance(on, bool) for key, on in value.items()
        ):
            self.problem(name, "an object of names, each true or false")
            return {}
        return value

    def nothing_else(self) -> None:
        """Note every field that nobody asked for."""
        self.problems += [f"{name} is not a field of it" for name in sorted(self._values.keys() - self._asked)]


def read_root(fields: Fields) -> bytes:
    """Read the public half of the root, and hold its words against it."""
    root = _key(fields.get("root"))
    if len(root) != KEY_BYTES:
        fields.problem("root", "the base64 of 32 bytes")
    elif fields.get("root_words") != list(words_of(root)):
        fields.problem("root_words", "the eight words of root: " + " ".join(words_of(root)))
    fields.get("root_words")
    return root


def read_lines(fields: Fields, languages: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Read the lines: each once, each with languages of the organisation's."""
    value = fields.get("lines")
    lines = [_line(entry) for entry in value] if isinstance(value, list) else []
    good = [line for line in lines if line is not None]
    ids = {line_id for line_id, _ in good}
    if not good or len(good) != len(lines) or len(ids) != len(lines):
        fields.problem("lines", 'a list like [{"id": "adults", "languages": ["fr"]}], each id once')
    if unknown := sorted({language for _, spoken in good for language in spoken} - set(languages)):
        fields.problem("lines", f"in languages of the organisation, not {', '.join(unknown)}")
    return good


def read_neutral(fields: Fields, *, demo: bool) -> str:
    """Read where a quick exit leads: an https page, or in a demo one on this machine."""
    value = fields.get("neutral")
    form = ADDRESS_ON_THIS_MACHINE if demo and str(value).startswith("http://") else ADDRESS
    if not isinstance(value, str) or not form.fullmatch(value):
        fields.problem("neutral", "an address that begins with https://")
        return ""
    return value


def read_numbers(fields: Fields) -> dict[str, str]:
    """Read the telephone numbers. The one for danger must be there."""
    value = fields.get("numbers")
    good = isinstance(value, dict) and all(
        NAME.fullmatch(name) and isinstance(number, str) and TELEPHONE.fullmatch(number)
        for name, number in value.items()
    )
    if not good or not isinstance(value, dict) or "danger" not in value:
        fields.problem("numbers", 'telephone numbers like {"danger": "112"}, with one for danger')
        return {}
    return value


def _line(entry: object) -> tuple[str, tuple[str, ...]] | None:
    if not isinstance(entry, dict) or entry.keys() != {"id", "languages"}:
        return None
    spoken = _words(entry["languages"], LANGUAGE)
    named = isinstance(entry["id"], str) and NAME.fullmatch(entry["id"])
    return (entry["id"], spoken) if named and spoken else None


def _words(value: object, form: re.Pattern[str]) -> tuple[str, ...]:
    """Give a list of words of one form, each once; nothing if it is anything else."""
    if not isinstance(value, list) or not all(isinstance(word, str) and form.fullmatch(word) for word in value):
        return ()
    return tuple(value) if len(set(value)) == len(value) else ()


def _key(value: object) -> bytes:
    try:
        return b64decode(value, validate=True) if isinstance(value, str) else b""
    except ValueError:
        return b""


def _no_field_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a field twice")
    return found
