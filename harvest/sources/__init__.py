"""The sources that can be imported: one line each. `harvest.apps` registers how far each is believed."""

from harvest.sources.arxiv import ARXIV
from harvest.sources.bibtex import BIBTEX
from harvest.sources.crossref import CROSSREF
from harvest.sources.csl import CSL
from harvest.sources.openalex import OPENALEX
from harvest.sources.records import RECORDS
from harvest.sources.ris import RIS
from harvest.sources.ror import ROR

SOURCES = (RECORDS, OPENALEX, ARXIV, CROSSREF, ROR, BIBTEX, RIS, CSL)

__all__ = ["ARXIV", "BIBTEX", "CROSSREF", "CSL", "OPENALEX", "RECORDS", "RIS", "ROR", "SOURCES"]
