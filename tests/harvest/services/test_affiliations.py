"""Which institutions and topics a work's record leads to, by id and by name, and which it makes."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from harvest.services.importing import import_files
from harvest.sources import ROR
from papers.models import AuthorshipInstitution, Category, Institution, Paper, Topic

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 1, tzinfo=UTC)
OXFORD, CLARENDON, KENT = "052gg0110", "03yrm5c26", "00390t168"


@pytest.fixture
def register(tmp_path: Path):
    def register(**institutions: list[str]) -> None:
        """Institutions by ROR id: the name, then other names; one in capitals is an acronym."""
        objects = [
            {
                "id": f"https://ror.org/{ror}",
                "names": [{"value": names[0], "types": ["ror_display", "label"]}]
                + [{"value": one, "types": ["acronym" if one.isupper() else "alias"]} for one in names[1:]],
            }
            for ror, names in institutions.items()
        ]
        path = tmp_path / "ror.jsonl"
        path.write_bytes(b"\n".join(map(orjson.dumps, objects)))
        import_files(source=ROR, paths=[path], clock=lambda: NOW)

    return register


def work(number: int = 1, *affiliations: object, **more: Any) -> dict[str, Any]:
    return {
        "ids": {"local": f"w{number}"},
        "title": f"On {number} pendulums and their spacing",
        "published": "2020",
        "authors": [{"name": "Ada Byron", "affiliations": list(affiliations)}],
        **more,
    }


def led_to(number: int = 1) -> list[str]:
    rows = AuthorshipInstitution.objects.filter(paper__identifiers__value=f"w{number}")
    return sorted(rows.values_list("institution__name", flat=True))


@pytest.mark.parametrize(
    "stated",
    [
        "University of Oxford",
        "UNIVERSITY OF OXFORD.",
        "Department of Physics, University of Oxford, Oxford, UK",
        "Oxford University",
        {"name": "Clarendon Lab", "ror": f"https://ror.org/{OXFORD}"},
    ],
)
def test_an_affiliation_leads_to_its_institution_by_id_or_name_or_a_part_of_the_line(register, load, stated):
    register(**{OXFORD: ["University of Oxford", "Oxford University"]})
    load(work(1, stated))
    assert led_to() == ["University of Oxford"]


def test_a_name_of_two_institutions_leads_to_neither(register, load):
    register(**{OXFORD: ["Northeastern University"], KENT: ["Northeastern University"]})
    load(work(1, "Northeastern University"))
    assert (led_to(), Institution.objects.count()) == ([], 2)


def test_an_acronym_leads_nowhere_since_many_share_it(register, load):
    register(**{KENT: ["Ural Federal University", "URALFU"]})
    load(work(1, "URALFU"))
    assert led_to() == []


def test_a_name_that_no_register_has_makes_no_institution(load):
    load(work(1, "Institute of Nowhere in Particular"))
    assert (led_to(), Institution.objects.exists()) == ([], False)


def test_an_id_that_no_register_has_makes_its_institution_once(load):
    load(work(1, {"name": "University of Kent", "ror": KENT}), work(2, {"name": "Univ. Kent", "ror": KENT}))
    load(work(3, {"name": "Kent", "ror": KENT}))
    assert Institution.objects.count() == 1
    assert led_to(1) == led_to(2) == led_to(3)


@pytest.mark.parametrize("together", [True, False])
def test_two_institutions_of_one_name_stay_two_by_their_ids(load, together):
    works = [
        work(1, {"name": "St Mary's Hospital", "ror": OXFORD}),
        work(2, {"name": "St Mary's Hospital", "ror": KENT}),
    ]
    for batch in [works] if together else [[one] for one in works]:
        load(*batch)
    assert sorted(Institution.objects.values_list("identifiers__value", flat=True)) == sorted([OXFORD, KENT])
    assert Institution.objects.count() == 2


def test_an_institution_of_one_register_takes_the_id_that_another_has_for_its_name(register, load):
    register(**{KENT: ["University of Kent"]})
    load(work(1, {"name": "University of Kent", "openalex": "I20"}))
    kent = Institution.objects.get()
    assert set(kent.identifiers.values_list("scheme", flat=True)) == {"ror", "openalex"}


def test_one_institution_named_twice_by_an_author_is_one_affiliation(register, load):
    register(**{OXFORD: ["University of Oxford"]})
    load(work(1, "University of Oxford", "Department of Physics, University of Oxford"))
    assert led_to() == ["University of Oxford"]


def test_affiliations_follow_the_institution_that_theirs_was_merged_into(register, load):
    register(**{OXFORD: ["University of Oxford"], KENT: ["Clarendon Laboratory"]})
    oxford, clarendon = (
        Institution.objects.get(name=name) for name in ("University of Oxford", "Clarendon Laboratory")
    )
    Institution.objects.filter(pk=clarendon.pk).update(merged_into=oxford)
    load(work(1, {"name": "Clarendon Laboratory", "ror": KENT}))
    assert led_to() == ["University of Oxford"]


def test_a_changed_record_has_its_present_affiliations_alone(register, load):
    register(**{OXFORD: ["University of Oxford"], KENT: ["University of Kent"]})
    load(work(1, "University of Oxford"))
    load(work(1, "University of Kent"))
    assert led_to() == ["University of Kent"]


def test_a_new_category_has_its_name_and_topic_page_at_once(load):
    load(work(1, categories=["cs.LG"]), work(2, categories=["cs.LG", "stat.ML"]))
    learning = Category.objects.get(code="cs.LG")
    assert learning.name == "Machine Learning"
    assert Topic.objects.get(category=learning).name == "Machine Learning"
    assert Paper.objects.get(identifiers__value="w2").primary_category == learning


def test_a_code_that_no_list_has_is_its_own_name(load):
    load(work(1, categories=[{"scheme": "house", "code": "Z99"}]))
    assert (Category.objects.get().name, Topic.objects.get().name) == ("", "Z99")


def test_topics_are_one_by_openalex_id_or_else_by_name(load):
    load(work(1, topics=[{"name": "Clock Networks", "openalex": "T10"}, "Clock networks"]))
    load(work(2, topics=[{"name": "Networks of Clocks", "openalex": "T10"}]), work(3, topics=["CLOCK NETWORKS"]))
    topic = Topic.objects.get()
    assert topic.name == "Clock Networks"
    assert topic.paper_topics.count() == 3
