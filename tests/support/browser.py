"""A real browser: which one, how started, and what it is asked about a page."""

import os
import re
import shutil
from pathlib import Path
from typing import Any

PICTURES = Path(__file__).parents[1] / "pictures"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-dev-shm-usage",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def executable() -> str:
    """The browser on this machine. There is no skipping: a journey that is not walked proves nothing."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    raise RuntimeError("no Chromium on this machine: scripts/test installs it (apt install chromium)")


def accessibility_faults(page: Any) -> list[str]:
    """What axe finds on the open page, a sentence a finding, with the elements it stands on."""
    from axe_playwright_python.sync_playwright import Axe

    results = Axe().run(page)
    return [
        f"{found['id']} ({found['impact']}): {found['help']} – {[node['html'][:160] for node in found['nodes']][:3]}"
        for found in results.response["violations"]
    ]


def picture(page: Any, name: str) -> None:
    """Keep a picture of the open page in tests/pictures when REKISTERI_TEST_PICTURES=1 asks for them."""
    if os.environ.get("REKISTERI_TEST_PICTURES") == "1":
        PICTURES.mkdir(exist_ok=True)
        page.screenshot(path=PICTURES / f"{re.sub(r'[^a-z0-9-]+', '-', name.lower())}.png", full_page=True)


def overflows(page: Any) -> int:
    """By how many pixels the open page is wider than its window: 0 when nothing has to be scrolled sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
