"""Which stored form of an answer a browser takes."""

from __future__ import annotations

from collections.abc import Mapping

IDENTITY = ""
BEST_FIRST = ("br", "gzip", IDENTITY)


def accepted(header: str) -> Mapping[str, float]:
    """Read an Accept-Encoding header into codings and their weights; what cannot be read weighs nothing.

    Source: RFC 9110, section 12.5.3.
    """
    weights: dict[str, float] = {}
    for part in header.lower().split(","):
        coding, *parameters = (piece.strip() for piece in part.split(";"))
        if coding:
            weights[coding] = _weight(parameters)
    return weights


def choose(header: str, stored: Mapping[str, bytes]) -> str:
    """Return the best stored form that the header accepts; the plain one is always good enough.

    Args:
        header: the value of Accept-Encoding, empty if there is none.
        stored: forms by coding: `br`, `gzip`, and the empty name for the plain one.
    """
    weights = accepted(header)
    anything = weights.get("*", 0.0)
    for coding in BEST_FIRST[:-1]:
        if coding in stored and weights.get(coding, anything) > 0:
            return coding
    return IDENTITY


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                weight = float(value)
            except ValueError:
                return 0.0
            return weight if 0.0 <= weight <= 1.0 else 0.0
    return 1.0
