"""Records by whatever names them: ids of ours and of others, words of names, and what merged records became."""

import pytest

from common.openalex_api.problems import InvalidValue
from papers.domain.identifiers import Identifier, InvalidIdentifier
from papers.models import Author, Paper
from papers.selectors.addresses import address, slug_of
from papers.selectors.api_fields import (
    find_record,
    has_identifier_field,
    ids_of,
    linked,
    own_identifier_fields,
    reference_field,
)
from papers.selectors.full_text import people_called, people_named, works_with
from papers.selectors.identified import heirs_of, read_reference, rows_referred_to
from papers.selectors.records import Unlisted, record_at
from tests.factories.record import make_author, make_paper, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper():
    return make_paper("On the clocks of Padua", authors=[make_author("Ada Byron")], ids={"doi": "10.1000/clocks"})


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        (" https://doi.org/10.1000/Clocks ", Identifier("doi", "10.1000/clocks")),
        ("https:/doi.org/10.1000/clocks", Identifier("doi", "10.1000/clocks")),
        ("DOI:10.1000/clocks", Identifier("doi", "10.1000/clocks")),
        ("pmid:29028636", Identifier("pmid", "29028636")),
        ("W2741809807", Identifier("openalex", "W2741809807")),
    ],
)
def test_a_reference_is_read_in_any_form(text, reference):
    assert read_reference("W", text) == reference


def test_our_own_ids_are_rows_of_their_kind_alone(paper):
    assert read_reference("W", paper.public_id) == paper.pk
    assert read_reference("W", f"https://elsewhere.example{paper.get_absolute_url()}") == paper.pk
    with pytest.raises(InvalidIdentifier, match="another kind of record"):
        read_reference("A", paper.public_id)


@pytest.mark.parametrize("text", ["", "clocks", "doi:clocks", "12345"])
def test_what_names_nothing_is_refused(text):
    with pytest.raises(InvalidIdentifier):
        read_reference("W", text)


def test_a_merged_record_leads_to_the_end_of_its_chain(paper, django_assert_num_queries):
    middle = make_paper("Middle", merged_into=paper)
    oldest = make_paper("Oldest", merged_into=middle, ids={"pmid": "7"})
    assert heirs_of("W", [oldest.pk, middle.pk, paper.pk, 10**12]) == dict.fromkeys(
        [oldest.pk, middle.pk, paper.pk], paper.pk
    )
    assert rows_referred_to("W", [Identifier("pmid", "7"), paper.pk, Identifier("pmid", "8")]) == [paper.pk]
    assert record_at(Paper, oldest.public_id) == paper
    found = find_record("W", oldest.public_id)
    assert found is not None
    assert (found.row_id, found.public_id, found.is_canonical) == (paper.pk, paper.public_id, False)
    with django_assert_num_queries(0):
        assert heirs_of("W", []) == {}


def test_a_record_that_leads_in_a_circle_is_none():
    one = make_paper("One")
    other = make_paper("Other", merged_into=one)
    Paper.objects.filter(pk=one.pk).update(merged_into=other)
    assert heirs_of("W", [one.pk]) == {}
    with pytest.raises(Paper.DoesNotExist):
        record_at(Paper, one.public_id)


def test_who_asked_not_to_be_listed_is_not_led_to():
    hidden = make_author("Ada King", is_listed=False, ids={"orcid": "0000-0002-1825-0097"})
    old = make_author("A. King", merged_into=hidden)
    group = make_author("The Clock Consortium", kind="group", is_listed=False)
    assert heirs_of("A", [hidden.pk, old.pk, group.pk]) == {}
    assert find_record("A", "0000-0002-1825-0097") is None
    for one in (hidden, old):
        with pytest.raises(Unlisted, match=hidden.public_id):
            record_at(Author, one.public_id)
    with pytest.raises(Author.DoesNotExist) as refusal:
        record_at(Author, group.public_id)
    assert not isinstance(refusal.value, Unlisted), "a group has no page that could be hidden"


@pytest.mark.parametrize("public_id", ["", "W", "W2741809807", "Wzzzzzzz", "x" * 99])
def test_no_record_is_at_an_id_that_is_none(public_id):
    with pytest.raises(Paper.DoesNotExist):
        record_at(Paper, public_id)


def test_an_id_of_another_kind_is_none_of_this(paper):
    with pytest.raises(Author.DoesNotExist):
        record_at(Author, paper.public_id)


def test_the_api_finds_a_record_by_its_path_and_says_what_it_cannot_read(paper):
    found = find_record("W", "/https://doi.org/10.1000/clocks/")
    assert found is not None
    assert (found.row_id, found.is_canonical) == (paper.pk, True)
    assert find_record("W", "10.1000/none") is None
    with pytest.raises(InvalidValue, match="neither an id of this portal"):
        find_record("W", "clocks")


def test_filters_by_identifier_take_any_form_and_only_their_scheme(paper):
    other = make_paper("Other", ids={"arxiv": "2205.11789"})
    fields = own_identifier_fields("W", ["doi", "arxiv"])
    assert Paper.objects.get(fields["ids.doi"].condition(["https://doi.org/10.1000/CLOCKS"])) == paper
    assert set(Paper.objects.filter(fields["id"].condition([paper.public_id, "arXiv:2205.11789"]))) == {paper, other}
    assert not Paper.objects.filter(fields["id"].condition(["10.1000/none"])).exists()
    with pytest.raises(InvalidValue, match="shape"):
        fields["ids.doi"].condition(["2205.11789"])
    assert set(Paper.objects.filter(has_identifier_field("W", "doi").condition(["false"]))) == {other}


def test_a_filter_by_what_is_linked_finds_nothing_for_what_is_unknown(paper):
    author = paper.authorships.get().author
    field = reference_field("A", linked(paper.authorships.model, to="paper", by="author"), "By author.")
    assert Paper.objects.get(field.condition([author.public_id])) == paper
    assert not Paper.objects.filter(field.condition(["0000-0002-1825-0097"])).exists()


def test_identifiers_are_written_as_addresses_and_none_is_lost():
    assert ids_of(["doi:10.1/a", "doi:10.1/b", "doi:10.1/c", "local:x:y", "mag:7"]) == {
        "doi": "https://doi.org/10.1/a",
        "other_doi": ["https://doi.org/10.1/b", "https://doi.org/10.1/c"],
        "local": "x:y",
        "mag": "7",
    }


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("clocks padua", True),
        ("clock", True),
        ('"clocks of padua"', True),
        ('"padua clocks"', False),
        ("clocks -padua", False),
        ("watches or clocks", True),
        ("byron clocks", True),
        ("watches", False),
    ],
)
def test_words_find_works(paper, typed, is_found):
    assert Paper.objects.filter(works_with(typed)).exists() is is_found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("byron ada", {"Ada Byron"}),
        ("A. Byron", {"Ada Byron", "Anne Byron"}),
        ("Byron", {"Ada Byron", "Anne Byron"}),
        ("byr", set()),
        ("B", {"Ada Byron", "Anne Byron", "Ben Babbage"}),
        ("a b", {"Ada Byron", "Anne Byron"}),
        ("' | '", set()),
        ("", set()),
    ],
)
def test_words_and_initials_find_people(typed, found):
    for name in ("Ada Byron", "Anne Byron", "Ben Babbage"):
        make_author(name)
    assert set(Author.objects.filter(people_called(typed)).values_list("name", flat=True)) == found


def test_the_last_word_of_somebody_still_typing_is_a_beginning():
    make_author("Ada Byron")
    assert Author.objects.filter(people_named(["ada", "byr"], is_open_ended=True)).exists()
    assert not Author.objects.filter(people_named(["ada", "byr"])).exists()
    assert not Author.objects.filter(people_named(["yron"], is_open_ended=True)).exists()


def test_an_address_is_the_models_own():
    for letter, record in (("T", make_topic("Clocks & Watches")), ("A", make_author("王小明")), ("W", make_paper("–"))):
        assert address(letter, record.pk, record.label) == record.get_absolute_url()
    assert (slug_of("Ünïcode & more"), slug_of("–"), len(slug_of("word " * 40))) == ("unicode-more", "-", 79)
