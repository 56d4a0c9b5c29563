"""The tree at the top of the file is the tree; a code says all that an error may say."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from helpline.domain import errors
from helpline.domain.errors import HelplineError

pytestmark = pytest.mark.unit


def below(root: type[HelplineError]) -> Iterator[type[HelplineError]]:
    for each in root.__subclasses__():
        if each.__module__ == errors.__name__:
            yield each
            yield from below(each)


def leaves() -> list[type[HelplineError]]:
    return [each for each in below(HelplineError) if not each.__subclasses__()]


def test_every_error_stands_in_the_drawn_tree_with_its_code() -> None:
    drawn = dict(re.findall(r"[├└]── (\w+) +(\w+)$", errors.__doc__ or "", flags=re.MULTILINE))

    assert drawn == {each.__name__: each.code for each in leaves()}


def test_no_two_errors_share_a_code() -> None:
    codes = [each.code for each in leaves()]

    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("error", leaves())
def test_an_error_says_its_code_and_nothing_else(error: type[HelplineError]) -> None:
    assert str(error()) == error.code
    with pytest.raises(TypeError):
        error("a name")  # type: ignore[call-arg]
