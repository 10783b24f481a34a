"""The sources that can be imported: one line each. Whoever imports them knows how far each is believed."""

from harvest.sources.arxiv import ARXIV
from harvest.sources.bibtex import BIBTEX
from harvest.sources.crossref import CROSSREF
from harvest.sources.csl import CSL
from harvest.sources.openalex import OPENALEX
from harvest.sources.records import RECORDS
from harvest.sources.ris import RIS
from harvest.sources.ror import ROR
from papers.domain.sources import register_origins

SOURCES = (RECORDS, OPENALEX, ARXIV, CROSSREF, ROR, BIBTEX, RIS, CSL)

register_origins(origin for source in SOURCES for origin in (source.origin, *source.others))

__all__ = ["ARXIV", "BIBTEX", "CROSSREF", "CSL", "OPENALEX", "RECORDS", "RIS", "ROR", "SOURCES"]
