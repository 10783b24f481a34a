"""Formulas become MathML, or stay readable TeX."""

import time
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.richtext.mathematics import formula_html, formula_mathml, render_text


def test_a_formula_becomes_mathml():
    assert formula_html("x^2") == '<math display="inline"><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></math>'
    assert 'display="block"' in formula_html("x", display=True)


def test_a_comment_sign_left_from_a_broken_line_is_no_obstacle():
    assert formula_mathml(r"% \xi") == formula_mathml(r"\xi")


@pytest.mark.parametrize(
    "tex", [r"\sqrt", r"S' \in \Sigma''^n", "{" * 40 + "}" * 40, "x" * 2_001, r"\sqrt" * 300 + "<"]
)
def test_a_formula_beyond_the_converter_stays_escaped_tex(tex):
    assert formula_html(tex) == f'<span class="tex">{escape(tex)}</span>'


def test_the_text_around_formulas_is_escaped():
    _plain, html = render_text("if a < b & <b>c</b> then $n$")
    assert html.startswith("if a &lt; b &amp; <strong>c</strong> then <math")


def test_brackets_without_end_do_not_cost_much():
    started = time.perf_counter()
    for hostile in (
        "\\(" * 5_000,
        "$" * 10_000,
        "<" * 12_000,
        "\\begin{math}" * 1_000,
        "{\\em " * 2_500,
        '\\"' * 5_000,
    ):
        render_text(hostile)
    assert time.perf_counter() - started < 10


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from(r"\{}^_&$%abxfracsqtleigh(){}[] 12"), max_size=60))
def test_any_formula_is_converted_or_kept(tex):
    html = formula_html(tex)
    assert html.startswith(("<math", '<span class="tex">'))


@pytest.mark.parametrize(
    "tex", ["\\hspace{9999em} x", "\\hspace{-99em} x", "\\kern999em x", "\\rule{9999em}{9999em}", "\\mskip 9999mu x"]
)
def test_no_formula_pushes_the_page_away_or_covers_it(tex):
    assert "99" not in formula_html(tex)


def test_spaces_that_formulas_need_are_kept():
    assert 'width="2em"' in formula_html("a \\qquad b")
    assert "<mspace width=" in formula_html("a \\, b")
