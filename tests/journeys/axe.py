"""axe on a page, by day and by night."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# A dress changes colours and nothing else: at night the rules about colours are asked again, and no others.
_OF_COLOURS = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
_axe = Axe()


# The admin's links take their colours slowly: what is measured on the way is neither.
_UNTIL_STILL = "() => Promise.allSettled(document.getAnimations().map(one => one.finished))"


def faults(page: Page) -> list[tuple[str, str, str, list[str]]]:
    """What shuts somebody out, as (address, dress, rule, the first three places)."""
    found = []
    for dress, options in (("light", {"resultTypes": ["violations"]}), ("dark", _OF_COLOURS)):
        page.emulate_media(color_scheme=dress, reduced_motion="reduce")
        page.evaluate(_UNTIL_STILL)
        for fault in _axe.run(page, options=options).response["violations"]:
            found.append((page.url, dress, fault["id"], [node["html"] for node in fault["nodes"]][:3]))
    return found
