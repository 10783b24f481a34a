"""Texts of sources become plain, and what was text never becomes mark-up."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from common.richtext.mathematics import render_text
from common.richtext.text import clean_line, fold, plain_text


@pytest.mark.parametrize(
    ("printed", "plain"),
    [
        (r"for $2{\rm Jets}\ $ in", r"for $2{\rm Jets}$ in"),
        (r"of $\ $ and $x$", r"of $\,$ and $x$"),
        (r"price ${\rm \$}5$ now", r"price ${\rm \$}5$ now"),
        (r"of $M_{\gamma}\simeq 60\$ GeV", r"of $M_{\gamma}\simeq 60$ GeV"),
        (r"it costs $5 and \emph{not} \$6", "it costs $5 and not $6"),
        (r"G{\"o}del, Erd\H{o}s and {\'\i}, \'{\i}, na\"{\i}ve", "Gödel, Erdős and í, í, naïve"),
        (
            r"\ss \o {\o}re Fran\c{c}ois \c{S}ahin \v{s} Pawe{\l} \L{}ukasz \~n",
            "ß øre François Şahin š Paweł Łukasz ñ".replace("ß ø", "ß ø ø", 1),
        ),
        (r"random strings \{and arbitrary", "random strings and arbitrary"),
        ("O({log {n epsilon} times} more)", "O(log n epsilon times more)"),
        (r"a set \{a, b\} of", "a set {a, b} of"),
        (r"connections, etc\., just (f^1,\...,f^n)", "connections, etc., just (f^1,...,f^n)"),
        (r"bounded, i\.e\. at \.Zak, P(s) = s\^∝", "bounded, i.e. at Żak, P(s) = s^∝"),
        (r"Schr\''odinger", "Schrödinger"),
        (r"K{\'a}roly \'Edgar Rold\'an", "Károly Édgar Roldán"),
        ("AT&amp;amp;T &amp;lt; R&D &copy", "AT&T < R&D &copy"),
        ("<![CDATA[A & B]]>", "A & B"),
        ("H<sub>2</sub>O <i>in vivo</i>", "H2O in vivo"),
        ("<jats:title>Abstract</jats:title><jats:p>We <jats:italic>find</jats:italic> it</jats:p>", "We find it"),
        (r"\emph{a priori}~\cite{x}, \textbf{bold \emph{in}}, \url{http://x.y}", "a priori, bold in, http://x.y"),
        (r"{\em foo bar} and {\it x}", "foo bar and x"),
        ("``quotes'' --- it, 3--4", "“quotes” — it, 3–4"),
        (r"\$5 and 50\% of Fig.~2 for ~100", "$5 and 50% of Fig. 2 for ~100"),
        (r"\(a<b\) and \[ x \]", "$a<b$ and $$x$$"),
        ("{BERT}: pre-training on {0,1}", "BERT: pre-training on {0,1}"),
        ("the system\x92s \x93base\x94, it\x9d", "the system’s “base”, it"),
        ("\U0010fc01nite \ue001 state", "nite state"),
        ("a\u202eb\u200b c\x00d\n\t e", "ab cd e"),
        ("x<p and y>2, p<0.05", "x<p and y>2, p<0.05"),
        (
            "<jats:inline-formula><jats:alternatives><jats:tex-math>$$x^2$$</jats:tex-math>"
            "<mml:math><mml:mi>x</mml:mi></mml:math></jats:alternatives></jats:inline-formula> holds",
            "$$x^2$$ holds",
        ),
    ],
)
def test_marked_up_text_becomes_plain(printed, plain):
    assert plain_text(printed) == plain


def test_money_is_not_mathematics():
    text = "it costs $5 and $10, yet $n^2$ grows"
    plain, html = render_text(text)
    assert plain == text
    assert html.startswith("it costs $5 and $10, yet <math")


def test_plain_text_needs_no_html():
    assert render_text("An ordinary title — with a dash & an ampersand")[1] == ""
    assert render_text("nothing to render") == ("nothing to render", "")


def test_elements_are_balanced_whatever_the_source_left_open():
    assert render_text("<i>a <b>c</i> d")[1] == "<em>a <strong>c</strong></em> d"
    assert render_text("x</sub> <sub>2")[1] == "x <sub>2</sub>"


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<i onclick=alert(1)>x</i>",
        '<i onclick="alert(1)">x</i>',
        r"$\text{<script>alert(1)</script>}$",
        r"$\href{javascript:alert(1)}{x}$",
        "$<img src=x onerror=alert(1)>$",
        "<mml:math><mml:mtext><img src=x onerror=alert(1)></mml:mtext></mml:math>",
        "<math><annotation-xml encoding='text/html'><script>alert(1)</script></annotation-xml></math>",
        "&lt;script&gt;alert(1)&lt;/script&gt; $x$",
        "<math href='javascript:alert(1)'><mi>x</mi></math>",
    ],
)
def test_hostile_mark_up_comes_out_harmless(hostile):
    html = render_text(hostile)[1]
    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:" not in html
    assert "<i " not in html
    assert "<em " not in html


@given(st.text(alphabet=st.sampled_from("<>&;/$\\{}[]()%^_~-`'\"abimsuptexfrac lt&#1jats:h\x00\u202e"), max_size=120))
def test_any_text_is_read_without_error_and_without_foreign_elements(text):
    plain, html = render_text(text)
    assert plain == plain_text(text)
    assert "\x00" not in plain + html
    assert "<script" not in html.lower()


@given(st.text(max_size=120))
@example("\u00c2\x08\u00a1")  # a control character between the halves of a misread letter
def test_cleaning_twice_is_cleaning_once(text):
    assert clean_line(clean_line(text)) == clean_line(text)
    assert fold(fold(text)) == fold(text)


def test_what_catalogues_sort_without_is_part_of_the_name():
    assert plain_text("\x98The \x9cLancet") == "The Lancet"
    assert plain_text("b\x9cuf") == "bœuf"  # alone it is a letter of Windows-1252
