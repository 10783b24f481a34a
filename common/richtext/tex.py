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
_LETTER_ACCENT = re.compile(r"\\([uvHcdbkrt])\s*" + _BASE % r"(?:(?<=\s)|\s)\\([ij])(?![A-Za-z])|(?<=\s)([^\W\d_])")
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
_TEXT_SYMBOLS = {
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
    "textquotedbl": '"',
    "textnumero": "№",
    "textonehalf": "½",
    "textonequarter": "¼",
    "textthreequarters": "¾",
    "textperthousand": "‰",
    "texttimes": "×",
    "textdiv": "÷",
    "textpm": "±",
    "textminus": "−",
    "textsection": "§",
    "textparagraph": "¶",
    "textdagger": "†",
    "textdaggerdbl": "‡",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasteriskcentered": "*",
    "textdollar": "$",
    "textcent": "¢",
    "textyen": "¥",
    "textohm": "Ω",
    "textcelsius": "°C",
    "guillemotleft": "«",
    "guillemotright": "»",
    "quotedblbase": "„",
    "quotesinglbase": "‚",
    "textohgreek": "ω",
    "textexclamdown": "¡",
    "textquestiondown": "¿",
    "textordfeminine": "ª",
    "textordmasculine": "º",
    "textperiodcentered": "·",
    "textonesuperior": "¹",
    "texttwosuperior": "²",
    "textthreesuperior": "³",
    "textrightarrow": "→",
    "textleftarrow": "←",
    "textbigcircle": "○",
    "textalpha": "α",
    "textbeta": "β",
    "textgamma": "γ",
    "textdelta": "δ",
    "textnormal": "",
    "textit": "",
    "SS": "SS",
    "aacute": "á",
    "prime": "′",
    "dag": "†",
    "ddag": "‡",
    "ast": "*",
    "star": "⋆",
    "circ": "°",
    "neq": "≠",
    "ne": "≠",
    "ll": "≪",
    "gg": "≫",
    "propto": "∝",
    "partial": "∂",
    "nabla": "∇",
    "sum": "∑",
    "int": "∫",
    "sqrt": "√",
    "forall": "∀",
    "exists": "∃",
    "in": "∈",
    "subset": "⊂",
    "cup": "∪",
    "cap": "∩",
    "leftarrow": "←",
    "Rightarrow": "⇒",
    "leftrightarrow": "↔",
    "mapsto": "↦",
    "langle": "⟨",
    "rangle": "⟩",
    "hbar": "ℏ",
    "Re": "ℜ",
    "Im": "ℑ",
    "emptyset": "∅",
    "bullet": "•",
    "mid": "|",
    "iota": "ι",
    "upsilon": "υ",
    "Xi": "Ξ",
    "Pi": "Π",
    "Upsilon": "Υ",
    "vartheta": "ϑ",
    "varrho": "ϱ",
    "varsigma": "ς",
    "aleph": "ℵ",
    "Angstrom": "Å",
    "angstrom": "Å",
    "textregister": "®",
    "lbrace": "{",
    "rbrace": "}",
    "degreeCelsius": "°C",
    "percent": "%",
}
_SYMBOLS |= {name: symbol for name, symbol in _TEXT_SYMBOLS.items() if symbol}
_SYMBOL = re.compile(r"\\(?!(?:O|S|P|L)\()([A-Za-z]+)(?:\{\}|\\ | (?=[a-z]))?")
_BRACED_SYMBOL = re.compile(r"\{\\([A-Za-z]{2,})(?:\{\})?\}")
_BRACED = r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}"
_TEXORPDF = re.compile(r"\\texorpdfstring\s*" + _BRACED + r"\s*" + _BRACED)
_SCRIPT = re.compile(r"\\text(sub|super)script\s*" + _BRACED)
_OPERATORS = re.compile(r"\\([A-Z][A-Za-z]{0,4}|[a-z]{2,6}(?=\())(?![A-Za-z{])")
_UNKNOWN_WITH_ARGUMENT = re.compile(r"\\[A-Za-z@]+\*?\s*(?:\[[^\[\]]{0,80}\]\s*)?\{([^{}]{0,5000})\}")
_UNKNOWN = re.compile(r"\\[A-Za-z@]+\*?(?:\{\}|\s+(?=[a-z]))?")
_CITATION = re.compile(
    r"[~\s]?\\(?:[a-zA-Z]*cite[a-z]*|noopsort|SortNoop|nosort|phantom|ref|eqref|autoref|label|footnote|thanks|index|vspace|hspace)\*?"
    r"(?:\[[^\[\]]{0,80}\]){0,2}\{[^{}]{0,500}\}"
)
_WRAPPER = re.compile(
    r"\\(?:emph|text[a-z]{0,8}|mbox|hbox|underline|uline|url|path|operatorname|mathrm|mathbf|mathit|mathcal|mathbb|ensuremath"
    r"|uppercase|lowercase|section|paragraph|subsection|enquote|nolinkurl|so|uppercase|centerline)\*?\s*\{([^{}]{0,5000})\}"
)
_BEFORE_COMMAND = re.compile(r"(\\[A-Za-z]+)(?=\\[A-Za-z])")  # what stands in its braces is not to be joined to it
_HREF = re.compile(
    r"\\(?:href|textcolor|colorbox|foreignlanguage|fontsize|raisebox)\s*\{[^{}]{0,500}\}\s*\{([^{}]{0,2000})\}"
)
_SWITCHED = re.compile(
    r"\{\s*\\(?:em|it|bf|sc|tt|sf|rm|sl|cal|frak|boldmath|bfseries|itshape|scshape|ttfamily|small|large)(?![A-Za-z])\s*([^{}]{0,5000})\}"
)
_SILENT = re.compile(
    r"\\(?:(?:em|it|bf|sc|tt|sf|rm|sl|par|newline|linebreak|cal|noindent|item|smallskip|medskip|bigskip|quad|qquad|indent"
    r"|hfill|centering|xspace|protect|relax|clearpage|newpage|maketitle)(?![A-Za-z])(?:\{\})?"
    r"|(?:begin|end)\{(?:itemize|enumerate|quote|center|abstract|document|description)\}(?:\[[^\[\]]{0,40}\])?)\s*"
)
_SPACE = re.compile(r"\\\\(?:\[[^\[\]]{0,20}\])?|\\[ ,;:!]|(?<=[\w.,)\]])~(?=[\w\\(\[$])|~(?=\\)")
_ESCAPED = re.compile(r"\\([%&_#${}])")
_BRACED_WORDS = re.compile(r"\{([^\W\d_][\w .:/'’+-]{0,200})\}")
_QUOTES = re.compile(r"``(.{0,2000}?)''", re.S)
_EM_DASH = re.compile(r"(?<!-)---(?!-)")
_EN_DASH = re.compile(r"(?<=\w)--(?=\w)|(?<=\s)--(?=\s)")
_LONE_BRACE = re.compile(r"\\?[{}]")
_SLIP_OF_ACCENT = re.compile(r"\\\^(?![\w{\\^ ])")  # "s\^∝"
_SLIP_OF_DOT = re.compile(r"\\\.(?![A-Za-z{\\ ])|\\\.(?= (?:[^\W\d_]{2}|[^\w]))")  # "etc\.," and "\..."
_MAX_NESTING = 4  # \emph{\textbf{…}}: what people write; deeper stays as typed


# What stands for a sign itself is no command and no bracket to those who read on: it is put in at the end.
_LITERALS = {"textbackslash": "\x01", "textbraceleft": "\x02", "textbraceright": "\x03"}
_LITERAL = re.compile(
    r"\{\\(textbackslash|textbraceleft|textbraceright)\}|\\(textbackslash|textbraceleft|textbraceright)\{\}"
)
_SIGNS = {ord(stand_in): _SYMBOLS[name] for name, stand_in in _LITERALS.items()}


def tex_to_text(text: str) -> str:
    """Plain Unicode for TeX outside of mathematics: `G{\\"o}del` gives "Gödel".

    Of a command that it does not know the argument is kept and the command dropped; the name of an operator stays.
    """
    return with_literals(tex_without_literals(text))


def with_literals(text: str) -> str:
    """The text with the signs that `tex_without_literals` kept back."""
    return text.translate(_SIGNS) if "\x01" in text or "\x02" in text or "\x03" in text else text


def tex_without_literals(text: str) -> str:
    """As `tex_to_text`, but what stands for a backslash or a brace itself is kept back, so that nobody reads it as one."""
    if not ("\\" in text or "{" in text or "}" in text or "~" in text or "``" in text or "--" in text):
        return text
    if "\\textb" in text:
        text = _LITERAL.sub(lambda match: _LITERALS[match[1] or match[2]], text)
    if "\\" in text:
        text = _commands(_without_slips(text))
    if "{" in text:
        for _ in range(_MAX_NESTING):  # braces around what braces stood in, as long as there are any
            text, opened = _BRACED_WORDS.subn(r"\1", text)
            if not opened:
                break
    if "~" in text or "\\" in text:
        text = _SPACE.sub(" ", text)
    if "``" in text:
        text = _QUOTES.sub(r"“\1”", text)
    if "--" in text:
        text = _EN_DASH.sub("–", _EM_DASH.sub("—", text))
    if ("{" in text or "}" in text) and not _is_nested(text):
        text = _LONE_BRACE.sub("", text)  # one that has lost its other half
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text


def _without_slips(text: str) -> str:
    """What people type for something near it: an acute twice for a diaeresis, and accents on what bears none."""
    text = text.replace("\\''", '\\"').replace("i\\.e\\.", "i.e.")
    return _SLIP_OF_ACCENT.sub("^", _SLIP_OF_DOT.sub(".", text))


def _is_nested(text: str) -> bool:
    """Whether every brace has its other half behind or before it."""
    depth = 0
    for letter in text:
        depth += (letter == "{") - (letter == "}")
        if depth < 0:
            return False
    return depth == 0


def without_tex_wrappers(text: str) -> str:
    """The text with what TeX says in two ways said in one, and with its sub- and superscripts as `<sub>` and `<sup>`."""
    if "\\texorpdfstring" in text:
        text = _TEXORPDF.sub(r"\1", text)
    if "\\textsu" in text:
        text = _SCRIPT.sub(lambda match: f"<{match[1][:3]}>{match[2]}</{match[1][:3]}>", text)
    return text


def _commands(text: str) -> str:
    if "{\\" in text:
        text = _BRACED_ACCENT.sub(lambda match: _letters(match[1]).rstrip(), text)
        text = _BRACED_SYMBOL.sub(lambda match: _SYMBOLS.get(match[1], match[0]), text)
    text = _LETTER_ACCENT.sub(_accented, _SYMBOL_ACCENT.sub(_accented, text))
    if "\\" not in text:
        return text
    text = _SYMBOL.sub(_symbol, _SCRIPT.sub(r"\2", _CITATION.sub("", text)))
    text = _BEFORE_COMMAND.sub(r"\1 ", text)
    for _ in range(_MAX_NESTING):
        before = text
        text = _WRAPPER.sub(r"\1", _HREF.sub(r"\1", _SWITCHED.sub(r"\1", text)))
        if text == before:
            break
    text = _SILENT.sub("", _SPACE.sub(" ", text)).replace("\\-", "").replace("\\/", "")
    return _without_unknown(text) if "\\" in text else text


def _symbol(match: re.Match[str]) -> str:
    symbol = _SYMBOLS.get(match[1])
    if symbol is None:
        return match[0]
    return f"{symbol} " if match[0].endswith("\\ ") else symbol


def _without_unknown(text: str) -> str:
    """Of commands that nothing here knows, the arguments."""
    for _ in range(_MAX_NESTING):
        before = text
        text = _UNKNOWN_WITH_ARGUMENT.sub(r"\1", text)
        if text == before:
            break
    return _UNKNOWN.sub("", _OPERATORS.sub(r"\1", text))


def _letters(text: str) -> str:
    accented = _LETTER_ACCENT.sub(_accented, _SYMBOL_ACCENT.sub(_accented, text))
    return _SYMBOL.sub(_symbol, accented)


def _accented(match: re.Match[str]) -> str:
    accent, braced_dotless, braced, rest, dotless, bare = match.groups()
    base = braced_dotless or braced or dotless or bare
    base = {"ı": "i", "ȷ": "j"}.get(base, base)  # dotless letters do not compose
    letter = unicodedata.normalize("NFC", base + _COMBINING[accent])
    if len(letter) > 1 and bare and accent.isalpha():
        return match[0]  # "\\b word" is no accent
    return letter + (rest or "")
