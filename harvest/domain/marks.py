"""Marks by which titles, comments and abstracts say that a work was retracted or withdrawn, or is such a notice."""

import re

from harvest.domain.record import SourcedNotice

_MARK = r"(retracted|withdrawn|withdrawal|(?:temporary )?removal|removed|(?:editorial )?expressions? of concern)"
_THING = r"(?: (?:article|paper|chapter|preprint|manuscript|publication|letter|review|note))?"
_BEFORE = re.compile(rf"\W{{0,3}}{_MARK}{_THING}\s*(?:[:\]】)]|[-–—]\s)\s*", re.I)
_BEFORE_BY_IEEE = re.compile(  # which heads the retracted paper itself with these words
    r"\W{0,3}(notice of retraction|notice of violation of ieee publication principles)\b[\s:.<brBR/>–—-]*", re.I
)
_BY_ITS_AUTHORS = re.compile(r"\W{0,3}paper (?:has been )?(retracted|withdrawn)\b[^*\])]{0,160}[*\])]+\s*", re.I)
_BRACKETED_BEFORE = re.compile(rf"\s*[\[(【]\s*{_MARK}{_THING}\s*[\])】]\s*[:–—-]?\s*", re.I)
_AFTER = re.compile(rf"\s*(?:[\[(【]\s*{_MARK}\b[^\])】]{{0,300}}[\])】]\.?|[–—-]\s+{_MARK}{_THING})\s*", re.I)
_NOTICE = re.compile(
    r"\W{0,3}(?:(?:publisher|author|authors|editorial|editor)['’s]* )?"
    r"(retraction|withdrawal|removal|corrections?|corrigend(?:um|a)|errat(?:um|a)|addendum|(?:publisher|author|editor)['’]?s?['’]? note|expressions? of concern)"
    r"(?: (?:notice|note|notes|statement|letter))?(?:\s*[:–—-]\s*|\s+(?:to|of|for|on|in|regarding)\b:?\s*)(.{8,})",
    re.I,
)
_NOTICE_AFTER = re.compile(  # "Properties of clocks: Erratum"
    r"(.{12,}?)\s*[:–—-]+\s*(erratum|errata|corrigendum|corrigenda|addendum)(?:\s+and\s+\w+)?\.?", re.I
)
_QUOTED = re.compile(r"\s*[\"“”„«‘'`]+(.{8,}?)[\"“”»’'`]+\s*(?:[\[(].{0,200}[\])])?\.?\s*")

_PLACE_OF_WORK = re.compile(r"\s*[\[(][^\[\]()]*(?:\([0-9]{4}\)|[0-9]{4})[^\[\]]*[\])]\.?\s*$")  # "[J. 12 (2020) 1–5]"

_SUBJECT = r"(?:paper|article|preprint|manuscript|submission|work|version|letter|comment|draft|e-?print|note|report)"
_WITHDRAWN = re.compile(
    rf"(?:\b(?:this|the|our)?\s*(?:present |whole |entire )?{_SUBJECT}\b(?! from)[^.;,(]{{0,60}}?\s*"
    r"\b(?:has|have|had|was|were|is|are|being)?\s*(?:been )?(?:temporarily |now |currently |hereby |thus )?withdrawn\b"
    r"|^\W*(?:temporarily |now )?withdrawn\b)(?!\s+(?:from|money|funds|version))",
    re.I,
)
# What authors write themselves: that they want it withdrawn, or a misspelt participle.
_TO_BE_WITHDRAWN = re.compile(
    rf"\b(?:deci[ds]\w*|cho+se|wants?|wish(?:es)?|willing|like|ask|request\w*|have|has|agree\w*)\b[^.;]{{0,60}}?\bto\s+"
    rf"(?:temporarily\s+)?(?:withdraw|retract)(?:\s+(?:from\s+)?(?:this|the|my|our)\s+(?:\w+\s+)?{_SUBJECT}\b(?!\s+from\s+(?!(?:the\s+)?ar[cx]))|\s+it\b|\s*\.?$)"
    rf"|\brequest\w*\s+(?:a\s+)?withdrawal\b|^\W*withdraw(?:al|ing|n)?(?=\s+(?:due|because|for|by|test)\b|\s*[.,]?$)"
    rf"|\b{_SUBJECT}\s+(?:has been|have been|is|was)\s+withdraw(?:an)?\s+(?:by|as|due|because)\b|\bwithdrawn due to an? error\b"
    r"|\bit (?:has been|is|was) withdrawn from (?:the )?ar(?:chive|xiv)",
    re.I,
)
_ANOTHER = re.compile(
    rf"\b(?:earlier|previous|first|original|old|older|other|another|companion|replaces?|supersedes?|replacing|replacement"
    rf"|v[0-9]+)\b[^.;]*withdrawn|withdrawn\s+{_SUBJECT}",
    re.I,
)
_RETRACTED = re.compile(rf"^\W*(?:this {_SUBJECT} (?:has been|was|is) )?retracted\b", re.I)
_SENTENCES = re.compile(r"(?<=[.;!])\s+")
_KINDS = {
    "retracted": "retraction",
    "retraction": "retraction",
    "withdrawn": "withdrawal",
    "withdrawal": "withdrawal",
    "removal": "withdrawal",
    "removed": "withdrawal",
}
_HINTS = ("retract|violation|s note|s' note|s’ note|withdr|remov|concern|correct|corrig|errat|addend").split("|")
_NOTES = {"withdrawn": "withdrawal", "expression of concern": "concern"}  # as reference managers and we write it
_SHORT_ABSTRACT = 1_000  # one that says that the paper was withdrawn says little else


def _kind(word: str) -> str:
    word = word.lower().removeprefix("temporary ")
    if word in _KINDS:
        return _KINDS[word]
    return "concern" if "concern" in word else "correction"


def _may_bear_mark(title: str) -> bool:
    """Whether any word of a mark stands in the title at all, which few titles need more than a glance for."""
    lowered = title.lower()
    return any(hint in lowered for hint in _HINTS)


def title_mark(title: str) -> tuple[str, str]:
    """The kind of notice that a title bears about its own work ("" for none), and the title without the mark."""
    if not _may_bear_mark(title):
        return "", title
    for pattern in (_BRACKETED_BEFORE, _BEFORE):
        match = pattern.match(title)
        if match is not None and len(title) > match.end() and not _is_notice_word(match[1], match[0]):
            return _kind(match[1]), title[match.end() :]
    match = _BY_ITS_AUTHORS.match(title)
    if match is not None and len(title) > match.end():
        return _kind(match[1]), title[match.end() :]
    match = _BEFORE_BY_IEEE.match(title)
    if match is not None and len(title) > match.end():
        return "retraction" if "retraction" in match[1].lower() else "concern", title[match.end() :]
    for match in _AFTER.finditer(title):
        if match.end() == len(title) and match.start() > 0:
            return _kind(match[1] or match[2]), title[: match.start()]
    return "", title


def _is_notice_word(word: str, mark: str) -> bool:
    """ "Expression of concern: …" and "Withdrawal: …" head the notice; in brackets they mark the work."""
    return word.lower() not in {
        "retracted",
        "withdrawn",
        "removed",
        "temporary removal",
    } and not mark.lstrip().startswith(("[", "(", "【"))


def notice_title(title: str) -> tuple[str, str]:
    """What kind of notice a title heads ("" for none), and the title of the work that it is about."""
    if not _may_bear_mark(title):
        return "", ""
    match = _NOTICE.match(title)
    if match is None:
        after = _NOTICE_AFTER.fullmatch(title)
        return (_kind(after[2]), after[1]) if after is not None else ("", "")
    quoted = _QUOTED.fullmatch(match[2])
    return _kind(match[1]), quoted[1] if quoted else _PLACE_OF_WORK.sub("", match[2])


def withdrawn_in(comment: str, abstract: str) -> str:
    """The sentence of a preprint's comment or abstract that says that it was withdrawn, "" for none."""
    for text in (comment, abstract if len(abstract) <= _SHORT_ABSTRACT else abstract[:200]):
        if "ithdraw" not in text and "WITHDRAW" not in text and "etract" not in text:
            continue
        for place, sentence in enumerate(_SENTENCES.split(text)):
            if text is abstract and place > 1:
                break
            if _WITHDRAWN.search(sentence) and not _ANOTHER.search(sentence):
                return sentence[:300]
            if _TO_BE_WITHDRAWN.search(sentence) or (text is abstract and _RETRACTED.search(sentence)):
                return sentence[:300]
    return ""


def marked_notices(title: str, comment: str, abstract: str, *, is_preprint: bool) -> tuple[SourcedNotice, ...]:
    """What the texts of a work themselves say of it."""
    notices = []
    kind, _rest = title_mark(title)
    if kind:
        notices.append(SourcedNotice(kind, reason=title[:300]))
    if is_preprint and (sentence := withdrawn_in(comment, abstract)):
        notices.append(SourcedNotice("withdrawal", reason=sentence))
    elif comment and _RETRACTED.search(comment):
        notices.append(SourcedNotice("retraction", reason=comment[:300]))
    elif (said := comment.strip(" .").lower()) in _NOTES:
        notices.append(SourcedNotice(_NOTES[said], reason=comment))
    return tuple(notices)
