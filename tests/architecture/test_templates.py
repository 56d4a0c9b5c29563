"""What no page may contain, whatever it shows: nothing inline, nothing raw, and no form where a person writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).parents[2] / "templates"
HERS = ("person", "components")

EVERYWHERE = {
    "a handler in an attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
    "a style in an attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "a script in the page": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*\btype=\"application/json\")", re.I),
    "a script without its hash": re.compile(r"<script\b(?=[^>]*\bsrc=)(?![^>]*\bintegrity=)", re.I),
    "a style sheet without its hash": re.compile(r"<link\b(?=[^>]*rel=\"stylesheet\")(?![^>]*\bintegrity=)", re.I),
    "an address that is code": re.compile(r"(?:href|src|action)\s*=\s*[\"']?\s*javascript:", re.I),
    "raw words": re.compile(r"(?<!facts)\|\s*safe\b|\bMarkup\(|\{%-?\s*autoescape\s+false", re.I),
    "somebody else's host": re.compile(r"(?:src|href)\s*=\s*[\"'](?:https?:)?//", re.I),
    "markup inside an attribute": re.compile(r"<[^>]*\ssrcdoc\s*=", re.I),
}
ON_HERS = {
    "a form": re.compile(r"<(?:form|fieldset)\b|\sform(?:action|method)?\s*=", re.I),
    "a field that is required": re.compile(r"\s(?:aria-)?required\b", re.I),
    "a picture to solve, a frame, a thing that plays": re.compile(r"<(?:iframe|object|embed|video|audio|img)\b", re.I),
    "a field that the browser keeps": re.compile(r"<(?:textarea|input)\b(?![^>]*autocomplete=\"off\")", re.I),
    "words that the browser sends to be checked": re.compile(r"<textarea\b(?![^>]*spellcheck=\"false\")", re.I),
    "words that the browser sends to be translated": re.compile(r"<textarea\b(?![^>]*translate=\"no\")", re.I),
}


def pages(*folders: str) -> Iterator[tuple[str, str]]:
    for path in sorted(TEMPLATES.rglob("*.html")):
        name = path.relative_to(TEMPLATES).as_posix()
        if not folders or name.split("/")[0] in folders:
            yield name, re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


def found(rules: dict[str, re.Pattern[str]], *folders: str) -> list[str]:
    return [f"{name}: {what}" for name, page in pages(*folders) for what, rule in rules.items() if rule.search(page)]


def test_no_page_has_anything_inline_or_raw():
    assert found(EVERYWHERE) == []


def test_the_persons_page_has_no_form_and_nothing_that_is_required_or_kept():
    assert found(ON_HERS, *HERS) == []


@pytest.mark.parametrize(
    ("what", "planted"),
    [
        ("a handler in an attribute", '<a href="/" onclick="x()">'),
        ("a style in an attribute", '<p style="color:red">'),
        ("a style element", "<style>"),
        ("a script in the page", "<script>x()</script>"),
        ("a script without its hash", '<script type="module" src="/s/x.js"></script>'),
        ("a style sheet without its hash", '<link rel="stylesheet" href="/s/x.css">'),
        ("an address that is code", '<a href="javascript:x()">'),
        ("raw words", "{{ words|safe }}"),
        ("somebody else's host", '<link href="https://example.org/x.css">'),
        ("markup inside an attribute", '<iframe srcdoc="x">'),
        ("a form", '<form action="/">'),
        ("a field that is required", "<textarea required>"),
        ("a picture to solve, a frame, a thing that plays", "<img src=/x>"),
        ("a field that the browser keeps", "<textarea>"),
        ("words that the browser sends to be checked", '<textarea autocomplete="off">'),
        ("words that the browser sends to be translated", '<textarea autocomplete="off">'),
    ],
)
def test_the_scan_finds_what_is_planted(what, planted):
    assert {**EVERYWHERE, **ON_HERS}[what].search(planted)


STABLE = (
    "write-now",
    "wish-survivor",
    "wish-psychologist",
    "wish-whoever",
    "waiting",
    "place",
    "frame",
    "frame-ok",
    "members",
    "composer",
    "send",
    "log",
    "connection",
    "consent-yes",
    "consent-no",
    "end",
    "exit",
    "closed",
    "doors",
    "language",
)


@pytest.mark.parametrize("name", STABLE)
def test_a_stable_name_is_still_there(name):
    page = "".join(page for _, page in pages(*HERS)).replace(
        "wish-{{ wish }}", "wish-survivor wish-psychologist wish-whoever"
    )

    assert re.search(rf'data-test="[^"]*\b{name}\b', page)
