from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpline.domain.errors import BadRequest, HelplineError, TooLarge
from helpline.registry import EVENTS, KEY_PACKAGE_MOST_BYTES, Program, Way
from helpline.sockets.parsing import parse

pytestmark = pytest.mark.unit

OUT = {(each.program, each.name): each for each in EVENTS if each.way is Way.OUT}
WAIT = OUT[Program.PERSON, "wait"]
HELLO = OUT[Program.STAFF, "hello"]
HOLDS = OUT[Program.PERSON, "holds"]
GOOD = {"line": "adults", "language": "fr", "wish": "survivor", "key_package": "AAEC"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def test_declared_fields_arrive_as_what_they_are() -> None:
    said = parse(WAIT, (GOOD,))

    assert (said.text("line"), said.text("wish"), said.data("key_package")) == ("adults", "survivor", b"\x00\x01\x02")


def test_an_event_without_fields_may_come_with_or_without_an_empty_object() -> None:
    leave = OUT[Program.PERSON, "leave"]
    parse(leave, ())
    parse(leave, ({},))
    with pytest.raises(BadRequest):
        parse(leave, ({"why": "x"},))


@pytest.mark.parametrize("said", [(), (GOOD, GOOD), (None,), ("x",), ([],), ({**GOOD, "x": 1},),
                                  ({name: GOOD[name] for name in ("line", "wish")},)])
def test_too_few_too_many_or_other_fields_are_refused(said: tuple[object, ...]) -> None:
    with pytest.raises(BadRequest):
        parse(WAIT, said)


@pytest.mark.parametrize("seq", [-1, 1.0, True, "1", None, 10**9])
def test_a_number_is_a_whole_one_within_its_limits(seq: object) -> None:
    with pytest.raises(BadRequest):
        parse(HOLDS, ({"seq": seq},))


def test_bytes_have_one_spelling_only() -> None:
    for spelling in ("QQ", "QQ=", "QR==", "QQ==\n", " QQ==", "Q-==", "QQ==QQ=="):
        with pytest.raises(BadRequest):
            parse(WAIT, ({**GOOD, "key_package": spelling},))


def test_bytes_at_the_limit_pass_and_one_more_does_not() -> None:
    most = base64.b64encode(b"x" * KEY_PACKAGE_MOST_BYTES).decode()
    over = base64.b64encode(b"x" * (KEY_PACKAGE_MOST_BYTES + 1)).decode()

    assert len(parse(WAIT, ({**GOOD, "key_package": most},)).data("key_package")) == KEY_PACKAGE_MOST_BYTES
    with pytest.raises(TooLarge):
        parse(WAIT, ({**GOOD, "key_package": over},))


def test_a_list_of_names_is_short_and_names_nothing_twice() -> None:
    assert parse(HELLO, ({"holding": ["a", "b"]},)).names("holding") == ("a", "b")
    for holding in (["a", "a"], ["a b"], [1], "a", {"a": 1}):
        with pytest.raises(BadRequest):
            parse(HELLO, ({"holding": holding},))
    with pytest.raises(TooLarge):
        parse(HELLO, ({"holding": [str(number) for number in range(9)]},))


@given(st.sampled_from(sorted(OUT)), st.lists(JSON, max_size=2))
def test_no_json_at_all_raises_anything_but_a_coded_error(event: tuple[Program, str], said: list[object]) -> None:
    try:
        parse(OUT[event], tuple(said))
    except HelplineError as refused:
        assert refused.code in {"bad_request", "too_large"}  # noqa: PT017 - or it raises nothing
