"""How a benchmark speaks: one JSON object as its last line, and an exit code."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value below which `share` (0 to 1) of `values` lie, by the nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered) + 0.5) - 1))]


NONE: Mapping[str, float] = {}


def report(
    name: str, figures: Mapping[str, float], most: Mapping[str, float] = NONE, *, least: Mapping[str, float] = NONE
) -> int:
    """Print the figures beside their goals, the most or the least that may be. Gives 0 when all hold, else 1."""
    holds = all(figures[figure] <= goal for figure, goal in most.items())
    holds = holds and all(figures[figure] >= goal for figure, goal in least.items())
    rounded = {figure: round(value, 2) for figure, value in figures.items()}
    goals = {figure: {"most": goal} for figure, goal in most.items()}
    goals |= {figure: {"least": goal} for figure, goal in least.items()}
    sys.stdout.write(json.dumps({"bench": name, "figures": rounded, "goals": goals, "holds": holds}) + "\n")
    return 0 if holds else 1
