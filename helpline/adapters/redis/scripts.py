"""The Lua scripts beside this file. Each runs whole or not at all, whoever else is at the store."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from hashlib import sha1
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "lua"
COMMON: Final = "common.lua"


@dataclass(frozen=True, slots=True)
class Script:
    """One step, as Redis knows it."""

    name: str
    text: bytes = field(repr=False)
    sha: bytes


@cache
def script(name: str) -> Script:
    """Read `lua/NAME.lua`, after the `common.lua` of its folder if there is one."""
    path = FOLDER / f"{name}.lua"
    common = path.with_name(COMMON)
    before = common.read_bytes() if common.is_file() else b""
    text = before + path.read_bytes()
    return Script(name, text, sha1(text, usedforsecurity=False).hexdigest().encode())


@cache
def every_script() -> tuple[Script, ...]:
    """Return all there are."""
    names = (path.relative_to(FOLDER).with_suffix("").as_posix() for path in sorted(FOLDER.rglob("*.lua")))
    return tuple(script(name) for name in names if not f"{name}.lua".endswith(COMMON))
