"""Work that costs a phone a second or two and a crowd of machines far more. Asked for under load alone.

A challenge is eight small puzzles rather than one large: the same work on average, and hardly ever three times as much.
The answer to a challenge is the challenge with the solutions behind it, six hexadecimal digits each. The text that is
hashed is 55 bytes long, so that one round of SHA-256 does. Source: Hashcash (Back, 2002); FIPS 180-4.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Final

CHALLENGE_LETTERS: Final = 48
PUZZLES: Final = 8
BITS: Final = 13  # of each puzzle: 65,536 hashes for all of them on average
SOLUTION_DIGITS: Final = 6
ANSWER_LETTERS_MAX: Final = CHALLENGE_LETTERS + PUZZLES * SOLUTION_DIGITS

CHALLENGE_LIFE: Final = timedelta(minutes=2)
SLOW_AFTER: Final = timedelta(seconds=20)  # a phone that has not done it by then is let in by the slow lane


@dataclass(frozen=True, slots=True)
class Work:
    """What somebody answers: the challenge as it was given, and the solutions found so far, in order."""

    challenge: str
    solutions: tuple[str, ...]

    @classmethod
    def read(cls, answer: str) -> Work | None:
        """Read an answer; None if it is none."""
        challenge, rest = answer[:CHALLENGE_LETTERS], answer[CHALLENGE_LETTERS:]
        if len(challenge) < CHALLENGE_LETTERS or len(rest) % SOLUTION_DIGITS or len(answer) > ANSWER_LETTERS_MAX:
            return None
        starts = range(0, len(rest), SOLUTION_DIGITS)
        return cls(challenge, tuple(rest[start : start + SOLUTION_DIGITS] for start in starts))

    @property
    def is_true(self) -> bool:
        """Tell whether every solution solves its puzzle. Without any there is nothing to be wrong."""
        return all(solves(self.challenge, puzzle, each) for puzzle, each in enumerate(self.solutions))

    @property
    def is_whole(self) -> bool:
        """Tell whether every puzzle has a solution."""
        return len(self.solutions) == PUZZLES

    @property
    def is_begun(self) -> bool:
        """Tell whether at least one puzzle has a solution: the slow lane is not for those who do nothing."""
        return bool(self.solutions)


def solves(challenge: str, puzzle: int, solution: str) -> bool:
    """Tell whether the hash of all three begins with enough zeros."""
    digest = sha256(f"{challenge}{puzzle}{solution}".encode()).digest()
    return int.from_bytes(digest[:4], "big") >> (32 - BITS) == 0


def solve(challenge: str, puzzles: int = PUZZLES) -> str:
    """Return the answer to a challenge, as a page would find it. For tests and benchmarks."""
    return challenge + "".join(_first_solution(challenge, puzzle) for puzzle in range(puzzles))


def _first_solution(challenge: str, puzzle: int) -> str:
    return next(each for number in range(16**SOLUTION_DIGITS) if solves(challenge, puzzle, each := f"{number:06x}"))
