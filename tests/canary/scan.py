"""Look for planted words in everything a server could have kept them in, in every dress they may wear."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

CHUNK_BYTES = 1 << 24
LARGEST_INFLATED_BYTES = 1 << 24
_ZLIB_OR_GZIP = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")


@dataclass(frozen=True, slots=True)
class Hit:
    """A planted word that was found: which, where, and in which dress."""

    plant: str
    place: str
    dress: str


def dresses(plant: str) -> dict[str, bytes]:
    """Every way in which the bytes of `plant` may have been written down."""
    raw = plant.encode()
    found = {
        "utf-8": raw,
        "utf-16 little": plant.encode("utf-16-le"),
        "utf-16 big": plant.encode("utf-16-be"),
        "utf-32": plant.encode("utf-32-le"),
        "hex": raw.hex().encode(),
        "hex upper": raw.hex().upper().encode(),
        "reversed": raw[::-1],
    }
    for shift in range(3):  # base64 looks different at each of three alignments; the edges depend on the neighbours
        padded = base64.b64encode(b"\0" * shift + raw)
        found[f"base64 at {shift}"] = padded[(0, 2, 3)[shift] : -4 if padded.endswith(b"=") else None].rstrip(b"=")
    return found


class Scan:
    """A search for several plants at once."""

    def __init__(self, plants: Iterable[str]) -> None:
        self._needles = [(plant, dress, needle) for plant in plants for dress, needle in dresses(plant).items()]
        self._longest = max(len(needle) for _, _, needle in self._needles)

    def in_bytes(self, data: bytes, place: str) -> set[Hit]:
        """Search `data` as it is."""
        lowered = data.lower()
        return {
            Hit(plant, place, dress)
            for plant, dress, needle in self._needles
            if needle in data or (dress.startswith("utf-8") and needle.lower() in lowered)
        }

    def in_file(self, path: Path) -> set[Hit]:
        """Search a file, and what its compressed parts inflate to."""
        data = path.read_bytes()
        hits = self.in_bytes(data, str(path))
        for inflated in _inflated(data):
            hits |= self.in_bytes(inflated, f"{path}, inflated")
        return hits

    def in_tree(self, top: Path) -> set[Hit]:
        """Search every file below `top`, and every name."""
        hits: set[Hit] = set()
        for path in sorted(top.rglob("*")):
            hits |= self.in_bytes(str(path.relative_to(top)).encode(), f"the name of {path}")
            if path.is_file():
                hits |= self.in_file(path)
        return hits

    def in_memory(self, pid: int) -> set[Hit]:
        """Search all that a running process holds in readable memory of its own."""
        hits: set[Hit] = set()
        for place, data in _memory(pid, overlap=self._longest):
            hits |= self.in_bytes(data, place)
        return hits


def _inflated(data: bytes) -> Iterator[bytes]:
    for found in _ZLIB_OR_GZIP.finditer(data):
        gzip = data[found.start()] == 0x1F
        try:
            yield zlib.decompressobj(31 if gzip else 15).decompress(data[found.start() :], LARGEST_INFLATED_BYTES)
        except zlib.error:
            continue


def _memory(pid: int, overlap: int) -> Iterator[tuple[str, bytes]]:
    """Read /proc/PID/mem region by region; what belongs to files of the system (code) is left out."""
    for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
        fields = line.split()
        if not fields[1].startswith("rw"):
            continue
        first, last = (int(edge, 16) for edge in fields[0].split("-"))
        yield from _region(pid, first, last, overlap)


def _region(pid: int, first: int, last: int, overlap: int) -> Iterator[tuple[str, bytes]]:
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        at = first
        while at < last:
            try:
                memory.seek(at)
                data = memory.read(min(CHUNK_BYTES, last - at))
            except (OSError, ValueError):  # a guard page, or gone since the list was read
                return
            if not data:
                return
            yield f"memory of the server at {at:#x}", data
            at += len(data) if at + len(data) >= last else max(1, len(data) - overlap)
