"""A lazy part comes in only as the bytes that the program was built with, under a policy that runs no string."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.loopback import files

pytestmark = pytest.mark.browser

ROOT = Path(__file__).parents[2]
POLICY = "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
PAGE = (
    f'<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    '<title>hers</title><script type="module" src="/s/hers.js"></script>'
)
ASKS_FOR_THE_FALLBACK = "bench.prepare({ forced: true, root: '', list: '' }).catch(({ code }) => code)"
LOADED_THEN_NO_LIST = "list-malformed"


@pytest.fixture
def pages(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Her cryptography in a page of its own, and the folder it is served from."""
    subprocess.run(["node", "tests/benchmarks/crypto_pages.mjs", str(tmp_path)], cwd=ROOT, check=True, timeout=60)
    (tmp_path / "hers.html").write_text(PAGE, encoding="utf-8")
    with files(tmp_path) as address:
        yield tmp_path, address


def outcome(chromium: Browser, address: str) -> str:
    """Ask for the fallback, and say what came of it."""
    page = chromium.new_page()
    try:
        page.goto(f"{address}hers.html", wait_until="load")
        return str(page.evaluate(ASKS_FOR_THE_FALLBACK))
    finally:
        page.close()


def test_the_fallback_is_loaded_by_its_hash(chromium: Browser, pages: tuple[Path, str]) -> None:
    assert outcome(chromium, pages[1]) == LOADED_THEN_NO_LIST


def test_a_fallback_with_one_byte_more_is_never_run(chromium: Browser, pages: tuple[Path, str]) -> None:
    folder, address = pages
    with (folder / "s/noble.js").open("ab") as program:
        program.write(b"\n")

    assert outcome(chromium, address) == "part-changed"


def test_a_fallback_that_is_gone_is_said_to_be(chromium: Browser, pages: tuple[Path, str]) -> None:
    folder, address = pages
    (folder / "s/noble.js").unlink()

    assert outcome(chromium, address) == "part-changed"
