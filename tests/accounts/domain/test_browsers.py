"""Browsers are called by names that people know."""

import pytest

from accounts.domain.browsers import browser_of

CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36"


@pytest.mark.parametrize(
    ("user_agent", "names"),
    [
        (CHROME, ("Chrome", "Linux")),
        (f"{CHROME} Edg/141.0", ("Edge", "Linux")),
        ("Mozilla/5.0 (Windows NT 10.0; rv:144.0) Gecko/20100101 Firefox/144.0", ("Firefox", "Windows")),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18 Safari/604.1",
            ("Safari", "iPhone"),
        ),
        ("curl/8", ("", "")),
    ],
)
def test_a_browser_and_its_system_are_recognised(user_agent, names):
    assert browser_of(user_agent) == names
