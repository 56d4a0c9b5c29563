"""Every rule of a conversation's policy, broken once by a lying desk and once by a lying server."""

from __future__ import annotations

import pytest

from tests.policy.node import TABLE, Outcome, node, run_tests, table

pytestmark = pytest.mark.policy

MEASURE = 107


@pytest.fixture(scope="module")
def outcome() -> Outcome:
    return run_tests()


def test_every_rule_holds(outcome: Outcome) -> None:
    wrong = [line for line in outcome.text.splitlines() if line.lstrip().startswith("not ok")]

    assert outcome.counts["fail"] == outcome.counts["cancelled"] == 0, "\n".join(wrong)
    assert outcome.counts["skipped"] == outcome.counts["todo"] == 0
    assert outcome.counts["tests"] == outcome.counts["pass"] > 200


def test_at_least_107_attacks_are_refused_and_the_table_says_which(outcome: Outcome) -> None:
    assert len(outcome.rows) >= MEASURE
    assert table(outcome.rows) == TABLE.read_text("utf-8"), "write it again: python -m tests.policy.node"
    print(table(outcome.rows))  # noqa: T201 - shown with -s, and beside a failure


def test_after_a_breach_not_one_of_her_words_leaves(outcome: Outcome) -> None:
    ended = [row for row in outcome.rows if row[3] == "ended"]

    assert len(ended) > 40
    assert {row[4] for row in ended} == {"0", "-"}


@pytest.mark.slow
def test_a_rule_that_is_taken_out_is_missed() -> None:
    done = node("tests/js/mutations.mjs")

    assert done.returncode == 0, done.stdout + done.stderr
    assert "UNNOTICED" not in done.stdout
    assert done.stdout.count("missed  ") >= 12
