"""site.json: what the pages know of the organisation. It stands as data in the person's page and in the desk's."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from helpline.keys.certificates import Kind
from helpline.keys.private_files import write_over
from helpline.keys.words import words_of
from helpline.site_reading import Fields, read_lines, read_neutral, read_numbers, read_root

VERSION = 1


class BadSite(ValueError):  # noqa: N818 - said as a finding, one sentence per problem
    """A site.json that cannot be used; `problems` names every one of them."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteLine:
    """A line by its id, and the languages spoken on it."""

    id: str
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One organisation's installation.

    `root` is the public half of its root key, 32 bytes. `languages` begins with the organisation's first one.
    `neutral` is where a quick exit leads. `numbers` are telephone numbers by what they are for.
    """

    demo: bool
    root: bytes
    lowest_counter: int
    lines: tuple[SiteLine, ...]
    languages: tuple[str, ...]
    neutral: str
    numbers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    switches: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def root_words(self) -> tuple[str, ...]:
        """The eight words of the root."""
        return words_of(self.root)

    @property
    def kind(self) -> Kind:
        """The kind of root this installation takes."""
        return Kind.DEMO if self.demo else Kind.REAL

    @classmethod
    def parse(cls, text: str) -> Site:
        """Read it strictly. Raises BadSite naming every problem at once."""
        fields = Fields.of(text)
        demo = fields.flag("demo")
        languages = fields.languages("languages")
        site = cls(
            demo=demo,
            root=read_root(fields),
            lowest_counter=fields.counter("lowest_counter"),
            lines=tuple(SiteLine(id=id_, languages=spoken) for id_, spoken in read_lines(fields, languages)),
            languages=languages,
            neutral=read_neutral(fields, demo=demo),
            numbers=MappingProxyType(read_numbers(fields)),
            switches=MappingProxyType(fields.switches("switches")),
        )
        fields.version(VERSION)
        fields.nothing_else()
        if fields.problems:
            raise BadSite(tuple(fields.problems))
        return site

    def as_data(self) -> dict[str, object]:
        """Give what stands in a page."""
        return {
            "version": VERSION,
            "demo": self.demo,
            "root": b64encode(self.root).decode("ascii"),
            "root_words": list(self.root_words),
            "lowest_counter": self.lowest_counter,
            "lines": [{"id": line.id, "languages": list(line.languages)} for line in self.lines],
            "languages": list(self.languages),
            "neutral": self.neutral,
            "numbers": dict(self.numbers),
            "switches": dict(self.switches),
        }

    def encode(self) -> str:
        """Write it as it stands on disk."""
        return json.dumps(self.as_data(), ensure_ascii=False, indent=1) + "\n"


def read_site(path: Path) -> Site:
    """Read a site.json. Raises BadSite, FileNotFoundError."""
    try:
        return Site.parse(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise BadSite(("site.json is not UTF-8",)) from error


def write_site(site: Site, path: Path) -> None:
    """Write a site.json over the one before. Raises BadSite rather than write one that cannot be read."""
    text = site.encode()
    Site.parse(text)
    write_over(path, text.encode())
