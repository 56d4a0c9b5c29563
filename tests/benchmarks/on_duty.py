"""How long the router waits for the rota, and whether the quick answer is the right one around every clock change.

A quarter of a year, three lines round the clock with three counsellors each, in three languages; then every change
of every zone from 1990 to 2037, against the plain answer.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from time import perf_counter
from zoneinfo import available_timezones

from helpline.adapters.roster import RotaRoster
from helpline.domain.ids import Language, LineId
from rota.domain import ids
from rota.domain.line import Line
from rota.domain.shift import Shift, Wish, planned
from rota.domain.snapshot import take_snapshot
from rota.domain.staff import Qualification, StaffMember
from rota.domain.wall import wall_of
from tests.benchmarks.report import percentile, report
from tests.property import rota_brute_force as plain

WEEKS, LOOKUPS_PER_BATCH, BATCHES, REBUILDS = 13, 500, 200, 15
TAGS = tuple(ids.Language(tag) for tag in ("fr", "en", "uk"))
LINES = tuple(Line(id=ids.LineId(name), zone="Europe/Paris", languages=TAGS) for name in ("adults", "young", "peers"))
CUTS = (7, 13, 21, 31)  # hours of a day; the last is the next morning
SECOND = timedelta(seconds=1)
GOALS = {"on_duty_p50_us": 1.0, "rebuild_ms": 50.0, "mismatches": 0.0}


def staff(chance: random.Random, count: int) -> tuple[StaffMember, ...]:
    """Return people who speak one to three of the languages."""
    role = (Qualification(role=ids.Role.PEER),)
    return tuple(
        StaffMember(
            id=ids.StaffId(f"s{place}"),
            alias=f"S{place}",
            languages=frozenset(chance.sample(TAGS, chance.randint(1, 3))),
            qualifications=role,
        )
        for place in range(count)
    )


def quarter(chance: random.Random, people: tuple[StaffMember, ...]) -> Iterator[Shift]:
    """Yield the shifts of thirteen weeks that hold a clock change."""
    midnight = datetime(2026, 3, 2)  # noqa: DTZ001 - what a clock on the wall says has no zone
    for day in range(WEEKS * 7):
        for line in LINES:
            for start, end in pairwise(CUTS):
                for member in chance.sample(people, 3):
                    starts, ends = (midnight + timedelta(days=day, hours=hours) for hours in (start, end))
                    wish = Wish(line=line.id, staff=member.id, role=ids.Role.PEER, starts=starts, ends=ends)
                    yield planned(ids.ShiftId(f"{day}-{line.id}-{start}-{member.id}"), wish, line.zone)


def lookups(roster: RotaRoster, chance: random.Random) -> list[float]:
    """Return what one question costs on average, in microseconds, batch by batch."""
    start, line, language = datetime(2026, 3, 2, tzinfo=UTC), LineId("adults"), Language("fr")
    costs = []
    for _ in range(BATCHES):
        moments = [start + timedelta(seconds=chance.randrange(WEEKS * 7 * 86_400)) for _ in range(LOOKUPS_PER_BATCH)]
        began = perf_counter()
        for at in moments:
            roster.on_duty(line, language, at)
        costs.append((perf_counter() - began) / LOOKUPS_PER_BATCH * 1e6)
    return costs


def rebuilds(roster: RotaRoster, people: tuple[StaffMember, ...], shifts: list[Shift]) -> list[float]:
    """Return how long it takes from rows to a picture the router answers from, in milliseconds."""
    costs = []
    for version in range(1, REBUILDS + 1):
        began = perf_counter()
        roster.publish(take_snapshot(version, LINES, people, shifts))
        costs.append((perf_counter() - began) * 1e3)
    return costs


def mismatches(people: tuple[StaffMember, ...]) -> tuple[int, int]:
    """Return how many answers were compared, and how many were not those of looking at every shift."""
    compared = wrong = 0
    for zone in sorted(available_timezones()):
        line = Line(id=LINES[0].id, zone=zone, languages=TAGS[:2])
        for change in plain.transitions(zone):
            middle = wall_of(change, zone).replace(minute=0, second=0)
            cuts = [middle + timedelta(hours=hours) for hours in (-9, -1, 0, 1, 8)]
            shifts = plain.tiles(line, people, change, cuts)
            snapshot = take_snapshot(1, (line,), people, shifts)
            for edge in {edge for shift in shifts for edge in (shift.starts_at, shift.ends_at)}:
                for at in (edge - SECOND, edge, edge + SECOND):
                    for tag in line.languages:
                        compared += 1
                        expected = plain.on_duty((line,), people, shifts, (line.id, tag), at)
                        wrong += snapshot.on_duty(line.id, tag, at) != expected
    return compared, wrong


def main() -> int:
    """Measure, compare, print."""
    chance = random.Random(1)
    people = staff(chance, 40)
    shifts, roster = list(quarter(chance, people)), RotaRoster()
    rebuild_ms = percentile(rebuilds(roster, people, shifts), 0.5)
    costs = lookups(roster, chance)
    compared, wrong = mismatches(people[:4])
    figures = {
        "on_duty_p50_us": percentile(costs, 0.5),
        "on_duty_p99_us": percentile(costs, 0.99),
        "rebuild_ms": rebuild_ms,
        "shifts": len(shifts),
        "compared": compared,
        "mismatches": wrong,
    }
    return report("on_duty", figures, GOALS)


if __name__ == "__main__":
    sys.exit(main())
