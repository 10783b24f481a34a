"""A real browser, when there is one on the machine: tests that need it say plainly when they are left out."""

import os
import shutil
from collections.abc import Iterator

import pytest

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Chromium keeps pages of its own ready for its address bar, which cost about as much as the page under test.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,MediaRouter,OptimizationHints,Translate",
]


def _chromium() -> str | None:
    """The one that is set, or the leanest that is installed: the shell without a window needs a third less time."""
    installed = map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))
    return os.environ.get("CHROMIUM") or next(filter(None, installed), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    path = _chromium()
    if path is None:
        pytest.skip("no Chromium on this machine: set CHROMIUM to its path")
    from playwright.sync_api import sync_playwright

    # Playwright runs an event loop in this thread, which Django takes for an async view of ours.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def is_complaint(message) -> bool:
    """What a graphics driver says of its own speed is none: software draws here."""
    return message.type in {"error", "warning"} and "GL Driver Message" not in message.text


@pytest.fixture
def open_page(browser, live_server):
    """`open_page("/path/", width=360, dark=True)`: a page at an address; what its console or a script complains of fails the test."""
    opened, complaints = [], []

    def open_page(path: str, *, width: int = 1440, dark: bool = False, javascript: bool = True):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
        )
        page = context.new_page()
        page.on("console", lambda m: complaints.append(m.text) if is_complaint(m) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(live_server.url + path)
        opened.append(context)
        return page

    yield open_page
    for context in opened:
        context.close()
    assert complaints == []
