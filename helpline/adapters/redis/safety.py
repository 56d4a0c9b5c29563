"""Nothing that a person or a counsellor sent may come to lie on a disk: a server that would save is not used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MUST: Final[Mapping[str, str]] = {"save": "", "appendonly": "no", "maxmemory-policy": "noeviction"}
SHOULD: Final[Mapping[str, str]] = {
    "slowlog-log-slower-than": "-1", "slowlog-max-len": "0", "latency-monitor-threshold": "0",
    "crash-log-enabled": "no", "logfile": "", "notify-keyspace-events": "",
}
EVIDENCE: Final[Mapping[str, str]] = {  # of INFO, when the settings themselves may not be read
    "aof_enabled": "0", "aof_rewrite_in_progress": "0", "rdb_bgsave_in_progress": "0", "rdb_saves": "0",
    "rdb_last_load_keys_loaded": "0", "maxmemory_policy": "noeviction",
}
HOW_TO: Final = "use config/redis.conf"


def refusals(settings: Mapping[str, str] | None, information: Mapping[str, str]) -> list[str]:
    """Say each thing for which this server is not used, in one sentence.

    Args:
        settings: what CONFIG GET said, None if that is not permitted.
        information: what INFO said.
    """
    found = []
    if settings is not None:
        found += _differing(settings, MUST)
    found += [
        f"its INFO says {name}:{information[name]}" for name, wanted in EVIDENCE.items()
        if information.get(name, wanted) != wanted
    ]
    return [f"This Redis would keep things on disk or lose them in silence ({each}): {HOW_TO}." for each in found]


def advice(settings: Mapping[str, str]) -> list[str]:
    """Say what else should be set otherwise: where such a server may note what was sent, if not on disk by itself."""
    return [f"This Redis may note what was sent ({each}): {HOW_TO}." for each in _differing(settings, SHOULD)]


def read_information(text: bytes) -> dict[str, str]:
    """Read the answer to INFO."""
    lines = text.decode("utf-8", "replace").splitlines()
    return dict(line.split(":", 1) for line in lines if ":" in line and not line.startswith("#"))


def _differing(settings: Mapping[str, str], wanted: Mapping[str, str]) -> list[str]:
    return [
        f'its {name} is "{settings[name]}", not "{want}"' for name, want in wanted.items()
        if settings.get(name, want) != want
    ]
