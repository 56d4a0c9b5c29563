from __future__ import annotations

import pytest

from helpline.web.encoding import choose

pytestmark = pytest.mark.unit

ALL = {"": b"plain", "gzip": b"gz", "br": b"br"}


@pytest.mark.parametrize(("header", "chosen"), [
    ("", ""),
    ("gzip, deflate, br, zstd", "br"),
    ("gzip", "gzip"),
    ("GZIP", "gzip"),
    ("br;q=0, gzip", "gzip"),
    ("br;q=0.0, gzip;q=0.000", ""),
    ("br; q=0.1 , gzip;q=1", "br"),
    ("*", "br"),
    ("*;q=0", ""),
    ("br;q=0, *", "gzip"),
    ("identity", ""),
    ("gzip;q=nonsense", ""),
    ("gzip;q=2", ""),
    ("gzip;q=-1", ""),
    ("abr", ""),
    (";;,,=", ""),
])
def test_the_best_form_that_is_accepted_is_chosen(header: str, chosen: str) -> None:
    assert choose(header, ALL) == chosen


def test_a_form_that_is_not_stored_is_never_chosen() -> None:
    assert choose("br, gzip", {"": b"plain", "gzip": b"gz"}) == "gzip"
    assert choose("br, gzip", {"": b"plain"}) == ""
