"""A program's texts in every language it is read in, checked against each other when it starts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from helpline.words.catalogue import Catalogue, CatalogueError, UnknownTextError, read_catalogue

CATALOGUES = Path(__file__).parent / "catalogues"
_PLURAL = re.compile(r"\.(zero|one|two|few|many|other)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The catalogues of one program ("person", "staff", "rota"), one a language."""

    program: str
    catalogues: Mapping[str, Catalogue]

    @classmethod
    def load(
        cls, program: str, languages: Sequence[str], *, needed: Iterable[str] = (), directory: Path = CATALOGUES
    ) -> Words:
        """Read `<program>.<language>.po` for each language; the first is the one the others are held against.

        Args:
            needed: keys that the program cannot do without, in every language.

        Raises:
            CatalogueError: a file, a key, a word or a slot is missing, or stands in one language only.
        """
        problems: list[str] = []
        catalogues: dict[str, Catalogue] = {}
        for language in languages:
            try:
                catalogues[language] = read_catalogue(directory / f"{program}.{language}.po", language)
            except CatalogueError as bad:
                problems += bad.problems
        problems += _differences(list(catalogues.values()))
        problems += [
            f"{program}.{catalogue.language}.po: {key} is needed"
            for catalogue in catalogues.values()
            for key in needed
            if key not in catalogue
        ]
        if problems:
            raise CatalogueError(problems)
        return cls(program=program, catalogues=catalogues)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that can be served, the organisation's own first."""
        return tuple(self.catalogues)

    def of(self, language: str) -> Catalogue:
        """Return the catalogue of `language`.

        Raises:
            UnknownTextError: the program is not read in this language.
        """
        try:
            return self.catalogues[language]
        except KeyError:
            raise UnknownTextError(f"{self.program} in {language}") from None


def _differences(catalogues: list[Catalogue]) -> list[str]:
    if not catalogues:
        return []
    first, *others = catalogues
    return [problem for other in others for problem in _difference(first, other)]


def _difference(first: Catalogue, other: Catalogue) -> list[str]:
    ours, theirs = _without_plurals(first), _without_plurals(other)
    problems = [f"{other.language}: {key} is missing" for key in sorted(ours - theirs)]
    problems += [f"{first.language}: {key} is missing" for key in sorted(theirs - ours)]
    problems += [
        f"{other.language}: {key} has other slots than {first.language}"
        for key in first
        if key in other and first.texts[key].slots != other.texts[key].slots
    ]
    problems += [
        f"{catalogue.language}: {key} has other slots in its familiar form"
        for catalogue in (first, other)
        for key, text in catalogue.familiar.items()
        if key not in catalogue or text.slots != catalogue.texts[key].slots
    ]
    return problems


def _without_plurals(catalogue: Catalogue) -> set[str]:
    # Each language has its own plural forms, so only the stem has to be in all of them.
    return {_PLURAL.sub("", key) for key in catalogue}
