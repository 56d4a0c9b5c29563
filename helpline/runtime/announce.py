"""What the start says, once both listeners answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """Where the helpline is served, and in a demo how to sign in."""

    person: str
    staff: str
    home: Path
    sign_ins: Mapping[str, str]

    def as_json(self) -> str:
        """Return one line for programs."""
        said = {"person": self.person, "staff": self.staff, "sign_ins": dict(self.sign_ins), "home": str(self.home)}
        return json.dumps(said, ensure_ascii=False)

    def as_lines(self) -> str:
        """Return lines for people."""
        lines = [f"person: {self.person}", f"staff: {self.staff}"]
        lines += [f"sign-in: {name} {password}" for name, password in self.sign_ins.items()]
        return "\n".join(lines)
