"""The official MLS vectors and Wycheproof's, over both codes of our cipher suite, in Chromium."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.chromium import launch
from tests.vectors.table import FOLDER, judge, of, say, show

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.vectors]
ROOT = Path(__file__).parents[2]
PAGE = '<!doctype html><meta charset="utf-8"><title>Vectors</title><script type="module" src="/page.js"></script>'


class _Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing about it."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Keep silent."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build the page and serve it beside the vectors, on this machine alone."""
    folder = tmp_path_factory.mktemp("vectors")
    command = ["node", "tests/js/vectors/build.mjs", str(folder / "page.js")]
    subprocess.run(command, cwd=ROOT, check=True, timeout=60)
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    (folder / "vectors").symlink_to(FOLDER)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def page(address: str) -> Iterator[Page]:
    """Open the page in a Chromium of its own."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        opened = browser.new_page()
        opened.goto(address)
        opened.wait_for_function("globalThis.vectors !== undefined")
        yield opened
        browser.close()


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
