"""One Chromium for all browser tests of a process, and axe's questions to a page.

Starting a browser takes longer than most tests in it. Every test has a context of its own, which shares nothing with others.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

import pytest
from playwright.sync_api import Page

# A browser that speaks to nobody but the page under test, and that works as hard for a page nobody looks at.
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-component-extensions-with-background-pages",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-features=Translate,MediaRouter,OptimizationHints,PaintHolding",
    "--disable-ipc-flooding-protection",
    "--disable-popup-blocking",
    "--disable-renderer-backgrounding",
    "--disable-sync",
    "--font-render-hinting=none",
    "--force-color-profile=srgb",
    "--hide-scrollbars",
    "--mute-audio",
    "--password-store=basic",
    "--remote-debugging-port=0",
    "--use-mock-keychain",
]
# WCAG 2.2 AA and what it builds on.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What another theme or another width can break on a page whose structure is known to be right.
LOOKS = ["color-contrast", "target-size", "scrollable-region-focusable", "link-in-text-block"]


@contextmanager
def running() -> Iterator[str]:
    """Start Chromium; the address at which Playwright connects to it. It is gone afterwards."""
    # The same engine without a window's worth of work around it: a third less to compute than `chromium --headless`.
    found = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    if found is None:
        pytest.fail("no chromium on this machine; `make test` installs it")
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = subprocess.Popen(
            [found, *ARGUMENTS, f"--user-data-dir={profile}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            # Debian starts it from a shell script, which would be ended alone.
            start_new_session=True,
        )
        assert browser.stderr is not None
        # What it says later nobody reads, and a full pipe would hold it up.
        rest = threading.Thread(target=browser.stderr.read)
        try:
            address = _address(browser.stderr)
            rest.start()
            yield address
        finally:
            os.killpg(browser.pid, signal.SIGTERM)
            try:
                browser.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(browser.pid, signal.SIGKILL)
                browser.wait()
            if rest.is_alive():
                rest.join()
            browser.stderr.close()


def _address(lines: IO[str]) -> str:
    said = []
    for line in lines:
        if line.startswith("DevTools listening on "):
            return line.removeprefix("DevTools listening on ").strip()
        said.append(line)
    pytest.fail("chromium did not start:\n" + "".join(said))


def violations(page: Page, *, tags: Sequence[str] = TAGS, rules: Sequence[str] = ()) -> list[dict[str, Any]]:
    """What axe has against a page as it stands: all rules of the tags, or only the rules that are named."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    asked = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": list(tags)}
    found: list[dict[str, Any]] = page.evaluate(
        "options => axe.run(options).then(result => result.violations)",
        {"runOnly": asked, "resultTypes": ["violations"]},
    )
    return found


@cache
def _axe() -> str:
    return Path(str(files("axe_playwright_python"))).joinpath("axe.min.js").read_text()
