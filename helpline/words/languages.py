"""Languages as they call themselves, and the direction they are written in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """A language in its own script: what a person looks for in a list."""

    code: str
    name: str
    direction: Direction = "ltr"


_NAMES = {
    "fr": "Français",
    "en": "English",
    "es": "Español",
    "pt": "Português",
    "bg": "Български",
    "ro": "Română",
    "ru": "Русский",
    "zh": "中文",
    "ar": "العربية",
    "uk": "Українська",
    "hu": "Magyar",
    "sq": "Shqip",
    "sv": "Svenska",
    "de": "Deutsch",
    "it": "Italiano",
    "vi": "Tiếng Việt",
}
_RIGHT_TO_LEFT = frozenset({"ar"})


def tongue(code: str) -> Tongue:
    """Return what is known about a language.

    Raises:
        KeyError: this language has no name here yet.
    """
    return Tongue(code=code, name=_NAMES[code], direction="rtl" if code in _RIGHT_TO_LEFT else "ltr")


def tongues(codes: Iterable[str]) -> tuple[Tongue, ...]:
    """Return the languages that are served, in the order given.

    Raises:
        KeyError: one of them has no name here yet.
    """
    return tuple(tongue(code) for code in codes)
