"""Where an installation keeps its files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Home:
    """The folder of one installation: HELPLINE_HOME, else ./var."""

    path: Path

    @property
    def site(self) -> Path:
        """What the pages know of the organisation: public."""
        return self.path / "site.json"

    @property
    def keys(self) -> Path:
        """The folder of the key files."""
        return self.path / "keys"

    @property
    def root_key(self) -> Path:
        """A demo's root. A real one's is kept elsewhere, offline."""
        return self.keys / "root.key"

    @property
    def issuing_key(self) -> Path:
        """The key that signs day certificates and revocation lists, closed by a passphrase."""
        return self.keys / "issuing.key"

    @property
    def revocations(self) -> Path:
        """The revocation list in force, as pages read it."""
        return self.keys / "revocations.bin"

    @property
    def revoked(self) -> Path:
        """Which keys were revoked, so that the next list names them again."""
        return self.keys / "revoked.json"

    @property
    def secrets(self) -> Path:
        """What a demo must remember and nobody else may read."""
        return self.path / "secrets"
