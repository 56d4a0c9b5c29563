"""What is work, what is none, and what it costs."""

from __future__ import annotations

from hashlib import sha256

import pytest

from helpline.domain.work import (
    ANSWER_LETTERS_MAX,
    BITS,
    CHALLENGE_LETTERS,
    PUZZLES,
    SOLUTION_DIGITS,
    Work,
    solve,
    solves,
)

pytestmark = pytest.mark.unit

CHALLENGE = "c" * CHALLENGE_LETTERS


def test_the_whole_work_is_true_and_fits_into_a_field() -> None:
    answer = solve(CHALLENGE)
    work = Work.read(answer)

    assert work is not None
    assert (work.is_true, work.is_whole, work.is_begun) == (True, True, True)
    assert len(answer) == ANSWER_LETTERS_MAX <= 128


def test_each_hash_is_one_round_of_the_hash() -> None:
    assert len(f"{CHALLENGE}{PUZZLES - 1}{'0' * SOLUTION_DIGITS}") <= 55, "FIPS 180-4: 9 of 64 bytes are padding"


def test_a_part_of_the_work_is_true_and_not_whole() -> None:
    work = Work.read(solve(CHALLENGE, 2))

    assert work is not None
    assert (work.is_true, work.is_whole, work.is_begun) == (True, False, True)


def test_the_challenge_alone_is_no_work() -> None:
    work = Work.read(CHALLENGE)

    assert work is not None
    assert (work.is_whole, work.is_begun) == (False, False)


def test_one_wrong_solution_makes_it_untrue() -> None:
    answer = solve(CHALLENGE)
    wrong = next(each for number in range(100) if not solves(CHALLENGE, PUZZLES - 1, each := f"{number:06x}"))

    work = Work.read(answer[:-SOLUTION_DIGITS] + wrong)

    assert work is not None
    assert not work.is_true


def test_a_solution_of_one_puzzle_or_challenge_solves_no_other() -> None:
    solution = solve(CHALLENGE, 1)[CHALLENGE_LETTERS:]
    digest = sha256(f"{CHALLENGE}0{solution}".encode()).digest()

    assert bin(int.from_bytes(digest, "big"))[2:].zfill(256).startswith("0" * BITS)
    assert not solves(CHALLENGE, 1, solution)
    assert not solves("d" * CHALLENGE_LETTERS, 0, solution)


@pytest.mark.parametrize("answer", ["", "c" * 47, CHALLENGE + "0", CHALLENGE + "000000" * (PUZZLES + 1)])
def test_what_has_another_length_is_no_answer(answer: str) -> None:
    assert Work.read(answer) is None
