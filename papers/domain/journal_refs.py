"""Where a preprint appeared, in the words of its authors: "Phys. Rev. D 50, 1173 (1994)" taken apart."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class JournalRef:
    """What a reference says; "" and None mean that it does not. `venue` is as written, mostly an abbreviation."""

    venue: str
    volume: str = ""
    issue: str = ""
    pages: str = ""
    year: int | None = None


_VENUE = r"(?P<venue>[^\W\d_][^\d()]{2,120}?)"
# A letter at the end of a word is the word's ("JHEP0905" is volume 0905), and no number is cut in two.
_VOLUME = r"(?:vol(?:ume)?\.?\s*)?(?P<volume>(?:(?<![^\W\d_])[A-Z])?[0-9]{1,4}[A-Z]?)(?![0-9])"
_ISSUE = r"(?:\s*\((?P<issue>[0-9]{1,3}(?:[-/][0-9]{1,3})?)\)|[\s,]*(?:no|nr|iss|issue|number)\.?\s*(?P<number>[0-9]{1,4}(?:[-/][0-9]{1,3})?))?"
_PAGES = r"(?:[\s,:;]*(?:pp?\.|pp|pages?|art\.)?\s*(?P<pages>[A-Za-z]?[0-9]{1,7}(?:\s*[-\u2010-\u2015]+\s*[A-Za-z]?[0-9]{1,7})?))?"
_YEAR = r"(?P<year>(?:19|20)[0-9]{2})"
_FORMS = (
    # Phys. Rev. D 50, 1173 (1994); JMLR 12(3):45-67, 2011
    re.compile(rf"{_VENUE}[\s,:]*{_VOLUME}{_ISSUE}{_PAGES}[\s,.;]*\(?{_YEAR}\)?\.?", re.I),
    # Nucl. Phys. B422 (1994) 521-540
    re.compile(rf"{_VENUE}[\s,:]*{_VOLUME}{_ISSUE}[\s,]*\({_YEAR}\){_PAGES}\.?", re.I),
    # J. Stat. Mech. (2009) P01015
    re.compile(
        rf"{_VENUE}\s*\(?{_YEAR}\)?(?:[\s,:;]+(?:pp?\.|pp|pages?)?\s*(?P<pages>[A-Z]?[0-9]{{1,7}}(?:\s*[-\u2010-\u2015]+\s*[0-9]{{1,7}})?))?\.?",
        re.I,
    ),
)
_PAGES_FOLLOW = re.compile(r"\bpp?\.?$|\bpages?$", re.I)
_ANY_YEAR = re.compile(rf"(?<![0-9]){_YEAR}(?![0-9])")
_DASH = re.compile(r"\s*[-\u2010-\u2015]+\s*")


def read_journal_ref(text: str) -> JournalRef | None:
    """The parts of a reference; its year alone where it has no form that is known, None where not even that is sure."""
    for form in _FORMS:
        match = form.fullmatch(text.strip())
        if match is not None and not _PAGES_FOLLOW.search(match["venue"].strip()):
            said = match.groupdict()
            return JournalRef(
                said["venue"].strip(" ,:;"),
                said.get("volume") or "",
                said.get("issue") or said.get("number") or "",
                _DASH.sub("-", said.get("pages") or ""),
                int(said["year"]),
            )
    years = {int(match["year"]) for match in _ANY_YEAR.finditer(text)}
    return JournalRef("", year=years.pop()) if len(years) == 1 else None
