"""site.json is read strictly, and every problem is said at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpline.keys.certificates import Kind
from helpline.keys.private_files import is_private
from helpline.site import BadSite, Site, SiteLine, read_site, write_site
from tests.vectors.organisation import REAL, public

SITE = Site(
    demo=False,
    root=public(REAL),
    lowest_counter=3,
    lines=(SiteLine(id="adults", languages=("fr", "en")), SiteLine(id="youth", languages=("fr",))),
    languages=("fr", "en", "pt-BR"),
    neutral="https://www.example.org/weather?today=1",
    numbers={"danger": "112", "bed": "+33 115"},
    switches={"calm": True},
)


def changed(**fields: object) -> str:
    return json.dumps(SITE.as_data() | fields)


def problems(text: str) -> tuple[str, ...]:
    with pytest.raises(BadSite) as bad:
        Site.parse(text)
    return bad.value.problems


def test_a_site_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_site(SITE, tmp_path / "site.json")

    assert read_site(tmp_path / "site.json") == SITE
    assert is_private(tmp_path / "site.json")
    assert read_site(tmp_path / "site.json").kind is Kind.REAL


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"version": 2}, "version"),
        ({"version": True}, "version"),
        ({"demo": "no"}, "demo"),
        ({"root": "AAAA"}, "root"),
        ({"root": None}, "root"),
        ({"root_words": ["one", "two"]}, "root_words"),
        ({"lowest_counter": -1}, "lowest_counter"),
        ({"lowest_counter": True}, "lowest_counter"),
        ({"lines": []}, "lines"),
        ({"lines": [{"id": "Adults", "languages": ["fr"]}]}, "lines"),
        ({"lines": [{"id": "adults", "languages": []}]}, "lines"),
        ({"lines": [{"id": "adults", "languages": ["fr"]}] * 2}, "lines"),
        ({"lines": [{"id": "adults", "languages": ["ro"]}]}, "lines"),
        ({"languages": ["fr", "fr"]}, "languages"),
        ({"languages": "fr"}, "languages"),
        ({"neutral": "http://www.example.org"}, "neutral"),
        ({"neutral": "http://127.0.0.1:8000/"}, "neutral"),
        ({"neutral": "javascript:alert(1)"}, "neutral"),
        ({"neutral": "https://["}, "neutral"),
        ({"neutral": 'https://a.org/"><script>'}, "neutral"),
        ({"numbers": {"bed": "115"}}, "numbers"),
        ({"numbers": {"danger": "call us"}}, "numbers"),
        ({"switches": {"calm": "yes"}}, "switches"),
        ({"switches": []}, "switches"),
        ({"campaign": "no"}, "campaign"),
    ],
)
def test_a_wrong_field_is_named(fields: dict[str, object], named: str) -> None:
    found = problems(changed(**fields))

    assert any(problem.startswith(named) for problem in found)


def test_every_problem_is_said_at_once() -> None:
    found = problems(changed(demo="no", lowest_counter="1", neutral="", numbers={}, campaign="no"))

    assert len(found) == 5


@pytest.mark.parametrize("text", ["", "[]", "null", '{"demo": true, "demo": false}'])
def test_what_is_no_object_is_refused(text: str) -> None:
    assert problems(text)


def test_a_demo_may_leave_to_a_page_on_this_machine() -> None:
    assert Site.parse(changed(demo=True, neutral="http://127.0.0.1:8000/weather")).demo


def test_a_site_that_could_not_be_read_is_not_written(tmp_path: Path) -> None:
    broken = Site(**{name: getattr(SITE, name) for name in Site.__slots__} | {"neutral": ""})

    with pytest.raises(BadSite):
        write_site(broken, tmp_path / "site.json")
    assert not (tmp_path / "site.json").exists()
