"""What no caller can mend: a Redis that is not there or would save to disk, and scripts that fail."""

from __future__ import annotations


class SavesToDisk(Exception):  # noqa: N818 - said as a finding
    """A server that would write what it holds to disk. The text says in one sentence what to change."""


class NoRedis(Exception):  # noqa: N818 - said as a finding
    """No Redis can be used at the start. The text says in one sentence what to look at."""


class WrongScript(Exception):  # noqa: N818 - a fault of this program
    """A script failed: the text is the script's name and the first word of the answer, never what was in it."""
