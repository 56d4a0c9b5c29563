"""One program's texts in one language, read from a gettext catalogue.

The msgid of an entry is the key of the text, its msgstr the text itself, its extracted comments say
what it is for and who has read it. A text for the young line stands beside the usual one under the
context "tu".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import PoFileError, read_po

FAMILIAR = "tu"
SLOT = re.compile(r"\{(\w+)\}")
_ENTRY = re.compile(r"^msgid \"[^\"]", re.MULTILINE)
_REVIEW = re.compile(r"reviewed-(native|survivors): (yes|no)")


class CatalogueError(Exception):
    """Catalogues that cannot be served; the message lists every problem at once."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class UnknownTextError(KeyError):
    """A key that no catalogue has: a mistake in a template or a script."""


class SlotError(ValueError):
    """The slots given are not those of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One text and what is known about it."""

    words: str
    note: str = ""
    read_by_native: bool = False
    read_by_survivors: bool = False

    @property
    def slots(self) -> frozenset[str]:
        """The names between braces, to be filled when the text is shown."""
        return frozenset(SLOT.findall(self.words))


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All texts of a program in one language."""

    language: str
    texts: Mapping[str, Text]
    familiar: Mapping[str, Text] = field(default_factory=dict)

    def text(self, key: str, /, **slots: object) -> str:
        """Return the text of `key` with its slots filled.

        Raises:
            UnknownTextError: no text has this key.
            SlotError: a slot is missing, or one is given that the text does not have.
        """
        return self._filled(key, self._of(key), slots)

    def familiar_text(self, key: str, /, **slots: object) -> str:
        """Return the text of `key` as the young line says it: its own form where there is one.

        Raises:
            UnknownTextError: no text has this key.
            SlotError: a slot is missing, or one is given that the text does not have.
        """
        return self._filled(key, self.familiar.get(key) or self._of(key), slots)

    def raw(self, key: str) -> str:
        """Return the text of `key` with its slots still open, for a script to fill.

        Raises:
            UnknownTextError: no text has this key.
        """
        return self._of(key).words

    def __iter__(self) -> Iterator[str]:
        return iter(self.texts)

    def __contains__(self, key: object) -> bool:
        return key in self.texts

    def _of(self, key: str) -> Text:
        try:
            return self.texts[key]
        except KeyError:
            raise UnknownTextError(f"{self.language}: {key}") from None

    def _filled(self, key: str, text: Text, slots: Mapping[str, object]) -> str:
        if text.slots != slots.keys():
            raise SlotError(f"{self.language}: {key} has the slots {sorted(text.slots)}")
        return SLOT.sub(lambda slot: str(slots[slot[1]]), text.words)


def read_catalogue(path: Path, language: str) -> Catalogue:
    """Read the catalogue of `language` from a .po file.

    Raises:
        CatalogueError: the file is not there, cannot be parsed, or holds a text that is empty, said twice or unsure.
    """
    try:
        source = path.read_text(encoding="utf-8")
        with path.open("rb") as file:
            entries = [entry for entry in read_po(file, locale=language, abort_invalid=True) if entry.id]
    except (OSError, PoFileError, ValueError) as problem:
        raise CatalogueError([f"{path.name}: {problem}"]) from problem
    problems = [f"{path.name}: {entry.id} {wrong}" for entry in entries if (wrong := _wrong(entry))]
    if len(_ENTRY.findall(source)) != len(entries):
        problems.append(f"{path.name}: a key stands there twice")
    if problems:
        raise CatalogueError(problems)
    usual = {str(entry.id): _text(entry) for entry in entries if not entry.context}
    familiar = {str(entry.id): _text(entry) for entry in entries if entry.context == FAMILIAR}
    return Catalogue(language=language, texts=usual, familiar=familiar)


def _wrong(entry: Message) -> str:
    if not entry.string:
        return "has no words"
    if entry.fuzzy:
        return "is marked as unsure"
    if not isinstance(entry.id, str):
        return "is a gettext plural; use .one and .other"
    return "" if entry.context in (None, FAMILIAR) else "has an unknown context"


def _text(entry: Message) -> Text:
    comments = " ".join(entry.auto_comments)
    review = dict(_REVIEW.findall(comments))
    return Text(
        words=str(entry.string),
        note=_REVIEW.sub("", comments).strip(),
        read_by_native=review.get("native") == "yes",
        read_by_survivors=review.get("survivors") == "yes",
    )
