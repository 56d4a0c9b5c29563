"""Nothing lost, nothing twice, nothing out of order, whatever dies: `./test chaos --runs 100 --seed 1`.

Each run is a crowd that comes, waits, is answered, talks and ends, while something is hurt. What each found goes to
standard error, with its seed; the sum is the last line.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.report import percentile, report
from tests.faults.chaos import Measure, Run
from tests.faults.series import Case, Series, cases

RESUME_MOST_MS = 1000.0
UNTROUBLING = ("runs", "messages", "gone", "again")


def main(arguments: Sequence[str]) -> int:
    """Hurt, judge, print."""
    parser = argparse.ArgumentParser(prog="test chaos")
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--still-seconds", type=float, default=30.0, help="how long a worker stands still")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        measure = Measure(still_seconds=asked.still_seconds)
        runs = asyncio.run(_play(Path(folder), list(cases(asked.runs, asked.seed)), measure))
    figures = summed(runs)
    most = dict.fromkeys(figures, 0.0) | {"resume_p99_ms": RESUME_MOST_MS}
    for counted in UNTROUBLING:
        del most[counted]
    return report("chaos", figures, most)


async def _play(folder: Path, given: Sequence[Case], measure: Measure) -> list[Run]:
    series = Series(folder, measure)
    done = []
    try:
        for number, case in enumerate(given, start=1):
            run = await series.play(case)
            done.append(run)
            sys.stderr.write(f"{number:4} {case.shape}: {said(run)}\n")
    finally:
        await series.close()
    return done


def said(run: Run) -> str:
    """Return what is worth reading of a run, in one line."""
    outcome, verdict = run.outcome, run.outcome.verdict
    counted = {name: value for name, value in summed([run]).items() if value and name not in UNTROUBLING}
    wrong = "" if outcome.is_clean else f", WRONG: {counted}, refusals: {outcome.refusals}"
    slowest = max(run.resumed_ms, default=0.0)
    return f"seed {run.seed}, {run.trouble}: {verdict.messages} messages, slowest back after {slowest:.0f} ms{wrong}"


def summed(runs: Sequence[Run]) -> dict[str, float]:
    """Return the figures of all runs together."""
    resumed = [each for run in runs for each in run.resumed_ms]
    verdicts = [run.outcome.verdict for run in runs]
    figures: dict[str, float] = {"runs": len(runs)}
    for name in ("messages", "lost", "twice", "reordered", "foreign", "unconfirmed"):
        figures[name] = sum(getattr(verdict, name) for verdict in verdicts)
    for name in ("displaced", "vanished", "unopened", "forks", "unanswered", "unended", "gone", "again"):
        figures[name] = sum(getattr(run.outcome, name) for run in runs)
    return figures | {"resume_p99_ms": percentile(resumed, 0.99) if resumed else 0.0}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
