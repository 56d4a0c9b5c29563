"""How the tests start Chromium: headless, and talking to nobody but this machine."""

from __future__ import annotations

import os
import shutil

from playwright.sync_api import Browser, Playwright

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def path() -> str:
    """Give the path of Chromium on this machine; CHROMIUM names another."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"


def launch(playwright: Playwright, *flags: str) -> Browser:
    """Start a browser; whoever starts it closes it."""
    return playwright.chromium.launch(executable_path=path(), args=[*QUIET, *flags])
