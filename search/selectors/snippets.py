"""Abstracts with the words marked that were looked for, the first place where one stands before all else."""

from collections.abc import Sequence
from html import escape

from common.db.sql import fetch

# Characters that no text holds stand around a found word until the rest is escaped.
_START, _STOP = "\ue000", "\ue001"
SEEN_AT_ONCE = 180  # characters of a folded abstract that are always seen
BEFORE, AFTER = 60, 160  # characters around the first found word
# Mathematics is kept as it was rendered: abstracts that need mark-up are left as they are.
_SQL = """
SELECT p.id, ts_headline('colophon', translate(left(p.abstract, 20000), %(start)s || %(stop)s, ''), %(match)s::tsquery,
    'HighlightAll=true, StartSel=' || %(start)s || ', StopSel=' || %(stop)s)
FROM papers_paper p WHERE p.id = ANY(%(ids)s) AND p.abstract <> '' AND p.abstract_html = ''
"""


def marked_abstracts(paper_ids: Sequence[int], tsquery: str) -> dict[int, str]:
    """Escaped mark-up by paper, `<mark>` around found words; papers whose abstract holds none of them are left out.

    One query.
    """
    if not paper_ids or not tsquery:
        return {}
    abstracts = fetch(_SQL, {"ids": list(paper_ids), "match": tsquery, "start": _START, "stop": _STOP})
    return {pk: _from_first_match(text) for pk, text in abstracts if _START in text}


def _from_first_match(text: str) -> str:
    first = text.index(_START)
    if first <= SEEN_AT_ONCE:
        return _marked(text)
    start = text.rfind(" ", 0, first - BEFORE) + 1
    end = text.find(" ", first + AFTER)
    part = text[start : end if end > 0 else len(text)]
    part += _STOP if part.count(_START) > part.count(_STOP) else ""
    return f'<p class="snippet">… {_marked(part)} …</p><p>{_marked(text)}</p>'


def _marked(text: str) -> str:
    return escape(text).replace(_START, "<mark>").replace(_STOP, "</mark>")
