"""MathML as one line, in the order in which it is read."""

import pytest

from common.richtext.mathml_text import mathml_text


@pytest.mark.parametrize(
    ("mathml", "text"),
    [
        ("<math><msup><mn>10</mn><mrow><mo>−</mo><mn>3</mn></mrow></msup></math>", "10⁻³"),
        ("<math><msup><mi>e</mi><mi>x</mi></msup></math>", "e^x"),
        ("<math><msqrt><mi>s</mi></msqrt></math>", "√s"),
        ("<math><msub><mi>H</mi><mn>2</mn></msub><mi>O</mi></math>", "H2O"),
        ("<math><msub><mi>s</mi><mi>NN</mi></msub></math>", "s_NN"),
        ("<math><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac></math>", "(a+b)/2"),
        (
            "<math><mmultiscripts><mi>Ca</mi><mprescripts/><none/><mn>38</mn></mmultiscripts></math>",
            "38Ca",
        ),
        ("<mml:math xmlns:mml='x'><mml:mi>&alpha;</mml:mi></mml:math>", "α"),
        ("<math><mi>x</mi><annotation>x</annotation></math>", "x"),
        ("<math><mi>x</math>", "x"),
    ],
)
def test_formulas_are_read_as_they_are_printed(mathml, text):
    assert mathml_text(mathml) == text
