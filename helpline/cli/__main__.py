"""Reads the command line and calls one small function; what goes wrong is one plain sentence and exit code 2."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from helpline.cli import doctor, issue, root, setup
from helpline.cli.saying import Mistake, say, sentence
from helpline.keys.errors import RefusedError
from helpline.settings import BadSettings
from helpline.site import BadSite


def parser() -> argparse.ArgumentParser:
    """Build the parser; each command stands in its own file."""
    top = argparse.ArgumentParser(prog="python -m helpline.cli", description="Keys and set-up of a helpline.")
    top.add_argument("--home", type=Path, help="the installation's folder (default: HELPLINE_HOME, else ./var)")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for command in (root, issue, setup, doctor):
        command.add_to(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code."""
    asked = parser().parse_args(arguments)
    try:
        done: int = asked.run(asked)
    except (BadSite, BadSettings) as error:
        say("\n".join(error.problems), to=sys.stderr)
        return 2
    except (RefusedError, Mistake, OSError) as error:
        say(sentence(error), to=sys.stderr)
        return 2
    return done


if __name__ == "__main__":
    sys.exit(main())
