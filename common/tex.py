"""Text-mode TeX made plain: accents, symbols, emphasis and the commands that print nothing."""

import re
import unicodedata

_COMBINING = {
    '"': "\u0308",
    "'": "\u0301",
    "`": "\u0300",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "u": "\u0306",
    "v": "\u030c",
    "H": "\u030b",
    "c": "\u0327",
    "d": "\u0323",
    "b": "\u0331",
    "k": "\u0328",
    "r": "\u030a",
    "t": "\u0361",
    "´": "\u0301",
    "¨": "\u0308",
}
_BASE = r"(?:\{\s*(?:\\([ij])(?![A-Za-z])\s*(?:\{\})?|([^\W\d_]))(\w*)\s*\}|%s)"
_SYMBOL_ACCENT = re.compile(r"""\\(["'`^~=.´¨])\s*""" + _BASE % r"\\([ij])(?![A-Za-z])(?:\{\}| )?|([^\W\d_])")
_LETTER_ACCENT = re.compile(
    r"\\([uvHcdbkrt])\s*" + _BASE % r"(?:(?<=\s)|\s)\\([ij])(?![A-Za-z])|(?<=\s)([^\W\d_])(?![^\W\d_]{2})"
)
_BRACED_ACCENT = re.compile(
    r"""\{(\\(?:["'`^~=.´¨]\s*(?:\\[ij]|[^\W\d_])|(?:ss|ae|AE|oe|OE|aa|AA|o|O|l|L|i|j|dh|th|dj|DJ|ng)\s*))\}"""
)
_SYMBOLS = {
    "ss": "ß",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
    "i": "ı",
    "j": "ȷ",
    "dh": "ð",
    "DH": "Ð",
    "th": "þ",
    "TH": "Þ",
    "dj": "đ",
    "DJ": "Đ",
    "ng": "ŋ",
    "S": "§",
    "P": "¶",
    "copyright": "©",
    "textcopyright": "©",
    "pounds": "£",
    "textsterling": "£",
    "texteuro": "€",
    "euro": "€",
    "textregistered": "®",
    "texttrademark": "™",
    "dots": "…",
    "ldots": "…",
    "textellipsis": "…",
    "textendash": "–",
    "textemdash": "—",
    "textquoteleft": "‘",
    "textquoteright": "’",
    "textquotedblleft": "“",
    "textquotedblright": "”",
    "textquotesingle": "'",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textunderscore": "_",
    "textbackslash": "\\",
    "textdegree": "°",
    "degree": "°",
    "textbullet": "•",
    "textmu": "µ",
    "micro": "µ",
    "LaTeX": "LaTeX",
    "TeX": "TeX",
    "BibTeX": "BibTeX",
    "times": "×",
    "sim": "∼",
    "approx": "≈",
    "leq": "≤",
    "le": "≤",
    "geq": "≥",
    "ge": "≥",
    "pm": "±",
    "infty": "∞",
    "to": "→",
    "rightarrow": "→",
    "cdot": "·",
    "ell": "ℓ",
    "deg": "°",
    "slash": "/",
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "delta": "δ",
    "epsilon": "ε",
    "varepsilon": "ε",
    "zeta": "ζ",
    "eta": "η",
    "theta": "θ",
    "kappa": "κ",
    "lambda": "λ",
    "mu": "μ",
    "nu": "ν",
    "xi": "ξ",
    "pi": "π",
    "rho": "ρ",
    "sigma": "σ",
    "tau": "τ",
    "phi": "φ",
    "varphi": "φ",
    "chi": "χ",
    "psi": "ψ",
    "omega": "ω",
    "Gamma": "Γ",
    "Delta": "Δ",
    "Theta": "Θ",
    "Lambda": "Λ",
    "Sigma": "Σ",
    "Phi": "Φ",
    "Psi": "Ψ",
    "Omega": "Ω",
}
_SYMBOL = re.compile(
    r"\\(" + "|".join(sorted(_SYMBOLS, key=len, reverse=True)) + r")(?![A-Za-z])(?:\{\}|\\ | (?=[a-z]))?"
)
_CITATION = re.compile(
    r"[~\s]?\\(?:[a-zA-Z]*cite[a-z]*|ref|eqref|autoref|label|footnote|thanks|index|vspace|hspace)\*?"
    r"(?:\[[^\[\]]{0,80}\]){0,2}\{[^{}]{0,500}\}"
)
_WRAPPER = re.compile(
    r"\\(?:emph|text[a-z]{0,8}|mbox|hbox|underline|uline|url|path|operatorname|mathrm|mathbf|mathit|mathcal|mathbb|ensuremath"
    r"|uppercase|lowercase|section|paragraph|subsection|enquote|nolinkurl|so|uppercase|centerline)\*?\s*\{([^{}]{0,5000})\}"
)
_HREF = re.compile(r"\\href\s*\{[^{}]{0,500}\}\s*\{([^{}]{0,2000})\}")
_SWITCHED = re.compile(
    r"\{\s*\\(?:em|it|bf|sc|tt|sf|rm|sl|bfseries|itshape|scshape|ttfamily|small|large)(?![A-Za-z])\s*([^{}]{0,5000})\}"
)
_SILENT = re.compile(
    r"\\(?:(?:em|it|bf|sc|tt|sf|rm|sl|par|newline|linebreak|noindent|item|smallskip|medskip|bigskip|quad|qquad|indent"
    r"|hfill|centering|xspace|protect|relax|clearpage|newpage|maketitle)(?![A-Za-z])(?:\{\})?"
    r"|(?:begin|end)\{(?:itemize|enumerate|quote|center|abstract|document|description)\}(?:\[[^\[\]]{0,40}\])?)\s*"
)
_SPACE = re.compile(r"\\\\(?:\[[^\[\]]{0,20}\])?|\\[ ,;:!]|(?<=[\w.,)\]])~(?=[\w\\(\[$])|~(?=\\)")
_ESCAPED = re.compile(r"\\([%&_#${}])")
_BRACED_WORDS = re.compile(r"\{([^\W\d_][\w .:/'’+-]{0,200})\}")
_QUOTES = re.compile(r"``(.{0,2000}?)''", re.S)
_EM_DASH = re.compile(r"(?<!-)---(?!-)")
_EN_DASH = re.compile(r"(?<=\w)--(?=\w)|(?<=\s)--(?=\s)")
_MAX_NESTING = 4  # \emph{\textbf{…}}: what people write; deeper stays as typed


def tex_to_text(text: str) -> str:
    """Plain Unicode for TeX outside of mathematics: `G{\\"o}del` gives "Gödel".

    Commands that it does not know stay as they are, so nothing that was meant literally is lost.
    """
    if not ("\\" in text or "{" in text or "~" in text or "``" in text or "--" in text):
        return text
    if "\\" in text:
        text = _commands(text)
    if "{" in text:
        text = _BRACED_WORDS.sub(r"\1", text)
    if "~" in text or "\\" in text:
        text = _SPACE.sub(" ", text)
    if "``" in text:
        text = _QUOTES.sub(r"“\1”", text)
    if "--" in text:
        text = _EN_DASH.sub("–", _EM_DASH.sub("—", text))
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def _commands(text: str) -> str:
    if "{\\" in text:
        text = _BRACED_ACCENT.sub(lambda match: _letters(match[1]).rstrip(), text)
    text = _LETTER_ACCENT.sub(_accented, _SYMBOL_ACCENT.sub(_accented, text))
    if "\\" not in text:
        return text
    text = _CITATION.sub("", text)
    for _ in range(_MAX_NESTING):
        before = text
        text = _WRAPPER.sub(r"\1", _HREF.sub(r"\1", _SWITCHED.sub(r"\1", text)))
        if text == before:
            break
    text = _SYMBOL.sub(lambda match: _SYMBOLS[match[1]], text)
    return _SILENT.sub("", _SPACE.sub(" ", text)).replace("\\-", "").replace("\\/", "")


def _letters(text: str) -> str:
    accented = _LETTER_ACCENT.sub(_accented, _SYMBOL_ACCENT.sub(_accented, text))
    return _SYMBOL.sub(lambda match: _SYMBOLS[match[1]], accented)


def _accented(match: re.Match[str]) -> str:
    accent, braced_dotless, braced, rest, dotless, bare = match.groups()
    base = braced_dotless or braced or dotless or bare
    base = {"ı": "i", "ȷ": "j"}.get(base, base)  # dotless letters do not compose
    return unicodedata.normalize("NFC", base + _COMBINING[accent]) + (rest or "")
