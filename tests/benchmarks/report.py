"""How a benchmark speaks: one JSON object as its last line, and an exit code."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value below which `share` (0 to 1) of `values` lie, by the nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered) + 0.5) - 1))]


def report(name: str, figures: Mapping[str, float], most: Mapping[str, float]) -> int:
    """Print the figures beside their goals, each the most that may be. Gives 0 when all hold, else 1."""
    holds = all(figures[figure] <= goal for figure, goal in most.items())
    rounded = {figure: round(value, 2) for figure, value in figures.items()}
    goals = {figure: {"most": goal} for figure, goal in most.items()}
    sys.stdout.write(json.dumps({"bench": name, "figures": rounded, "goals": goals, "holds": holds}) + "\n")
    return 0 if holds else 1
