"""Institutions, venues, topics and authors from files of their own: one row each, however often and by whom they are named."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from harvest.domain.raw_records import Source
from harvest.models import ImportRun
from harvest.services.importing import import_files
from harvest.sources import OPENALEX, RECORDS, ROR
from papers.models import (
    Author,
    AuthorAffiliation,
    Correction,
    EntityStatement,
    Institution,
    InstitutionRelation,
    RecordKind,
    Topic,
    Venue,
)
from papers.services.author_revisions import merge_authors
from papers.services.corrections import correct_field

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 1, tzinfo=UTC)
LATER = datetime(2026, 6, 1, tzinfo=UTC)
OXFORD, CLARENDON, KENT = "052gg0110", "03yrm5c26", "00390t168"
ORCID = "0000-0002-1825-0097"


@pytest.fixture
def load(tmp_path: Path):
    def load(source: Source, *objects: dict[str, Any], at: datetime = NOW) -> ImportRun:
        path = tmp_path / "objects.jsonl"
        path.write_bytes(b"\n".join(map(orjson.dumps, objects)) + b"\n")
        return import_files(source=source, paths=[path], clock=lambda: at)

    return load


def counts(run: ImportRun) -> tuple[int, int, int, int]:
    return run.created_count, run.updated_count, run.unchanged_count, run.rejected_count


def organisation(ror: str, name: str, **more: Any) -> dict[str, Any]:
    """An organisation as ROR's second schema has it."""
    label = {"value": name, "types": ["ror_display", "label"], "lang": "en"}
    return {"id": f"https://ror.org/{ror}", "names": [label], "types": ["education"], "status": "active", **more}


def openalex(number: str, name: str, **more: Any) -> dict[str, Any]:
    return {"id": f"https://openalex.org/{number}", "display_name": name, **more}


def names_of(institution: Institution) -> set[str]:
    return set(institution.names.values_list("name", flat=True))


def test_a_register_read_again_changes_nothing(load):
    objects = [organisation(OXFORD, "University of Oxford"), organisation(KENT, "University of Kent")]
    assert counts(load(ROR, *objects)) == (2, 0, 0, 0)
    stored = list(Institution.objects.order_by("pk").values())
    assert counts(load(ROR, *objects, at=LATER)) == (0, 0, 2, 0)
    assert list(Institution.objects.order_by("pk").values()) == stored


def test_a_renamed_institution_keeps_its_address_and_is_found_by_both_names(load):
    load(ROR, organisation(KENT, "University of Kent at Canterbury", established=1965))
    before = Institution.objects.get()
    assert counts(load(ROR, organisation(KENT, "University of Kent"), at=LATER)) == (0, 1, 0, 0)
    after = Institution.objects.get()
    assert (after.public_id, after.name) == (before.public_id, "University of Kent")
    assert after.established_year == 1965, "what the register leaves out now is kept"
    assert names_of(after) == {"University of Kent at Canterbury", "University of Kent"}


def test_an_institution_of_two_registers_is_one_by_its_ror_id(load):
    load(ROR, organisation(OXFORD, "University of Oxford"))
    load(OPENALEX, openalex("I40120149", "University of Oxford", ror=f"https://ror.org/{OXFORD}", country_code="gb"))
    oxford = Institution.objects.get()
    assert oxford.country_code == "GB"
    assert set(oxford.identifiers.values_list("scheme", "value")) == {("ror", OXFORD), ("openalex", "I40120149")}
    assert EntityStatement.objects.filter(object_id=oxford.pk).count() == 2


def test_a_hospital_that_shares_its_universitys_grid_id_stays_an_institution_of_its_own(load):
    shared = {"external_ids": [{"type": "grid", "preferred": "grid.4991.5", "all": ["grid.4991.5"]}]}
    load(ROR, organisation(OXFORD, "University of Oxford", **shared))
    load(ROR, organisation(KENT, "John Radcliffe Hospital", **shared))
    assert set(Institution.objects.values_list("name", flat=True)) == {
        "University of Oxford",
        "John Radcliffe Hospital",
    }


def test_institutions_of_one_name_are_as_many_as_have_ids(load):
    load(ROR, organisation(OXFORD, "Northeastern University"), organisation(KENT, "Northeastern University"))
    assert Institution.objects.count() == 2


@pytest.mark.parametrize("parent_first", [True, False])
def test_the_tree_of_institutions_is_the_same_whichever_of_the_two_states_it(load, parent_first):
    parent = organisation(
        OXFORD, "University of Oxford", relationships=[{"type": "child", "id": f"https://ror.org/{CLARENDON}"}]
    )
    child = organisation(
        CLARENDON, "Clarendon Laboratory", relationships=[{"type": "parent", "id": f"https://ror.org/{OXFORD}"}]
    )
    for one in (parent, child) if parent_first else (child, parent):
        load(ROR, one)
    edge = InstitutionRelation.objects.get()
    assert (edge.parent.name, edge.child.name) == ("University of Oxford", "Clarendon Laboratory")


def test_a_parent_that_is_not_here_gives_no_edge_until_it_comes(load):
    related = [{"type": "parent", "id": f"https://ror.org/{OXFORD}"}]
    load(ROR, organisation(CLARENDON, "Clarendon Laboratory", relationships=related))
    assert not InstitutionRelation.objects.exists()
    load(ROR, organisation(OXFORD, "University of Oxford"))
    assert InstitutionRelation.objects.get().parent.name == "University of Oxford"


def test_a_corrected_field_outlives_the_register_whose_value_is_kept_beside_it(load, dana):
    load(ROR, organisation(KENT, "University of Kent"))
    kent = Institution.objects.get()
    correct_field(
        kind=RecordKind.INSTITUTION, object_ids=[kent.pk], field="name", value="Kent", reason="", by=dana, now=NOW
    )
    load(ROR, organisation(KENT, "The University of Kent", established=1965), at=LATER)
    kent.refresh_from_db()
    assert (kent.name, kent.established_year) == ("Kent", 1965)
    assert Correction.objects.get().imported_value == "The University of Kent"


def work(number: int, **more: Any) -> dict[str, Any]:
    return {
        "ids": {"local": f"w{number}"},
        "title": f"On {number} pendulums and their spacing",
        "published": "2020",
        **more,
    }


def test_a_venue_that_works_named_is_the_registers_by_its_name(load):
    load(RECORDS, work(1, authors=["Ada Byron"], venue={"name": "Annals of Clocks"}))
    load(
        OPENALEX, openalex("S7", "Annals of Clocks", type="journal", issn=["1751-1577"], host_organization_name="Tick")
    )
    venue = Venue.objects.get()
    assert (venue.kind, venue.publisher) == ("journal", "Tick")
    load(RECORDS, work(2, authors=["Ada Byron"], venue={"name": "Ann. Clocks", "issn": "1751-1577"}))
    assert Venue.objects.count() == 1


def test_two_journals_of_one_name_stay_two_by_their_issns(load):
    load(OPENALEX, openalex("S7", "Clocks", type="journal", issn=["1751-1577"]))
    load(OPENALEX, openalex("S8", "Clocks", type="journal", issn=["1875-5879"]))
    assert Venue.objects.count() == 2


def test_what_a_register_says_a_venue_is_stands_against_works_that_call_it_otherwise(load):
    load(OPENALEX, openalex("S7", "Clockwork", type="repository"))
    load(RECORDS, work(1, authors=["Ada Byron"], venue={"name": "Clockwork", "type": "journal"}))
    assert Venue.objects.get().kind == "repository"


def test_a_topic_that_works_named_gets_its_description_and_field_from_its_own_record(load):
    load(RECORDS, work(1, authors=["Ada Byron"], topics=["Pendulum dynamics"]))
    load(
        OPENALEX, openalex("T10", "Pendulum Dynamics", description="How they swing.", field={"display_name": "Physics"})
    )
    topic = Topic.objects.get()
    assert (topic.description, topic.field_name) == ("How they swing.", "Physics")
    assert topic.identifiers.get().value == "T10"


def author(number: str, name: str, *institutions: tuple[str, str], **more: Any) -> dict[str, Any]:
    known = [{"id": f"https://openalex.org/{one}", "display_name": label} for one, label in institutions]
    return openalex(number, name, last_known_institutions=known, **more)


def test_an_author_of_a_register_is_the_one_whom_works_name_by_the_same_orcid_id(load):
    load(RECORDS, work(1, authors=[{"name": "Ada Byron", "ids": {"orcid": ORCID}}]))
    run = load(OPENALEX, author("A1", "Augusta Ada Byron", orcid=ORCID, display_name_alternatives=["A. A. King"]))
    assert counts(run) == (0, 1, 0, 0)
    ada = Author.objects.get()
    assert {"king", "byron", "augusta"} <= set(ada.search_text.split())
    assert set(ada.names.values_list("name", flat=True)) >= {"Augusta Ada Byron", "A. A. King"}


def test_an_author_nobody_named_yet_is_made_and_known_by_works_afterwards(load):
    assert counts(load(OPENALEX, author("A1", "Ada Byron", orcid=ORCID))) == (1, 0, 0, 0)
    load(RECORDS, work(1, authors=[{"name": "A. Byron", "ids": {"orcid": ORCID}}]))
    assert Author.objects.get().authorships.count() == 1


def test_an_authors_latest_institution_is_the_one_that_the_source_names_now(load):
    load(OPENALEX, openalex("I1", "University of Kent"), openalex("I2", "University of Oxford"))
    load(OPENALEX, author("A1", "Ada Byron", ("I1", "University of Kent")))
    load(OPENALEX, author("A1", "Ada Byron", ("I2", "University of Oxford")), at=LATER)
    stated = AuthorAffiliation.objects.order_by("position").values_list("position", "institution__name")
    assert list(stated) == [(1, "University of Oxford"), (2, "University of Kent")]


def test_an_institution_that_is_not_here_is_left_out_of_an_authors_affiliations(load):
    load(OPENALEX, openalex("I1", "University of Kent"))
    load(OPENALEX, author("A1", "Ada Byron", ("I9", "Nowhere"), ("I1", "University of Kent"), ("I1", "Kent")))
    assert AuthorAffiliation.objects.get().institution.name == "University of Kent"


def test_a_private_name_is_not_made_searchable_by_a_register(load):
    load(OPENALEX, author("A1", "Ada Byron"))
    Author.objects.update(has_private_names=True, search_text="ada")
    load(OPENALEX, author("A1", "Ada Byron", display_name_alternatives=["Oldname Byron"]), at=LATER)
    assert Author.objects.get().search_text == "ada"


def test_names_that_came_with_a_merged_author_stay_searchable(load, dana):
    load(OPENALEX, author("A1", "Ada Byron"), author("A2", "Augusta King"))
    ada, augusta = Author.objects.get(name="Ada Byron"), Author.objects.get(name="Augusta King")
    merge_authors(merge_target_id=ada.pk, merged_ids=[augusta.pk], by=dana, reason="", now=NOW)
    load(OPENALEX, author("A1", "Ada Byron", display_name_alternatives=["A. Byron"]), at=LATER)
    assert {"ada", "byron", "augusta", "king"} <= set(Author.objects.get(pk=ada.pk).search_text.split())
