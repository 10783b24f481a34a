"""What files really hold where a name, a date, an identifier or a title should stand, and what becomes of it."""

from typing import Any

import pytest

from harvest.domain.build import build_work
from harvest.domain.record import WorkRecord
from harvest.sources.bibtex.entries import read_entries as bibtex_entries
from harvest.sources.bibtex.parse import parse_entry as from_bibtex
from harvest.sources.crossref.parse import parse_object as from_crossref
from harvest.sources.csl.parse import parse_item as from_csl
from harvest.sources.records.parse import parse_work as parse_line
from harvest.sources.ris.parse import parse_entry as from_ris
from harvest.sources.ris.parse import read_entries as ris_entries
from papers.domain.titles import title_hash


def work(**stated: Any) -> WorkRecord:
    return build_work({"ids": {"local": "x"}, "title": "A title of several words", **stated})


def people(record: WorkRecord) -> list[str]:
    """The names, a group's and nobody's marked."""
    marks = {"person": "", "group": "group: ", "other": "other: "}
    return [marks[one.kind] + one.name for one in record.authors]


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("de la Cruz, Juana Inés", ["Juana Inés de la Cruz"]),
        ("García Martínez, Ana María", ["Ana María García Martínez"]),
        ("King Jr., Martin Luther", ["Martin Luther King Jr."]),
        ("Nguyễn Văn A", ["Nguyễn Văn A"]),
        ("SMITH JOHN A", ["SMITH JOHN A"]),
        ("Иванов И. И.", ["И. И. Иванов"]),
        ("Иванов Иван Иванович", ["Иван Иванович Иванов"]),
        ("Manin Yu.I.", ["Yu.I. Manin"]),
        ("R.J.Smith", ["R.J. Smith"]),
        ("John Smith (MIT)", ["John Smith"]),
        ("John Smith (Institute of Technology)", ["John Smith"]),
        ("John Smith, Department of Physics, MIT", ["John Smith"]),
        ("Smith, John (ed.)", ["John Smith"]),
        ("John Smith, editor", ["John Smith"]),
        ("Translated by John Smith", ["John Smith"]),
        ("Smith, John, 1950-", ["John Smith"]),
        ("John Smith 0000-0002-1825-0097", ["John Smith"]),
        ("John Smith a,b", ["John Smith"]),
        ("John Smith [1]", ["John Smith"]),
        ("[John Smith]", ["John Smith"]),
        ('"John Smith"', ["John Smith"]),
        ("Jane Doe and", ["Jane Doe"]),
        ("Ｊｏｈｎ Ｓｍｉｔｈ", ["John Smith"]),
        ("John\u200bSmith", ["John Smith"]),
        ("JÃ¶rg MÃ¼ller", ["Jörg Müller"]),
        ("J. Fr/''ohlich", ["J. Fröhlich"]),
        ("notes by G. Amelino-Camelia", ["G. Amelino-Camelia"]),
        ("L. Szymanowski 11 pages in Latex", ["L. Szymanowski"]),
        ("Smith, J., Jones, K., and Brown, L.", ["J. Smith", "K. Jones", "L. Brown"]),
        ("Todd P. Meyrath Daniel F. V. James", ["Todd P. Meyrath", "Daniel F. V. James"]),
        ("C. Ordóñez y J. M Pons", ["C. Ordóñez", "J. M Pons"]),
        ("Santiago Ramón y Cajal", ["Santiago Ramón y Cajal"]),
        ("Gregory Karagiorgos 'and' Ioannis Stavrakakis", ["Gregory Karagiorgos", "Ioannis Stavrakakis"]),
        ("on behalf of the ATLAS Collaboration", ["group: the ATLAS Collaboration"]),
        ("Dipanwita Dutta for the CMS Collaboration", ["Dipanwita Dutta", "group: the CMS Collaboration"]),
        ("Masato JIMBO and MINAMI-TATEYA collaboration", ["Masato JIMBO", "group: MINAMI-TATEYA collaboration"]),
        ("GBD 2019 Diseases Collaborators", ["group: GBD 2019 Diseases Collaborators"]),
        ("Cambridge Language Research Unit", ["group: Cambridge Language Research Unit"]),
        ("King's College", ["group: King's College"]),
        ("Mustafa Inc", ["Mustafa Inc"]),
        ("Pascale Pages", ["Pascale Pages"]),
        ("Roberto C. S. N. P. Souza", ["Roberto C. S. N. P. Souza"]),
        ("Eugenia Maria Mariano da Rocha Barichello", ["Eugenia Maria Mariano da Rocha Barichello"]),
        ("Bruce Allen Robert Caldwell Scott Koranda", ["other: Bruce Allen Robert Caldwell Scott Koranda"]),
        ("[Anonymous]", ["other: Anonymous"]),
        ("No Author Given", ["other: No Author Given"]),
        ("F.R. Germany", ["other: F.R. Germany"]),
        ("London", ["other: London"]),
        ("resonances", ["other: resonances"]),
        ("V. Vento. The discussion is now improved", ["other: V. Vento. The discussion is now improved"]),
        ("Barnes & Noble", ["other: Barnes & Noble"]),
    ],
)
def test_names(printed, expected):
    assert people(work(authors=[printed])) == expected


def test_what_follows_the_keywords_is_no_author():
    byline = ["F. Varadi", "Keywords", ":", "Hamiltonian systems"]
    assert people(work(authors=byline)) == ["F. Varadi", "other: Keywords", "other: Hamiltonian systems"]


@pytest.mark.parametrize(
    ("byline", "expected"),
    [
        (["Sun", "C. P", "L. H. Yu"], ["C. P Sun", "L. H. Yu"]),
        (["Probe", "T. Ju.", "Test", "V. B"], ["T. Ju. Probe", "V. B Test"]),
        (["P. C. Test", "J. B", "Swift"], ["P. C. Test", "J. B Swift"]),
        (["H.J.H."], ["H.J.H."]),
        (
            ["V. Test. The discussion is now improved", "more clear"],
            ["other: V. Test. The discussion is now improved", "other: more clear"],
        ),
        (
            ["Ann Probe", "Development Center", "Test-ku", "Probeville", "210", "Japan"],
            [
                "Ann Probe",
                "group: Development Center",
                "other: Test-ku",
                "other: Probeville",
                "other: Japan",
            ],
        ),
        (["Arvind", "India"], ["Arvind", "other: India"]),
        (["ZEUS Collaboration", "Derrick"], ["group: ZEUS Collaboration", "Derrick"]),
    ],
)
def test_a_byline_is_read_as_a_whole(byline, expected):
    assert people(work(authors=byline)) == expected


@pytest.mark.parametrize(
    ("given", "family", "expected"),
    [
        ("Todd P. Meyrath Daniel F. V.", "James", ["Todd P. Meyrath", "Daniel F. V. James"]),
        ("for the DES", "Collaboration", ["group: the DES Collaboration"]),
        ("Mark Scott for the", "NuPRISM", ["Mark Scott", "group: the NuPRISM"]),
        ("None", "The Lancet", ["group: The Lancet"]),
        ("J. Smith and K.", "Jones", ["J. Smith", "K. Jones"]),
        ("John Smith", "John Smith", ["John Smith"]),
        ("Li", "Li", ["Li Li"]),
        ("", "Doe J", ["J Doe"]),
        ("van", "Berg", ["van Berg"]),
        ("J.", "Smith PhD", ["J. Smith"]),
        ("JOHN", "SMITH", ["JOHN SMITH"]),
        ("Ed", "Itor", ["Ed Itor"]),
        ("Nan", "Li", ["Nan Li"]),
        ("Na", "Li", ["Na Li"]),
        ("F.", "Ruiz Ruiz", ["F. Ruiz Ruiz"]),
        ("NA", "Probe", ["Probe"]),
        ("N/A", "N/A", ["other: N/A"]),
    ],
)
def test_parts_that_are_none(given, family, expected):
    record = from_crossref({"DOI": "10.1000/x", "title": ["A title"], "author": [{"given": given, "family": family}]})
    assert people(record) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("20200115", "2020-01-15"),
        ("31/12/2014", "2014-12-31"),
        ("12-31-2014", "2014-12-31"),
        ("02.05.2014", "2014-05-02"),
        ("05/01/2020", "2020"),
        ("12/2019", "2019-12"),
        ("2020年1月5日", "2020-01-05"),
        (["2020"], "2020"),
        (2020.0, "2020"),
        ("0000", None),
        ("n.d.", None),
    ],
)
def test_dates(raw, expected):
    published = work(published=raw).published
    assert (published and published.iso()) == expected


@pytest.mark.parametrize(
    ("scheme", "raw", "expected"),
    [
        ("doi", "(10.1000/abc)", ["10.1000/abc"]),
        ("doi", "<10.1000/ABC>", ["10.1000/abc"]),
        ("doi", "10.1000/\u200babc", ["10.1000/abc"]),
        ("doi", "10.1000\\/abc", ["10.1000/abc"]),
        ("doi", "10.1000/abc%3C1%3E", ["10.1000/abc<1>"]),
        ("doi", "doi:10.1000/a; https://doi.org/10.1000/b", ["10.1000/a", "10.1000/b"]),
        ("doi", "https://onlinelibrary.wiley.com/doi/full/10.1000/abc", ["10.1000/abc"]),
        ("doi", "https://doi.org/https://doi.org/10.1000/abc/", ["10.1000/abc/"]),
        ("doi", "https://doi.org/10.1000/abc?nosfx=y", ["10.1000/abc"]),
        ("doi", "10.1000/abc [doi]", ["10.1000/abc"]),
        ("arxiv", "abs/2205.11789", ["2205.11789"]),
        ("arxiv", "arXiv.2205.11789v2", ["2205.11789"]),
        ("arxiv", "10.48550/arXiv.2205.11789", ["2205.11789"]),
        ("arxiv", "cond-mat.str-el/0309136", ["cond-mat/0309136"]),
        ("arxiv", 2205.1178, ["2205.11780"]),
    ],
)
def test_identifiers(scheme, raw, expected):
    found = [one.value for one in work(ids={scheme: raw, "local": "x"}).ids if one.scheme == scheme]
    assert found == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("0028-0836 (print), 1476-4687 (online)", ("0028-0836", "1476-4687")),
        ({"print": "0028-0836"}, ("0028-0836",)),
        ("0000-0000", ()),
    ],
)
def test_issns(raw, expected):
    venue = work(venue={"name": "Nature", "type": "journal", "issn": raw}).venue
    assert venue is not None
    assert venue.issns == expected


@pytest.mark.parametrize(
    ("stated", "volume", "issue", "pages", "article_number"),
    [
        ({"pages": "pp. 45-67"}, "", "", "45-67", ""),
        ({"pages": "123-", "volume": "12(3)"}, "12", "3", "123", ""),
        ({"pages": "10 pages", "volume": 12}, "12", "", "", ""),
        ({"pages": "art. no. 102", "volume": "1"}, "1", "", "", "102"),
        ({"pages": "ahead of print", "volume": "1"}, "1", "", "", ""),
        ({"pages": "e1234"}, "", "", "e1234", ""),
    ],
)
def test_details(stated, volume, issue, pages, article_number):
    details = work(**stated).details
    assert details is not None
    found = (details.volume, details.issue, details.pages, details.article_number)
    assert found == (volume, issue, pages, article_number)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("it\u00e2\u20ac\u2122s", "it’s"),
        ("Ã‰tude", "Étude"),
        ("ﬁrst ﬂow", "first flow"),
        (r"\protect\emph{x} y", "x y"),
        (r"\noindent\textbf{Results} here", "Results here"),
        (r"{\cal N}=4 theories", "N=4 theories"),
        (r"\O(n) models", "O(n) models"),
        (r"\textcolor{red}{abc} d", "abc d"),
        ("&notanentity; x", "&notanentity; x"),
        ("Bases <emph type='ital'>in vivo</emph>", "Bases in vivo"),
        ("IN AN INFANT<subtitle>Successful</subtitle>", "IN AN INFANT Successful"),
        ("random strings {and arbitrary", "random strings and arbitrary"),
    ],
)
def test_titles(raw, expected):
    assert work(title=raw).title == expected


def test_a_title_beyond_all_bounds_is_cut_and_said():
    record = work(title="word " * 600)
    assert len(record.title) < 2_001
    assert record.warnings == ("title: has 2,999 characters and was cut to 2,000",)


def test_counts_as_texts_are_counts():
    record = work(cited_by_count="12", references_total=3.0)
    assert (record.cited_by_count, record.references_total) == (12, 3)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("John Smith, Jane Doe, and Max Roe", ["John Smith", "Jane Doe", "Max Roe"]),
        ("Bee, Ann, and Cee, Bob", ["Ann Bee", "Bob Cee"]),
        ("J. Smith and", ["J. Smith"]),
        ("Smith, {\\noopsort{X}}John", ["John Smith"]),
    ],
)
def test_bibtex_names(field, expected):
    (entry,) = bibtex_entries(f"@article{{a, title={{A title of words}}, author={{{field}}}, year=2020}}")
    assert people(from_bibtex(entry)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "@article{a, title={A title of words}, year=2020",
        "@article{a, title={A title of words} year={2020}}",
        "@article{a, title={A title of words}, journal={CoRR}, volume={abs/2001.00001}, year=2020}",
    ],
)
def test_bibtex_that_lacks_a_sign_is_read(text):
    (entry,) = bibtex_entries(text)
    record = from_bibtex(entry)
    assert (record.title, record.published and record.published.year) == ("A title of words", 2020)


def test_a_preprint_of_dblp_has_its_arxiv_id():
    (entry,) = bibtex_entries("@article{a, title={A title}, journal={CoRR}, volume={abs/2001.00001}, year=2020}")
    record = from_bibtex(entry)
    assert [str(one) for one in record.ids] == ["arxiv:2001.00001"]
    assert record.venue is not None
    assert (record.venue.name, record.details) == ("arXiv", None)


def test_ris_with_several_in_one_line():
    text = "TY  - JOUR\nTI  - A title\nAU  - Smith, John and Doe, Jane\nDO  - 10.1000/x; 10.1000/y\nER  - \n"
    record = from_ris(next(iter(ris_entries(text))))
    assert people(record) == ["John Smith", "Jane Doe"]
    assert str(record.ids[0]) == "doi:10.1000/x"


def test_csl_with_texts_where_lists_should_be():
    record = from_csl({"id": "a", "title": "A title", "author": "Smith", "issued": "2020", "status": "retracted"})
    assert (people(record), record.published and record.published.year) == (["Smith"], 2020)
    assert [one.kind for one in record.notices] == ["retraction"]


@pytest.mark.parametrize(
    ("title", "kinds"),
    [
        ("TEMPORARY REMOVAL: A title of words", ["withdrawal"]),
        ("Notice of Retraction: A title of words", ["retraction"]),
        ("Notice of Violation of IEEE Publication Principles: A title of words", ["concern"]),
        ("Retraction: A title of words", []),
        ("Retractions in science: a review", []),
        ("**Paper retracted by author request (see pdf)** On the spacing of clocks", ["retraction"]),
    ],
)
def test_marks_in_titles(title, kinds):
    assert [one.kind for one in work(title=title).notices] == kinds


def test_crossref_with_one_where_a_list_should_be():
    record = from_crossref(
        {
            "DOI": "10.1000/x",
            "title": "A title",
            "container-title": "Nature",
            "ISSN": "0028-0836",
            "volume": 12,
            "issued": {"date-parts": [2020]},
            "relation": {"has-preprint": {"id": "10.1101/1", "id-type": "doi"}},
        }
    )
    assert record.venue is not None
    assert record.details is not None
    assert (record.venue.issns, record.details.volume) == (("0028-0836",), "12")
    assert record.published is not None
    assert (record.published.year, len(record.relations)) == (2020, 1)


def test_a_line_in_an_older_encoding_is_read_and_said():
    record = parse_line('{"ids": {"local": "x"}, "title": "Théorie des pendules"}'.encode("latin-1"))
    assert record.title == "Théorie des pendules"
    assert record.warnings == ("encoding: byte 37 (0xe9) is not UTF-8; the line was read as Windows-1252",)


@pytest.mark.parametrize(
    ("comment", "is_withdrawn"),
    [
        ("This paper has been withdraw by the author due to some crucial errors", True),
        ("Due to the policy of our institute, we decide to withdraw this paper", True),
        ("38 pages, LaTeX. I have to retract my manuscript: There is a serious error", True),
        ("6 pages, 3 figures Withdrawn due to an error in the search", True),
        ("Withdrawing due to lack of key acknowledgements", True),
        ("incomplete and inaccurate, requesting withdrawal immediately", True),
        ("Submission withdrawn from the International Journal of Clocks to prepare a joint paper", False),
        ("Considering the similarities, we have decided to retract our paper from CoRL 2017", False),
        ("Withdraw from ACM TMIS Special Issue and submit it to IEEE TDSC", False),
        ("10 pages, 3 figures, withdraw experimental results on two datasets", False),
        ("The original paper was retracted. This is a corrected version of the preprint", False),
        ("15 pages, submitted to a journal, however, later withdrawn to correct", False),
    ],
)
def test_what_authors_write_of_a_withdrawal(comment, is_withdrawn):
    record = work(comment=comment, type="preprint")
    assert bool(record.notices) is is_withdrawn


def test_a_notice_may_say_so_behind_the_title():
    notice, plain = work(title="Properties of odd gap clocks: Erratum"), work(title="Properties of odd gap clocks")
    assert [(one.kind, one.other.scheme) for one in notice.relations] == [("corrects", "title")]
    assert notice.relations[0].other.value == str(title_hash(plain.title_key))
