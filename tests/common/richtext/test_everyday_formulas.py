"""The quick way to MathML gives what the converter gives, or leaves the formula to it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from common.richtext.everyday_formulas import EverydayFormulas
from common.richtext.mathematics import converted_mathml

EVERYDAY = [
    r"x^2",
    r"x_{i}^{n+1}",
    r"x^{a}_b",
    r"^{13}C",
    r"f'(x)",
    r"x_i'",
    r"O(n \log n)",
    r"\mathcal{O}(n^{1/2})",
    r"{\cal O}(\epsilon^2)",
    r"\mathbf{x} \in \mathbb{R}^{d}",
    r"\mathbf{\hat x + 1}",
    r"p < 0.05",
    r"1.5\,\sigma",
    r"\frac{a+b}{\sqrt{c}}",
    r"\left( \frac{1}{2} \right)^n",
    r"\left[ x \right)",
    r"\bar{\psi}\psi",
    r"T_{\rm eff}",
    r"\sum_{i=1}^n a_i",
    r"\max_{x} f",
    r"M_\odot",
    r"\overline{MS}",
    r"10^{-3}",
    r"\| x \|_2",
    r"\{a, b\}",
    r"\tilde\chi^0_1",
    r"\sqrt s = 7",
    r"{}^{3}S_1",
    r"\text{eff}_{\textrm{x}}",
    r"\mathrm{Re}\, z",
    "a~b",
    r"\bm{\theta}",
]
RARE = [
    r"\sqrt[3]{n}",
    r"x''",
    r"a \over b",
    r"\begin{matrix}a\end{matrix}",
    r"3 cm",
    r"x_i_j",
    r"x^a^b",
    "{x",
    "x}",
    "x_",
    r"\frac12",
    r"\newcommand{\x}{y}\x",
    r"\unknown",
    r"\limits_x",
    r"\left. x \right|",
    "50\\%",
    r"\rm_x",
    "é",
    "x^1.5",
    "{" * 12 + "x" + "}" * 12,
]
PIECES = (
    "x y E 1 23 4.5 + - = ( ) [ ] < | , . ' ~ _ ^ _2 ^3 { } { } \\alpha \\sum \\infty \\log \\, \\quad \\hat \\bar \\sqrt "
    "\\frac \\mathbf \\mathbb{R} \\mathcal{L} \\mathrm \\bm \\rm \\cal \\left( \\right) \\left[ \\right] \\text{ab} \\max cm"
).split()

formulas = EverydayFormulas(converted_mathml)


@pytest.mark.parametrize("tex", EVERYDAY)
@pytest.mark.parametrize("display", [False, True])
def test_an_everyday_formula_looks_as_the_converter_makes_it(tex, display):
    assert formulas.mathml(tex, display=display) in (converted_mathml(tex, display=display), "")
    assert formulas.mathml(tex, display=False)


@pytest.mark.parametrize("tex", RARE)
def test_a_formula_with_anything_else_is_left_to_the_converter(tex):
    assert formulas.mathml(tex, display=False) == ""


def test_displayed_sums_are_left_to_the_converter():
    assert formulas.mathml(r"\sum_{i} a_i", display=True) == ""


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12), st.booleans())
def test_no_row_of_pieces_looks_other_than_the_converter_makes_it(pieces, display):
    for tex in (" ".join(pieces), "".join(pieces)):
        quick = formulas.mathml(tex, display=display)
        assert quick in ("", converted_mathml(tex, display=display))
