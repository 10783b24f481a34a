"""Identifiers wherever they stand: in addresses, notes and names of venues, written in TeX, HTML or percent signs."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

from common.richtext.markup import without_controls
from common.richtext.tex import tex_to_text
from papers.domain.identifiers import Identifier, InvalidIdentifier, parse_identifier

_PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
_ARXIV = re.compile(
    r"(?:arxiv(?:\.org)?\s*(?:preprint|e-?print)?\s*(?:/(?:abs|pdf|html)/|[:\s,(\[]\s*)(?:arxiv:)?\s*)"
    r"((?:[a-z]+(?:-[a-z]+)*(?:\.[A-Z]{2})?/[0-9]{7}|[0-9]{4}\.[0-9]{4,5})(?:v[0-9]{1,2})?)(?![0-9])",
    re.I,
)
_DOI = re.compile(
    r"(?:doi\.org/+|\bdoi[:\s=]{0,3}\s*(?:https?://(?:dx\.)?doi\.org/+)?|^|[\s(\[/<>\"'«“=])(10\.[0-9]{4,9}/[^\s\"'{}|\\^`]+?)(?:</?[a-z]+>|[…»”\]>]|[?#&].{0,80})*(?=[\s\"'{}|\\^`]|$)",
    re.I,
)
_BARE_ARXIV = re.compile(
    r"(?:^|[\s/:.(\[])((?:[a-z]+(?:-[a-z]+)*/[0-9]{7}|[0-9]{4}\.[0-9]{4,5})(?:v[0-9]{1,2})?)(?![0-9])", re.I
)
_PMCID = re.compile(r"\b(PMC[0-9]{4,9})\b")
_PMID = re.compile(
    r"(?:\bpmid[:\s]{1,2}|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/)\s*([0-9]{4,9})\b", re.I
)
_ACL = re.compile(
    r"(?:aclanthology\.(?:org|info)|aclweb\.org/anthology)/(?:papers/)?([A-Za-z0-9._-]+?)(?:\.pdf)?/?(?=$|[\s})])", re.I
)
_OPENALEX = re.compile(r"openalex\.org/(W[1-9][0-9]{3,18})\b", re.I)
_PATTERNS = (
    ("doi", _DOI),
    ("arxiv", _ARXIV),
    ("pmcid", _PMCID),
    ("pmid", _PMID),
    ("acl", _ACL),
    ("openalex", _OPENALEX),
)


def plain_identifier(raw: str) -> str:
    """The identifier without TeX, HTML entities and percent signs: `{$<$}`, `{\\textless}`, `&lt;` and `%3C` are "<"."""
    text = without_controls(unescape(raw)).replace("\\/", "/")
    if "\\" in text or "{" in text or "$" in text:
        text = tex_to_text(text.replace("$", ""))
        text = re.sub(r"[{}\\]", "", text)
    return unquote(text).strip() if _PERCENT.search(text) else text.strip()


def identifier_in(scheme: str, raw: str) -> Identifier | None:
    """The first identifier of a scheme in a field that is meant for it; of arXiv's also one without "arXiv" before it."""
    found = next((one for one in find_identifiers(raw) if one.scheme == scheme), None)
    if found is None and scheme == "arxiv" and (bare := _BARE_ARXIV.search(raw)):
        found = next(find_identifiers(f"arXiv:{bare[1]}"), None)
    return found if found is not None and found.scheme == scheme else None


def find_identifiers(text: str) -> Iterator[Identifier]:
    """The works' identifiers that stand in a text, in order of scheme; wrong ones are passed over."""
    if not text:
        return
    plain = plain_identifier(text)
    for scheme, pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            try:
                yield parse_identifier(scheme, match[1])
            except InvalidIdentifier:
                continue
