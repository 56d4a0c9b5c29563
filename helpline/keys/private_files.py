"""Files that only their owner reads, written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

ONLY_OWNER = 0o600
ONLY_OWNER_FOLDER = 0o700


def private_folder(path: Path) -> Path:
    """Make a folder, and those above it, that only its owner enters."""
    path.mkdir(mode=ONLY_OWNER_FOLDER, parents=True, exist_ok=True)
    return path


def write_new(path: Path, data: bytes) -> None:
    """Write a file that does not exist yet. Raises FileExistsError."""
    private_folder(path.parent)
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_OWNER)
    with os.fdopen(opened, "wb") as file:
        file.write(data)


def write_over(path: Path, data: bytes) -> None:
    """Write a file in the place of the one before, which stands until the new one is complete."""
    private_folder(path.parent)
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:  # made with mode 0600
        file.write(data)
    Path(file.name).replace(path)


def is_private(path: Path) -> bool:
    """Say whether nobody but its owner may do anything with this file."""
    return path.stat().st_mode & 0o077 == 0
