"""Licences as sources state them, and as readers know them."""

import pytest

from papers.domain.licences import licence_name, web_host
from papers.templatetags.works import language_name, licence_link, link_name


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("http://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"),
        ("https://creativecommons.org/licenses/by-nc-nd/4.0", "CC BY-NC-ND 4.0"),
        ("cc-by", "CC BY"),
        ("CC BY-SA 3.0", "CC BY-SA 3.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0"),
        ("cc0-1.0", "CC0"),
        ("http://creativecommons.org/licenses/by-nd/2.0/de", "CC BY-ND 2.0"),
        ("http://creativecommons.org/licenses/by/2.0/uk/legalcode", "CC BY 2.0"),
        ("https://creativecommons.org/licenses/by-sa/4.0/deed.de", "CC BY-SA 4.0"),
        ("public-domain", "public domain"),
        ("other-oa", "open access"),
        ("CC0 1.0", "CC0"),
        ("cc-zero", "CC0"),
        ("http://arxiv.org/licenses/nonexclusive-distrib/1.0/", "arXiv non-exclusive"),
        ("https://www.elsevier.com/tdm/userlicense/1.0/", "www.elsevier.com"),
        ("publisher-specific", "publisher-specific"),
        ("https://[broken", "https://[broken"),
    ],
)
def test_a_licence_has_a_short_name(stated, name):
    assert licence_name(stated) == name


@pytest.mark.parametrize("stated", ["javascript:alert(1)", "https://user@evil.example/", "data:text/html,x", "MIT"])
def test_only_a_web_address_is_linked(stated):
    assert web_host(stated) == ""
    assert "<a" not in licence_link(stated)


def test_a_hostile_address_stays_text():
    html = licence_link('https://example.org/"><script>alert(1)</script>')
    assert "<script>" not in html
    assert html.startswith('<a href="https://example.org/&quot;')


def test_languages_and_links_are_said_in_words():
    assert [language_name(code) for code in ("en", "DE", "xx-unknown")] == ["English", "German", "xx-unknown"]
    assert [link_name(kind) for kind in ("landing", "pdf", "open-review", "")] == [
        "Landing page",
        "PDF",
        "Open review",
        "Link",
    ]


def test_a_landing_page_is_named_by_its_host():
    assert link_name("landing", "https://citeseerx.ist.psu.edu/document?doi=1") == "citeseerx.ist.psu.edu"
    assert link_name("landing", "nowhere") == "Landing page"
    assert link_name("pdf", "https://example.org/a.pdf") == "PDF"
