"""How long her page takes over its cryptography on a slow phone, and what it weighs.

Each round is a fresh page on a processor throttled six times, in the order of the product: suite, revocation list, key
package, one rehearsal, the join with every check, the first text. Figures are medians over the rounds.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from tests.benchmarks.report import report
from tests.browser.chromium import launch
from tests.loopback import files

HERE = Path(__file__).parent
ROUNDS = 7
SLOWER = 6
WORDS = "Bonjour. " * 12
MOST = {
    "key_package_x6_ms": 50,
    "join_x6_ms": 100,
    "encrypt_x6_ms": 20,
    "join_fallback_jitless_x6_ms": 600,
    "crypto_br_bytes": 27_136,
    "fallback_br_bytes": 17_408,
}


def main() -> int:
    """Measure, print, and say by the exit code whether every goal holds."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        subprocess.run(["node", str(HERE / "crypto_pages.mjs"), folder], check=True)
        with files(Path(folder)) as address:
            usual = _rounds(playwright, address, forced=False, flags=())
            hardest = _rounds(playwright, address, forced=True, flags=("--js-flags=--jitless",))
    figures = {f"{name}_x6_ms": statistics.median(values) for name, values in usual.items()}
    figures["join_fallback_jitless_x6_ms"] = statistics.median(hardest["join"])
    figures["join_x6_worst_ms"] = max(usual["join"])
    weighed = subprocess.run(
        ["node", str(HERE.parents[1] / "static/build.mjs"), "--weigh"], check=True, capture_output=True
    )
    figures |= json.loads(weighed.stdout)
    return report("crypto", figures, MOST)


def _rounds(playwright: Playwright, address: str, *, forced: bool, flags: tuple[str, ...]) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {"key_package": [], "join": [], "encrypt": []}
    desk_browser, her_browser = launch(playwright), launch(playwright, *flags)
    try:
        desk = _open(desk_browser, f"{address}desk.html")
        organisation = desk.evaluate("bench.organise()")
        for _ in range(ROUNDS):
            for name, took in _round(her_browser, desk, address, {**organisation, "forced": forced}).items():
                taken[name].append(took)
    finally:
        desk_browser.close()
        her_browser.close()
    return taken


def _round(browser: Browser, desk: Page, address: str, given: dict[str, object]) -> dict[str, float]:
    context = browser.new_context()
    page = context.new_page()
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    _ready(page, f"{address}hers.html")
    prepared = page.evaluate("given => bench.prepare(given)", given)
    page.evaluate("bench.rehearse()")
    welcome = desk.evaluate("person => bench.welcome(person)", prepared["bytes"])
    join = page.evaluate("welcome => bench.join(welcome)", welcome)
    encrypt = page.evaluate("words => bench.encrypt(words)", WORDS)
    context.close()
    return {"key_package": prepared["ms"], "join": join, "encrypt": encrypt}


def _open(browser: Browser, address: str) -> Page:
    page = browser.new_page()
    _ready(page, address)
    return page


def _ready(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_function("globalThis.bench")


if __name__ == "__main__":
    sys.exit(main())
