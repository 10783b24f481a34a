"""Title keys are equal where only the way of printing differs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.domain.titles import title_key


@pytest.mark.parametrize(
    "spellings",
    [
        ("Attention is all you need", "Attention Is All You Need.", "ATTENTION&nbsp;IS ALL YOU NEED"),
        (
            r"On $\alpha$-stable processes",
            "On α-stable processes",
            "On &alpha;-stable processes",
            r"On {$\alpha$}-Stable Processes",
        ),
        (
            r"Schr{\"o}dinger operators on graphs",
            "Schrödinger Operators on Graphs",
            "Schr&ouml;dinger operators on graphs",
        ),
        ("Water as H<sub>2</sub>O in ice", "Water as H$_2$O in ice", "Water as H₂O in ice", "Water as H2O in ice"),
        (r"$\mathcal{N}=4$ super Yang-Mills", "N=4 Super Yang–Mills"),
        ("Multi-agent planning &amp; control", "Multi-Agent Planning & Control", r"Multiagent planning \& control"),
    ],
)
def test_spellings_of_one_title_share_their_key(spellings):
    assert len({title_key(spelling) for spelling in spellings}) == 1


def test_different_titles_have_different_keys():
    assert title_key("Deep learning for graphs I") != title_key("Deep learning for graphs II")


@pytest.mark.parametrize("title", ["Introduction", "Editorial", "A note", "Antidisestablishmentarianism", ""])
def test_a_title_too_short_to_match_on_has_no_key(title):
    assert title_key(title) == ""


@given(st.text(max_size=200))
def test_any_text_gives_letters_and_digits_or_nothing(text):
    key = title_key(text)
    assert key == "" or key.replace("_", "").isalnum() or not key.isascii()
