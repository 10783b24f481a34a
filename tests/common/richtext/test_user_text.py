"""What people type is text: of it come paragraphs, links and mathematics, and never an element of theirs."""

import pytest

from common.richtext.user_text import LINK_SHOWN, clean_typed, typed_html


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  two\r\nlines  \n\n\n\nand more ", "two\nlines\n\nand more"),
        ("a\x00b\u202ec", "abc"),
        ("one\u2028two", "one\ntwo"),
        ("\n\n", ""),
    ],
)
def test_lines_are_kept_and_controls_are_not(typed, stored):
    assert clean_typed(typed) == stored
    assert clean_typed(stored) == stored


def test_mark_up_is_text():
    assert typed_html("<b>&</b>") == "<p>&lt;b&gt;&amp;&lt;/b&gt;</p>"
    assert typed_html("a\nb\n\nc") == "<p>a<br>b</p><p>c</p>"
    assert typed_html("") == ""


def test_a_link_ends_before_its_sentence_does():
    html = typed_html("See https://a.example/x_(y), or (https://b.example/).")
    assert 'href="https://a.example/x_(y)"' in html
    assert 'href="https://b.example/"' in html
    assert html.endswith("</a>).</p>")
    assert html.count('rel="nofollow ugc noopener noreferrer"') == 2


@pytest.mark.parametrize("text", ["javascript:alert(1)", "https://me@a.example/", "https://", "https://[::"])
def test_what_is_no_plain_address_is_no_link(text):
    assert "<a " not in typed_html(text)


def test_a_long_link_is_shown_short_and_leads_to_all_of_it():
    address = "https://a.example/" + "x" * 200
    html = typed_html(address)
    assert f'href="{address}"' in html
    assert (
        html.partition(">")[2].partition("<a")[2].partition(">")[2].partition("<")[0] == address[: LINK_SHOWN - 1] + "…"
    )


def test_formulas_are_mathml_and_prices_are_text():
    assert "<math" in typed_html("$x^2$")
    assert 'display="block"' in typed_html(r"\[x^2\]")
    assert "<math" not in typed_html("from $5 to $10")
