"""The official MLS vectors and Wycheproof's, over both codes of our cipher suite, in Chromium."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.loopback import files
from tests.vectors.table import FOLDER, judge, of, say, show

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.vectors]
ROOT = Path(__file__).parents[2]
PAGE = '<!doctype html><meta charset="utf-8"><title>Vectors</title><script type="module" src="/page.js"></script>'


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build the page and serve it beside the vectors, on this machine alone."""
    folder = tmp_path_factory.mktemp("vectors")
    command = ["node", "tests/js/vectors/build.mjs", str(folder / "page.js")]
    subprocess.run(command, cwd=ROOT, check=True, timeout=60)
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / "vectors").symlink_to(FOLDER)
    with files(folder) as served:
        yield served


@pytest.fixture(scope="module")
def page(address: str, chromium: Browser) -> Iterator[Page]:
    """Open the page in a context of its own."""
    opened = chromium.new_page()
    opened.goto(address)
    opened.wait_for_function("globalThis.vectors !== undefined")
    yield opened
    opened.close()


@pytest.mark.parametrize("code", ["webcrypto", "noble"])
def test_every_vector_of_our_cipher_suite_passes_in_chromium(
    page: Page, code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    names = page.evaluate("vectors.names")
    rows = [
        page.evaluate("([code, name, of]) => vectors.run(code, name, of)", [code, name, of(name)]) for name in names
    ]

    with capsys.disabled():
        say(show(f"Chromium, {code}", rows))
    judge(rows)
    assert page.locator("li", has_text=code).count() == len(names)
