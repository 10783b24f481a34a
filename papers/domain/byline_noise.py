"""What stands in name fields and is no name: marks, degrees, addresses; and which names are of groups, or of nobody."""

import re
from typing import Literal
from unicodedata import normalize

from common.richtext.text import clean_line

_ADDRESS = re.compile(
    r"[<(\[{]?\s*(?:mailto:)?[\w.+%-]+\s?@\s?[\w-]+(?:\.[\w-]+)*\s*[>)\]}]?|https?://\S+|\borcid\S*|\b(?:\d{4}-){3}\d{3}[\dX]\b",
    re.I,
)
_MATH_MARK = re.compile(
    r"\$\s*\^?\s*\{?[\s\d,;*†‡§¶a-z\\{}]{0,30}\}?\s*\$|\\(?:thanks|footnote)\b\S*|\^\{?[\w,*]{1,8}\}?"
)
_MARKS = re.compile(
    r"[*†‡§¶#⋆∗✉⁰¹²³⁴⁵⁶⁷⁸⁹♯♭□■●]+|(?<=[^\W\d_]{2})\d{1,2}(?:,\d{1,2})*(?=$|[\s,*†‡§])|(?<=[^\W\d_]{2}) \d{1,2}(?:\s?,\s?\d{1,2})*$"
)
_DEGREE = (
    r"(?:Ph\.?\s?D\.?|M\.?D\.?|D\.?Sc\.?|M\.?Sc\.?|B\.?Sc\.?|M\.?P\.?H\.?|M\.?B\.?A\.?|M\.?A\.?|B\.?A\.?|D\.?Phil\.?|M\.?Phil\.?"
    r"|D\.?D\.?S\.?|D\.?V\.?M\.?|R\.?N\.?|Pharm\.?\s?D\.?|J\.?D\.?|Ed\.?\s?D\.?|Psy\.?\s?D\.?|M\.?S\.?|B\.?S\.?|MBBS|M\.?B\.?B\.?S\.?|FRCP"
    r"|FRCS|FACS|FACP|FACC|FRS|Dr\.?\s?(?:rer\.?\s?nat|med|phil|Ing)\.?|Dipl\.?(?:-Ing)?\.?|Esq\.?|(?:Senior |Student |Life )?Member,? IEEE|Fellow,? IEEE)"
)
_DEGREES_LAST = re.compile(rf"(?:\s*,\s*{_DEGREE})+\s*$")
_DEGREE_WORD = re.compile(
    r"\s+(?:Ph\.?\s?D\.?|M\.D\.?|MD|MSc|MPH|MBA|DDS|DVM|MBBS|PharmD|DPhil|FRCP|FACS|Esq\.?)(?=$|[\s,])"
)
_TWO_WORDS = re.compile(r"[^\W\d_]\S*\s+(?:\S+\s+)*[^\W\d_][^\W\d_]\S*")
_DEGREE_AT_END = re.compile(r"(?<=\w)\s+(?:Ph\.?\s?D\.?|M\.D\.|MD|M\.?Sc\.?|MPH|MBBS)$")
_ROLE_BEFORE = re.compile(r"\A\s*(?:(?:[Tt]ranslated|[Ee]dited|[Cc]ompiled|[Ii]llustrated) by|eds?\.)\s+(?=\S)")
_ROLE_AFTER = re.compile(r"(?<=\w)\s*,\s*(?:editors?|eds?\.?|translators?|compilers?|deceased)\s*$", re.I)
_LIFE = re.compile(r"[\s,]*[(\[]?\s*(?:b\.|born)?\s*1[0-9]{3}\??\s*[-–]\s*(?:(?:1[0-9]|20)[0-9]{2}\??)?\s*[)\]]?\s*$")
_LAST_BRACKET = re.compile(r"\s*[(\[]\s*([^()\[\]]*?)\s*[)\]]\s*$")
_ALL_IN_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]+)[)\]]\s*")
_ASIDE = re.compile(
    r"[\d\s,;*a-z]{0,8}|(?i:eds?\.?|editors?|trans\.?|translators?|deceased|retired)|[A-Z][A-Z&.\s-]{1,14}|[\w.+-]+@.*",
    re.S,
)
_MARKS_AT_END = re.compile(r"(?<=[^\W\d_]{2})\s+[a-df-hj-xz](?:\s?,\s?[a-z])*$")
_REMARK_AT_END = re.compile(
    r"\s+(?:(?i:(?:comments?:?\s*)?\d+\s*(?:pages|pp|figures))\b.*|(?<=[a-z] )(?:Pages|Figures|Comments|Keywords|Research|Dissertation)"
    r"|(?:Dipartimento|D[eé]partement|Departamento|Department|Dept\.?)\b.*)$",
    re.S,
)
_UMLAUT_AFTER = re.compile(r'(?<=[A-Za-z])([aouAOU])"(?=[a-z])')
_SLASHED_UMLAUT = re.compile(r"/(?:''|\")([aeiouAEIOU])")
_AND_AT_END = re.compile(r"[\s,;]+(?:and|und|&)\s*$", re.I)
_DOT_AFTER_WORD = re.compile(r"(?<=[a-zß-ÿ]{5})\.(?=\s|$)")
_DASH_APART = re.compile(r"(?<=[a-zß-ÿ]{3}) -(?=[^\W\d_]{2})")  # "Ann Test. -Probe"
_WIDE = {wide: wide - 0xFEE0 for wide in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}  # full-width Latin letters
_TITLE = re.compile(
    r"\A(?:(?:(?i:Dr|Prof|Mr|Mrs|Ms|Sir|Dame|Professor|Ing|Dott)|LCDR|CDR|LTCOL|LTC|CAPT|SGT)\b\.?\s+)+(?=\S)"
)
_LEADING = re.compile(
    r"\A(?:\s*(?:and|adn|anad|und|et|none|with|by|&|presented by|edited by|compiled by|written by|submitted by|(?:lecture )?notes by|(?:with an? )?appendix by|authors?:|the authors?:|(?:and |for and )?on behalf of(?: all)?|representing(?= the\b)|for(?= the\b))\s+|[\s,;:.\"|/–-]+)+(?=\S)",
    re.I,
)
_OTHERS = re.compile(
    r"[\s,;]*\b(?:and\s+)?(?:et\.?\s*al\b\.?|et\s+alii|and\s+others|(?-i:u\.\s?a\.$)|(?<=,)\s*others$).*$|[\s,;]*(?:\.\.\.|…).*$",
    re.I | re.S,
)
_OTHERS_ALONE = re.compile(
    r"(?:and\s+|&\s*)?(?:et\.?\s*al\.?.*|etal|others|and others|et alii|\.\.\.|…|(?-i:u\.\s?a\.))", re.I
)
_REPEATED = re.compile(r"(\S+\s.*\S)\s+\1", re.S)  # a whole name; "Ruiz Ruiz" is a family name
_UMLAUT = re.compile(r"(?<=\w)\"(?=[aeiouAEIOU])([aeiouAEIOU])|(?<![\w\s])\"([aeiouAEIOU])(?=[a-z]{2})")
_GRAVE = re.compile(r"(?<=[^\W\d_])`([aeiou])|(?<=[a-z])([aeiou])`(?=$|\s)")
_ACUTE = re.compile(r"'\s?\{?([cnszaeiou])\}$|'\{([cnszaeiou])\}|(?<=[a-z])'([cnsz])$")
_DASHES = re.compile(r"\s*[‐‑–—]+\s*(?=[^\W\d_])|\s*--+\s*|(?<=[^\W\d_]{2}) - (?=[^\W\d_]{2})")
_DOTLESS = re.compile("ı(?=[\u0300-\u036f])")  # "ı́", which TeX's \\'{\\i} becomes where only its accent is read
_ORDINAL = re.compile(r"\b(?:2nd|3rd|4th)\b")
_DIAERESIS = dict(zip("aeiouAEIOU", "äëïöüÄËÏÖÜ", strict=True))
_GRAVES = dict(zip("aeiou", "àèìòù", strict=True))
_ACUTES = dict(zip("cnszaeiou", "ćńśźáéíóú", strict=True))

_GROUP_WORD = re.compile(
    r"\b(?:collaborations?|consorti(?:um|a)|committee|commission|society|soci[eé]t[eé]|association|federation|foundation|"
    r"initiative|alliance|coalition|council|agency|ministry|ministère|administration|authority|organi[sz]ations?|corporation|"
    r"investigators|collaborators|participants|members of|working party|task force|universi\w*|institut\w*|istituto|ist\.|dipartimento|"
    r"d[eé]partement|departa?ment\w*|dept\.?|polit[eé]cnic[oa]|polytechni\w+|facult\w+|laborator\w+|hospital\w*|academy|"
    r"akademi\w*|acad[eé]mie|college of|school of|school|bureau|survey of|observatory|museum of|library of|bank of|nations|"
    r"ltd|llc|gmbh|corp|(?-i:International|Systems|Technologies|Industries)|world bank)\b|"
    r"\bde (?:physique|chimie|recherche|f[ií]sica|qu[ií]mica)\b|,\s?inc\b|\binc\.|[^\W\d_]['’]s college\b|-collaboration\b|\bmax-planck\b",
    re.I,
)
_GROUP_LAST = re.compile(
    r"[^\W\d_][\w'’/-]+\s(?:\S+\s)*(?:group|team|network|staff|project|center|centre|company|forum|program(?:me)?|study|trial|college|"
    r"associates|partners|co|press|library|museum|herbarium|collection|laboratory|lab|labs|partnership|community|club|unit|division|research)\.?",
    re.I,
)
_GIVEN_BEFORE = re.compile(r"(?:[A-Z]\.\s?)+\s*\S+$|[A-Z][a-z]+ (?:[A-Z]\.\s?)+\S+$")
_ARTICLE = re.compile(r"the\s+\S+.*", re.I | re.S)
VIETNAMESE_FAMILIES = frozenset(
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly han dinh truong luong mai trinh doan lam to".split()
)
_NOBODY = re.compile(
    r"(?:\d+\s*)?(?:pages?|figures?|figs?|tables?|pp|references?|refs?)\b.*|.*\b\d+\s*(?:pages|figures|figs|pp|tables)\b.*|(?:la)?tex\w*|rev-?tex|"
    r"comments?|keywords?|eds?\.?|editors?|author(?:s|\(s\))?|(?:(?:student|senior|life) )?(?:member|fellow),?(?: ieee| acm)?|unknown|anonymous|n/?a|none|no authors?(?: listed)?|"
    r"anon\.?|an[oó]nimo|anonyme|(?:no|unknown|several|various|multiple) authors?(?: given| named| listed)?|authors? unknown|null|nan|"
    r"undefined|staff(?: writers?)?|editorial(?: board| team| staff| office)?|jr\.?|sr\.?|ph\.?\s?d\.?|m\.d\.|collectif|"
    r"autorenkollektiv|deleted author|name withheld|corresponding author|deceased|"
    r"not available|available (?:up)?on request|(?:conference |workshop )?proceedings|uuencoded.*|compressed .*|.*\b(?:thesis|dissertation)|"
    r"preprint|submitted.*|to appear.*|accepted.*|received.*|p\.?\s?o\.? box.*|various",
    re.I,
)
_NO_NAME = re.compile(r"(?i:none|n/a|null|unknown|anonymous|undefined|no authors?\b.*)|NA|na")  # "Na" is a name
_COUNTRIES = frozenset(
    "usa u.s.a u.s.a. uk u.k. us u.s. england scotland wales germany france italy spain portugal russia ussr japan china taiwan korea india iran iraq "
    "canada brazil brasil argentina mexico poland austria switzerland netherlands belgium denmark sweden norway finland greece turkey "
    "ukraine hungary romania bulgaria australia egypt pakistan singapore malaysia thailand vietnam indonesia ireland slovenia slovakia "
    "croatia serbia estonia latvia lithuania algeria tunisia morocco nigeria cuba colombia venezuela deutschland italia".split()
) | {
    "south korea",
    "republic of korea",
    "united states",
    "united kingdom",
    "hong kong",
    "czech republic",
    "new zealand",
    "south africa",
    "the netherlands",
    "saudi arabia",
    "united states of america",
    "great britain",
    "f.r. germany",
    "f. r. germany",
    "p.r. china",
    "p. r. china",
    "north korea",
}
# Where people are, alone in a name field. None of them is somebody's only name.
_PLACES = frozenset(
    "london torino firenze moscow moskva zagreb roma padova trieste dubna geneva geneve genève tokyo kyoto osaka beijing warsaw "
    "budapest grenoble saclay orsay berkeley princeton fermilab slac cern desy ucla lanl lsu mit caltech symantec".split()
)
# Short capitals are initials too ("CNR Rao") or a family name ("HU Wei"): before a town alone they are where somebody works.
_TOWN = (
    r"(?:Aachen|Bergakademie|Berkeley|Berlin|Bethesda|Braunschweig|Bratislava|Chemnitz|Clausthal|Cottbus|Darmstadt|Davis|Delft|"
    r"Dortmund|Dresden|Eindhoven|Freiberg|Garching|Graz|Grenoble|Hamburg|Harburg|Ilmenau|Irvine|J(?:ü|ue)lich|Kaiserslautern|"
    r"Liberec|L[oó]d[zź]|Los Angeles|M(?:ü|ue)nchen|Merced|Munich|Orsay|Ostrava|Paris|Prague|Praha|Riverside|Roma|Rome|Saclay|"
    r"San Diego|San Francisco|Santa Barbara|Santa Cruz|Sofia|Twente|Vienna|Wien|Z(?:ü|ue|u)rich)"
)
_CAMPUS = re.compile(
    rf"(?:FU|HU|TU|UC|ETH|LMU)[ -]{_TOWN}\b.*|(?:(?:INALCO|Inalco|Uni\.?)[ -]|U\. ?[CT]\. )[A-Z][\w.]*(?: .*)?|"
    r"Orsay [A-Z]{3,}|U (?:de|of) [A-Z].*"
)
_EMPLOYER = (
    r"(?:CERN|CNRS|CSIC|DESY|SLAC|INFN|INRIA|ETHZ|EPFL|NASA|NIST|HLRZ|SUNY|CUNY|UCLA|UCS[BD]|LANL|LBNL|LLNL|"
    r"FNAL|ORNL|ITEP|JINR|ICTP|SISSA|RIKEN|TIFR|SINS|IEEE)"
)
_SHORT_EMPLOYER = r"(?:CNR|CEA|ETH|ESO|NIH|PTB|LBL|IPN)"
_EMPLOYER_LAST = re.compile(
    rf"(?<=\w)(?:[\s,]+{_EMPLOYER}|\s*,\s*{_SHORT_EMPLOYER})$"
)  # behind a name, where somebody works
_EMPLOYER_FIRST = re.compile(
    rf"{_EMPLOYER} (?:at )?[A-Z].*|{_SHORT_EMPLOYER},? (?:at )?{_TOWN}\b.*|{_SHORT_EMPLOYER} at [A-Z].*"
)
_LOWER_ALONE = re.compile(r"[a-z][a-z.-]*|[^\W\d_]\.?|[A-Za-z]+\.(?:com|net|org)")
_CODE = re.compile(r"[A-Z]{2}/[A-Z]{2}")
_INITIALED_COLLEGE = re.compile(
    r"(?:[A-Z]\.\s?){1,3}(?:College|Institute|Observatory|Laboratory)|(?:[A-Z]\.\s?){2,3}Lab"
)
_SENTENCE = re.compile(r"\b(?:is|are|was|were|has been|have been|this|which|that)\b")
_MANY_INITIALS = re.compile(r"(?:-?[A-Z][a-z]?\.[ -]*){6,}\S+")
_ORDINARY = re.compile(r"(?:[A-Z][a-z]+|[A-Z]\.)(?:[ -](?:[A-Z][a-z]+|[A-Z]\.?)){0,3} [A-Z][a-z]+(?:-[A-Z][a-z]+)?")
_INITIALS_AGAIN = re.compile(r"[A-Z]\. ?[A-Z][a-zA-Z-]+ (?:[A-Z][a-z]+ )?[A-Z]\.")  # perhaps two people run together
_SUSPECT = frozenset(
    "the and by et with presented edited group team network staff project center centre company forum program programme study trial "
    "college associates partners co press library museum herbarium collection laboratory lab labs partnership community club society "
    "association federation foundation initiative alliance coalition council agency ministry administration authority organization "
    "organizations organisation organisations corporation investigators participants hospital academy school bureau observatory inc "
    "ltd llc gmbh corp international systems technologies industries bank cnrs infn cern none thesis dissertation proceedings available ieee uc lcdr cdr ltcol ltc capt sgt committee commission consortium consortia collaboration collaborations korea states kingdom kong republic "
    "zealand africa arabia britain dr prof mr mrs ms sir dame professor ing dott jr sr jnr snr comments keywords pages figures latex "
    "research unit division deleted author berkeley editors editorial staff anonymous withheld given collaborators members max-planck phd md task working adn anad".split()
)
_SUSPECT_START = (
    "univers",
    "institut",
    "istitut",
    "dip",
    "dep",
    "facult",
    "laborator",
    "polit",
    "polyt",
    "akadem",
    "academ",
)
_DIGIT = re.compile(r"\d")
_COINED = re.compile(r"[A-Z][a-z]+[A-Z]{2,}\d?")  # OpenAI
_CAPITALS = re.compile(r"[A-Z][A-Z/&.-]{2,}")
_MOST_WORDS = 6  # capitalised words, initials not counted: so many are people without anything between them
_PARTICLES = frozenset("de da do dos das di del della van von der den la le y e el al bin ibn ten ter abd".split())

type NameKind = Literal["person", "group", "other"]


def is_ordinary_name(text: str) -> bool:
    """Whether the text is plainly one person's name in printing order: what two names of three are, found quickly."""
    if _ORDINARY.fullmatch(text) is None or _INITIALS_AGAIN.search(text):
        return False
    words = text.lower().split()
    return _SUSPECT.isdisjoint(words) and not any(word.startswith(_SUSPECT_START) for word in words)


def without_noise(raw: str) -> str:
    """The name alone: no footnote marks, degrees, titles, addresses, "et al." or "and"; "" where nothing is left."""
    text = raw if raw.isascii() else normalize("NFC", _DOTLESS.sub("i", raw)).translate(_WIDE)
    if "@" in text or "://" in text or "000-" in text or "orcid" in text.lower():
        text = _ADDRESS.sub(" ", text)
    if " - " in text or not text.isascii() or not text.replace(" ", "").replace(".", "").replace("-", "").isalpha():
        text = _without_marks(text)
    twice = _REPEATED.fullmatch(text.strip()) if " " in text else None
    text = _without_asides(twice[1] if twice else text)
    text = _LEADING.sub("", _OTHERS.sub("", text), count=1) if not _OTHERS_ALONE.fullmatch(text.strip()) else ""
    text = _AND_AT_END.sub("", _ROLE_AFTER.sub("", _ROLE_BEFORE.sub("", text)))
    text = _DEGREES_LAST.sub("", _TITLE.sub("", text, count=1))
    shorter = _DEGREE_WORD.sub("", text)
    if shorter != text and _TWO_WORDS.match(shorter):
        text = shorter
    text = _balanced(clean_line(text).strip(" ,;:|/–-"))
    text = _MARKS_AT_END.sub("", text) if text[-2:-1] in " ," else text
    text = text if "." not in text or _GROUP_WORD.search(text) else _DASH_APART.sub("-", _DOT_AFTER_WORD.sub("", text))
    return text if any(letter.isalpha() for letter in text) else ""


def without_degree(family: str) -> str:
    """A family name without the degree that a source put behind it."""
    return _DEGREE_AT_END.sub("", family)


def _without_asides(text: str) -> str:
    """Without years of life and remarks, and without what stands in brackets behind a person's name and is no part of it."""
    text = _LIFE.sub("", text)
    employer = _EMPLOYER_LAST.search(text)
    if employer is not None and is_ordinary_name(text[: employer.start()].title()):
        text = text[: employer.start()]
    remark = _REMARK_AT_END.search(text)
    if (
        remark is not None
        and _TWO_WORDS.match(text[: remark.start()])
        and not _GROUP_WORD.search(text[: remark.start()])
    ):
        text = text[: remark.start()]
    whole = _ALL_IN_BRACKETS.fullmatch(text)
    if whole is not None:
        return whole[1]
    aside = _LAST_BRACKET.search(text)
    if aside is None or not _TWO_WORDS.match(text[: aside.start()]):
        return text
    is_none_of_it = _ASIDE.fullmatch(aside[1]) or _GROUP_WORD.search(aside[1])
    return text[: aside.start()] if is_none_of_it and not _GROUP_WORD.search(text[: aside.start()]) else text


def _without_marks(text: str) -> str:
    text = _MATH_MARK.sub("", text.replace("~", " "))
    if "/" in text or "|" in text or ">" in text or "\\" in text:
        text = _SLASHED_UMLAUT.sub(lambda m: _DIAERESIS[m[1]], text)
        text = text.replace(">", "").replace("\\", "").replace("|", "" if " |" not in text else " ")
    if not _GROUP_WORD.search(text) and not _ORDINAL.search(text):
        text = _DASHES.sub("-", _MARKS.sub("", text))
    if '"' in text or "`" in text or "'" in text:
        text = _UMLAUT.sub(lambda m: _DIAERESIS[m[1] or m[2]], text)
        text = _GRAVE.sub(lambda m: _GRAVES[m[1] or m[2]], text)
        text = _ACUTE.sub(lambda m: _ACUTES[m[1] or m[2] or m[3]], text)
    if "{" in text or "}" in text:
        text = text.replace("{", "").replace("}", "")
    return text


def _balanced(text: str) -> str:
    """The text without a bracket that has lost its other half."""
    if text.count('"') % 2:
        text = _UMLAUT_AFTER.sub(lambda m: _DIAERESIS[m[1]], text)
        text = text.replace('"', " ").strip()
    for opening, closing in ("()", "[]"):
        if text.count(opening) != text.count(closing):
            text = text.replace(opening, " ").replace(closing, " ").strip()
    return text


def is_rest_of_byline(text: str) -> bool:
    """Whether the text says that more authors follow who are not named: "et al.", "and others"."""
    stripped = text.strip(" ,;")
    return bool(_OTHERS_ALONE.fullmatch(stripped) or _OTHERS.search(stripped))


def names_nobody(text: str) -> bool:
    """Whether a given name says that there is none: "N/A", "None", "Anonymous". "Ed" and "Nan" are names."""
    return _NO_NAME.fullmatch(text) is not None


def kind_of_name(text: str) -> NameKind:
    """Whether a name is a person's, a group's (an institution counts as one) or nobody's ("9 pages", a country)."""
    lowered = text.lower()
    if _NOBODY.fullmatch(text) or lowered.strip(" .") in _COUNTRIES or lowered in _PLACES:
        return "other"
    if _CAMPUS.fullmatch(text):
        return "other"
    if text.isascii() and (
        _LOWER_ALONE.fullmatch(text) or _EMPLOYER_FIRST.fullmatch(text) or is_sentence(text) or _CODE.search(text)
    ):
        return "other"
    if _is_group(text, lowered):
        return "other" if _is_address(text) else "group"
    if text.isascii() and _CAPITALS.fullmatch(text) and not _GIVEN_BEFORE.match(text):
        return "other"
    if _DIGIT.search(_ORDINAL.sub("", text)) or _is_run_of_people(text):
        return "other"
    return "person"


def is_country_or_number(text: str) -> bool:
    """Whether the text ends an address: a country, or a post code."""
    return text.lower().strip(" .") in _COUNTRIES or _DIGIT.search(text) is not None


def is_sentence(text: str) -> bool:
    """Whether the text says something, and names nobody: "The discussion is now improved"."""
    return _SENTENCE.search(text) is not None


def _is_group(text: str, lowered: str) -> bool:
    if _GROUP_WORD.search(text) or _COINED.fullmatch(text) or _INITIALED_COLLEGE.fullmatch(text):
        return True
    if lowered.startswith("the ") and _ARTICLE.fullmatch(text):
        last = lowered.rpartition(" ")[2]
        return text[0] == "t" or last not in VIETNAMESE_FAMILIES
    return bool(_GROUP_LAST.fullmatch(text)) and not _GIVEN_BEFORE.match(text) and _says_group(lowered)


def _says_group(lowered: str) -> bool:
    """ "William Press" is a person; "Cambridge University Press" is not: words that are family names too need company."""
    words = lowered.rstrip(".").split()
    if words[-1] in {
        "press",
        "co",
        "lab",
        "library",
        "museum",
        "company",
        "collection",
        "center",
        "study",
        "trial",
        "college",
        "club",
        "partners",
    }:
        return len(words) > 2 or words[-1] in {"library", "museum", "herbarium", "collection", "center"}
    return True


def _is_address(text: str) -> bool:
    return text.count(",") > 1 and bool(_DIGIT.search(text))


def _is_run_of_people(text: str) -> bool:
    if text.count(" ") < _MOST_WORDS - 1:
        return False
    if _MANY_INITIALS.fullmatch(text):
        return True
    words = [word for word in text.split() if len(word.rstrip(".")) > 1 and word[:1].isupper()]
    has_particle = any(word.lower() in _PARTICLES for word in text.split())
    return len(words) >= _MOST_WORDS and (len(words) > _MOST_WORDS + 2 or not has_particle)
