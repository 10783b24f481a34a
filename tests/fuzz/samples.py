"""One good text or object of each kind that comes from outside."""

from typing import Any

OPENALEX: dict[str, Any] = {
    "id": "https://openalex.org/W2741809807",
    "doi": "https://doi.org/10.7717/peerj.4375",
    "title": "The <i>state</i> of OA",
    "display_name": "The state of OA",
    "publication_year": 2018,
    "publication_date": "2018-02-13",
    "ids": {"openalex": "https://openalex.org/W2741809807", "pmid": "https://pubmed.ncbi.nlm.nih.gov/29456894"},
    "language": "en",
    "type": "article",
    "is_retracted": False,
    "primary_location": {
        "is_oa": True,
        "landing_page_url": "https://doi.org/10.7717/peerj.4375",
        "pdf_url": None,
        "source": {
            "id": "https://openalex.org/S1983995261",
            "display_name": "PeerJ",
            "issn_l": "2167-8359",
            "issn": ["2167-8359"],
            "type": "journal",
            "host_organization_name": "PeerJ, Inc.",
        },
        "license": "cc-by",
        "version": "publishedVersion",
    },
    "locations": [{"is_oa": True, "landing_page_url": "https://x.org/1", "source": None, "version": "acceptedVersion"}],
    "open_access": {"is_oa": True, "oa_status": "gold", "oa_url": "https://peerj.com/articles/4375.pdf"},
    "authorships": [
        {
            "author_position": "first",
            "author": {
                "id": "https://openalex.org/A5048491430",
                "display_name": "Heather Piwowar",
                "orcid": "https://orcid.org/0000-0003-1613-5981",
            },
            "institutions": [
                {
                    "id": "https://openalex.org/I4200000001",
                    "display_name": "OurResearch",
                    "ror": "https://ror.org/02nr0ka47",
                    "country_code": "CA",
                    "type": "nonprofit",
                }
            ],
            "raw_author_name": "Heather Piwowar",
            "raw_affiliation_strings": ["Impactstory, Sanford, NC"],
        }
    ],
    "biblio": {"volume": "6", "issue": None, "first_page": "e4375", "last_page": "e4375"},
    "cited_by_count": 1018,
    "counts_by_year": [{"year": 2024, "cited_by_count": 120}],
    "topics": [
        {
            "id": "https://openalex.org/T10102",
            "display_name": "scientometrics",
            "score": 0.99,
            "subfield": {"id": "x", "display_name": "Statistics"},
            "field": {"display_name": "Decision Sciences"},
            "domain": {"display_name": "Social Sciences"},
        }
    ],
    "keywords": [{"display_name": "Open Access", "score": 0.5}],
    "referenced_works": ["https://openalex.org/W1560783210", "https://openalex.org/W1724212071"],
    "abstract_inverted_index": {"Despite": [0], "growing": [1, 3]},
}

CROSSREF: dict[str, Any] = {
    "DOI": "10.1000/182",
    "type": "journal-article",
    "title": ["On <i>engines</i>"],
    "subtitle": ["and more"],
    "author": [
        {
            "given": "Ada",
            "family": "Byron",
            "sequence": "first",
            "ORCID": "http://orcid.org/0000-0002-1825-0097",
            "affiliation": [{"name": "Oxford", "id": [{"id": "https://ror.org/052gg0110", "id-type": "ROR"}]}],
        },
        {"name": "The Group", "sequence": "additional"},
    ],
    "editor": [{"given": "Ben", "family": "Babbage"}],
    "container-title": ["Acta"],
    "ISSN": ["2167-8359"],
    "issn-type": [{"type": "print", "value": "2167-8359"}],
    "publisher": "Publisher",
    "volume": "1",
    "issue": "2",
    "page": "3-4",
    "published": {"date-parts": [[2020, 5, 2]]},
    "issued": {"date-parts": [[2020, 5]]},
    "abstract": "<jats:p>We <jats:italic>do</jats:italic> it.</jats:p>",
    "license": [{"URL": "https://creativecommons.org/licenses/by/4.0/", "start": {"date-parts": [[2020, 1, 1]]}}],
    "link": [{"URL": "https://x.org/1.pdf", "content-type": "application/pdf"}],
    "reference": [{"key": "1", "DOI": "10.1000/183", "unstructured": "Other. 1999."}],
    "is-referenced-by-count": 3,
    "subject": ["History"],
    "relation": {"is-preprint-of": [{"id-type": "doi", "id": "10.1000/9", "asserted-by": "subject"}]},
    "update-to": [{"DOI": "10.1000/9", "type": "retraction", "updated": {"date-parts": [[2021, 1, 1]]}}],
}

CSL: dict[str, Any] = {
    "id": "byron20",
    "type": "article-journal",
    "title": "On engines",
    "author": [{"given": "Ada", "family": "Byron", "non-dropping-particle": "van"}, {"literal": "The Group"}],
    "issued": {"date-parts": [[2020, 5, 2]]},
    "container-title": "Acta",
    "DOI": "10.1000/182",
    "volume": 1,
    "issue": "2",
    "page": "3-4",
    "ISSN": "2167-8359",
    "URL": "https://x.org/1",
    "abstract": "We do it.",
}

RECORD: dict[str, Any] = {
    "id": "acl:2020.acl-main.1",
    "title": "On $x^2$ and more",
    "abstract": "We do \\emph{it}.",
    "authors": [{"name": "Ada Byron", "orcid": "0000-0002-1825-0097", "affiliations": ["Oxford"]}, "Ben Babbage"],
    "date": "2020-05",
    "year": 2020,
    "type": "article",
    "ids": {"doi": "10.1000/182", "arxiv": "2205.11789"},
    "doi": "10.1000/182",
    "arxiv": "2205.11789v2",
    "venue": "ACL",
    "categories": ["cs.LG", "math.ST"],
    "topics": ["engines"],
    "references": ["10.1000/183", {"arxiv": "hep-th/9901001"}],
    "links": [{"url": "https://x.org/1.pdf", "kind": "pdf"}],
    "cited_by_count": 4,
    "license": "CC-BY-4.0",
}

ROR: dict[str, Any] = {
    "id": "https://ror.org/052gg0110",
    "names": [{"value": "University of Oxford", "types": ["ror_display", "label"], "lang": "en"}],
    "domains": ["ox.ac.uk"],
    "links": [{"type": "website", "value": "https://www.ox.ac.uk/"}],
    "locations": [
        {
            "geonames_id": 2640729,
            "geonames_details": {
                "name": "Oxford",
                "country_code": "GB",
                "country_name": "UK",
                "lat": 51.75,
                "lng": -1.25,
            },
        }
    ],
    "established": 1096,
    "status": "active",
    "types": ["education", "funder"],
    "external_ids": [{"type": "grid", "all": ["grid.4991.5"], "preferred": "grid.4991.5"}],
    "relationships": [{"label": "Oxford Press", "type": "child", "id": "https://ror.org/0524sp257"}],
    "admin": {"created": {"date": "2018-11-14"}, "last_modified": {"date": "2024-12-11"}},
}

ORCID: dict[str, Any] = {
    "group": [
        {
            "external-ids": {
                "external-id": [
                    {"external-id-type": "doi", "external-id-value": "10.1000/182", "external-id-relationship": "self"}
                ]
            },
            "work-summary": [
                {
                    "title": {"title": {"value": "On engines"}},
                    "source": {"source-orcid": {"path": "0000-0002-1825-0097"}},
                    "external-ids": None,
                }
            ],
        }
    ]
}

OAI = """<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>
<record><header><identifier>oai:arXiv.org:2205.11789</identifier><datestamp>2022-05-25</datestamp></header>
<metadata><arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>2205.11789</id>
<version version="v1"><date>Tue, 24 May 2022 05:00:00 GMT</date><size>10kb</size></version>
<title>On $x^2$</title><authors>Ada Byron, Ben Babbage (Oxford) and C. Somerville</authors>
<categories>cs.LG math.ST</categories><doi>10.1000/182</doi><license>http://arxiv.org/licenses/x/1.0/</license>
<abstract>We do it.</abstract></arXivRaw></metadata></record>
</ListRecords></OAI-PMH>"""

BIBTEX = """@string{acta = "Acta"}
@article{byron20, author = {Byron, Ada and {The Group} and Babbage, Jr., Ben}, title = {On {\\"u}ber-engines $x^2$},
  journal = acta # " x", year = 2020, month = may, doi = {10.1000/182}, pages = {1--2}, keywords = {a; b}}
"""

RIS = """TY  - JOUR
AU  - Byron, Ada
A2  - Babbage, Ben
TI  - On engines
JO  - Acta
PY  - 2020/05/02/
DO  - 10.1000/182
SN  - 2167-8359
UR  - https://x.org/1
KW  - engines
ER  -
"""

MAIL_REPORT = """From: MAILER-DAEMON@x.org
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It failed.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; x.org

Final-Recipient: rfc822; ada@x.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 no such user

--b
Content-Type: text/rfc822-headers

Message-ID: <abc@localhost>
Subject: =?utf-8?q?hello?=

--b--
"""

ME_PAGE = """<!doctype html><html><head><link rel="me" href="https://x.org/authors/A1/ada-byron/"></head>
<body><a rel="nofollow me" href="/authors/A1/">me</a></body></html>"""

MATHEMATICS = (
    "On $\\frac{a}{b}$ and \\(x_{i}^{2}\\)",
    "$$\\begin{matrix} a & b \\\\ c & d \\end{matrix}$$",
    "<i>E. coli</i> H<sub>2</sub>O &amp; \\'{e} {\\\"o} \\emph{x}",
    "<mml:math><mml:mi>x</mml:mi></mml:math> $\\mathbb{R}$",
)
NAMES = (
    "Ada Byron",
    "Byron, Ada, Jr.",
    "van der Berg, L.",
    "王小明",
    "Skłodowska-Curie, Marie",
    "J.-P. Serre",
    "García y Vega",
)
DATES = ("2022-05-24", "2022-05", "2022", "24 May 2022", "Tue, 24 May 2022 05:00:00 GMT", "May 2022", "2022/05/24/")
IDENTIFIERS = (
    "https://doi.org/10.1000/182",
    "arXiv:2205.11789v2",
    "hep-th/9901001",
    "https://orcid.org/0000-0002-1825-0097",
    "https://ror.org/052gg0110",
    "https://openalex.org/W2741809807",
    "2167-8359",
    "978-3-16-148410-0",
    "PMC29456894",
)
ADDRESSES = (
    "ada.byron@ox.ac.uk",
    "=?utf-8?q?ada?=@x.org",
    "a+b@xn--bcher-kva.example",
    '"a b"@x.org',
    "ada@[127.0.0.1]",
)
URLS = (
    "https://www.ox.ac.uk/~ada/?q=1#x",
    "http://x.org:443/",
    "x.org/a",
    "https://user:pass@x.org/",
    "https://bücher.de/",
)
