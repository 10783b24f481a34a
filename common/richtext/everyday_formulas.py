"""MathML of everyday formulas, put together from parts that the converter made before.

Most formulas of abstracts are rows of letters, numbers, known symbols, scripts, fonts, accents and fractions. In these a
part looks the same wherever it stands, so each is converted once and kept. The result is what the converter gives for
the whole formula, many times as quick; a formula with anything else in it is left to the converter.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

_SIGN = re.compile(
    r"[a-zA-Z]"
    r"|[_^][0-9]?"
    r"|[0-9]++(?:\.[0-9]++)?+(?!\s*(?:in|[mc]m|p[tc]|e[mx]|bp|dd|cc|sp|mu))"
    r"|[{}]"
    r"|\\math(?:bb|bf|cal|frak|it|rm|scr|sf|tt)\{[a-zA-Z]\}"
    r"|\\text(?:bf|it|rm|sf)?\{[a-zA-Z]+\}"
    r"|\\[a-zA-Z]+"
    r"|\\[,;:!{}|]"
    r"|[-+*/=()\[\],|<>:;!'~]"
    r"|\.(?![0-9])"
)
_PLAIN = frozenset("-+*/=()[],|<>:;!~.")
_SYMBOLS = frozenset(
    r"""
    \alpha \beta \gamma \delta \epsilon \varepsilon \zeta \eta \theta \vartheta \iota \kappa \lambda \mu \nu \xi \pi
    \varpi \rho \varrho \sigma \varsigma \tau \upsilon \phi \varphi \chi \psi \omega \Gamma \Delta \Theta \Lambda \Xi
    \Pi \Sigma \Upsilon \Phi \Psi \Omega \ell \hbar \Re \Im \aleph \wp \partial \nabla \infty \emptyset \varnothing
    \times \cdot \pm \mp \ast \star \circ \bullet \cap \cup \vee \wedge \setminus \oplus \ominus \otimes \odot \div
    \dagger \ddagger \leq \le \geq \ge \ll \gg \neq \ne \equiv \sim \simeq \approx \cong \propto \prec \succ \preceq
    \succeq \lesssim \gtrsim \subset \supset \subseteq \supseteq \in \ni \notin \mid \parallel \perp \to \rightarrow
    \leftarrow \leftrightarrow \Rightarrow \Leftarrow \Leftrightarrow \longrightarrow \mapsto \hookrightarrow
    \ldots \dots \cdots \forall \exists \neg \langle \rangle \lceil \rceil \lfloor \rfloor \vert \Vert \prime
    \sum \prod \int \oint \log \ln \exp \sin \cos \tan \sinh \cosh \tanh \arg \dim \ker \deg
    \max \min \sup \inf \lim \top
    \quad \qquad \, \; \: \! \{ \} \|
    """.split()
)
_FONTS = frozenset(
    r"\mathbb \mathbf \mathcal \mathfrak \mathrm \mathscr \mathsf \mathit \mathtt \boldsymbol \bm".split()
)
_SWITCHES = frozenset(r"\rm \bf \it \cal".split())
_ACCENTS = frozenset(r"\hat \bar \tilde \vec \dot \ddot \widehat \widetilde \overline \underline \sqrt".split())
_FRACTIONS = frozenset(r"\frac \dfrac \tfrac".split())
_DELIMITERS = frozenset(r"( ) [ ] | \{ \} \langle \rangle".split())
_LIMITED_IN_DISPLAY = (r"\sum", r"\prod")  # displayed, their scripts stand above and below
_FILLERS = (r"\aleph", r"\wp")  # arguments while a command is converted to see what it puts around them
_MAX_NESTING = 10
_KEPT_PARTS = 16_384


class _BeyondEveryday(Exception):
    """The formula holds what only the converter knows."""


class EverydayFormulas:
    """Formulas from kept parts; `convert` makes clean MathML of a formula that stands in a line of text."""

    def __init__(self, convert: Callable[[str], str]) -> None:
        self._convert = convert
        self.part = lru_cache(maxsize=_KEPT_PARTS)(self._part)
        self.around = lru_cache(maxsize=_KEPT_PARTS)(self._around)

    def mathml(self, tex: str, *, display: bool) -> str:
        """What the converter gives for the formula; "" when the formula is none of the everyday ones."""
        if display and any(name in tex for name in _LIMITED_IN_DISPLAY):
            return ""
        signs = _SIGN.findall(tex)
        if not signs or "".join(signs) != "".join(tex.split()):
            return ""
        try:
            row = _Reading(self, iter(signs)).row("", "", 0)
        except _BeyondEveryday:
            return ""
        return f'<math display="{"block" if display else "inline"}"><mrow>{row}</mrow></math>'

    def _part(self, sign: str, font: str) -> str:
        """A symbol as it looks in a font, "" being none."""
        known = sign.isalnum() or sign in _PLAIN or sign in _SYMBOLS or sign[0].isdigit()
        if not known and not (sign[0] == "\\" and sign[-1] == "}"):
            raise _BeyondEveryday
        if not font:
            return self._row_of(sign)
        if font in _SWITCHES:
            return self._row_of(f"{font} {sign}")
        return self._row_of(f"{font}{{ {sign}}}").removeprefix("<mrow>").removesuffix("</mrow>")

    def _around(self, command: str) -> list[str]:
        """What a command with fillers for arguments puts before, between and after them."""
        row = self._row_of(command)
        for filler in _FILLERS:
            row = row.replace(self.part(filler, ""), "\0")
        return row.split("\0")

    def _row_of(self, tex: str) -> str:
        html = self._convert(tex)
        start, end = '<math display="inline"><mrow>', "</mrow></math>"
        if not html.startswith(start) or not html.endswith(end):
            raise _BeyondEveryday
        return html[len(start) : -len(end)]


class _Reading:
    """One formula on its way from signs to MathML."""

    def __init__(self, formulas: EverydayFormulas, signs: Iterator[str]) -> None:
        self._part = formulas.part
        self._around = formulas.around
        self._signs = signs

    def row(self, end: str, font: str, depth: int) -> str:
        """The elements up to the sign `end`, "" being the formula's own end."""
        elements: list[str] = []
        scripted: tuple[str, str, str] | None = None  # base, subscript and superscript of the last element
        for sign in self._signs:
            if sign[0] in "_^'":
                base, below, above = scripted or (self._base(elements, font), "", "")
                scripted = self._scripted(sign, base, below, above, font, depth)
                elements[-1:] = [_with_scripts(*scripted)]
            elif sign == end:
                return "".join(elements)
            elif sign in _SWITCHES:
                font, scripted = sign, None
                elements.append("")
            else:
                scripted = None
                elements.append(self._element(sign, font, depth))
        if end:
            raise _BeyondEveryday
        return "".join(elements)

    @staticmethod
    def _base(elements: list[str], font: str) -> str:
        if elements and elements[-1]:
            return elements[-1]
        if elements or font:
            raise _BeyondEveryday
        return "<mi></mi>"

    def _scripted(self, sign: str, base: str, below: str, above: str, font: str, depth: int) -> tuple[str, str, str]:
        if sign == "'":
            script = self._part(r"\prime", font)
        elif len(sign) == 2:
            script = self._part(sign[1], font)
        else:
            script = self._element(self._next(), font, depth)
        if sign[0] == "_":
            if below:
                raise _BeyondEveryday
            return base, script, above
        if above:
            raise _BeyondEveryday
        return base, below, script

    def _element(self, sign: str, font: str, depth: int) -> str:
        if depth > _MAX_NESTING:
            raise _BeyondEveryday
        if sign == "{":
            return f"<mrow>{self.row('}', font, depth + 1)}</mrow>"
        if sign in _FONTS:
            return self._element(self._next(), sign, depth + 1)
        if sign in _ACCENTS:
            argument = self._next()
            if argument == "[":  # of a root that is not the square one
                raise _BeyondEveryday
            return self._filled(f"{sign}{_FILLERS[0]}", [self._element(argument, font, depth + 1)])
        if sign in _FRACTIONS:
            arguments = [self._group(font, depth), self._group(font, depth)]
            return self._filled(f"{sign}{''.join(_FILLERS)}", arguments)
        if sign == r"\left":
            return self._fenced(font, depth)
        return self._part(sign, font)

    def _group(self, font: str, depth: int) -> str:
        if self._next() != "{":
            raise _BeyondEveryday
        return f"<mrow>{self.row('}', font, depth + 1)}</mrow>"

    def _fenced(self, font: str, depth: int) -> str:
        left = self._next()
        inner = self.row(r"\right", font, depth + 1)
        right = self._next()
        if left not in _DELIMITERS or right not in _DELIMITERS:
            raise _BeyondEveryday
        return self._filled(rf"\left{left} {_FILLERS[0]} \right{right}", [inner])

    def _filled(self, command: str, arguments: list[str]) -> str:
        around = self._around(command)
        if len(around) != len(arguments) + 1:
            raise _BeyondEveryday
        inner = [part for pair in zip(arguments, around[1:], strict=True) for part in pair]
        return around[0] + "".join(inner)

    def _next(self) -> str:
        sign = next(self._signs, "")
        if not sign:
            raise _BeyondEveryday
        return sign


def _with_scripts(base: str, below: str, above: str) -> str:
    if below and above:
        return f"<msubsup>{base}{below}{above}</msubsup>"
    return f"<msub>{base}{below}</msub>" if below else f"<msup>{base}{above}</msup>"
