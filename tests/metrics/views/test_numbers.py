"""How the numbers work, for whoever asks."""

import pytest
from django.core.cache import cache

from metrics.formulas import FORMULAS
from metrics.models import PaperMetrics
from metrics.presenters import coverage as coverage_module
from metrics.presenters.formula_pages import described_formulas, rendered
from tests.factories.library import make_author, make_category, make_paper
from tests.metrics.refreshed import refresh_everything

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _counted_anew():
    cache.clear()
    yield
    cache.clear()


def test_every_formula_is_listed_with_its_version(client):
    html = client.get("/numbers/").content.decode()
    for formula in FORMULAS.values():
        assert f"<code>{formula.identifier}</code>" in html
        assert f'href="/numbers/{formula.name}/"' in html
    assert "<code>ai_score@1</code>" in html
    assert "There has been no full refresh yet." in html


def test_the_list_says_of_how_many_a_number_is_known_and_why_not_of_the_others(client):
    ada = make_author()
    ben = make_author("Ben Babbage")
    make_author("Nobody Yet")
    for number in range(3):
        make_paper(f"Work {number}", by=[ada], category=make_category())
    make_paper("Nobody counts this", by=[ben]).reported_citations.all().delete()
    refresh_everything()
    response = client.get("/numbers/")
    html = " ".join(response.content.decode().split())
    assert "1 of 3 authors" in html
    assert "no work on the record" in html
    assert "citations are known for fewer than half of the works" in html
    assert "The paper has no abstract in the record." in html
    assert "Last full refresh: Nov 22, 2026" in html
    reach = coverage_module.coverage()["novelty"]
    assert (reach.known, reach.unknown, reach.total) == (0, 4, 4)
    assert sum(number for _why, number in reach.reasons) == 4
    reach = coverage_module.coverage()["h_index"]
    assert (reach.known, reach.total, [number for _why, number in reach.reasons]) == (1, 3, [1, 1])


def test_a_share_is_never_rounded_up_to_all(client):
    for number in range(300):
        make_author(f"Given{number} Family{number}")
    make_paper(by=[make_author("The One")])
    refresh_everything()
    assert int(coverage_module.coverage()["h_index"].share) == 0
    assert "<b>100%</b>" in client.get("/numbers/trust/").content.decode()


def test_a_large_table_is_sampled_and_says_so(client, monkeypatch):
    make_paper(by=[make_author()])
    refresh_everything()
    monkeypatch.setattr(coverage_module, "COUNTED_EXACTLY", -1)
    monkeypatch.setattr(coverage_module, "SAMPLED", 10**9)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(coverage_module, "_rows_in", lambda table: 10**7)
        found = coverage_module.coverage()
    assert not found["h_index"].is_exact
    assert found["h_index"].total == 10**7
    assert "about " in client.get("/numbers/").content.decode()


@pytest.mark.parametrize("name", sorted(described_formulas()))
def test_every_formula_has_a_page_with_its_worked_table(client, name):
    html = client.get(f"/numbers/{name}/").content.decode()
    for part in (
        "Definition",
        "Worked examples",
        "What feeds it",
        "When it is unknown",
        "What it does not say",
    ):
        assert f">{part}</h2>" in html, part
    assert '<table class="table">' in html


def test_an_unknown_formula_is_not_found_and_nothing_can_be_written(client, cleo):
    client.force_login(cleo)
    assert client.get("/numbers/charm/").status_code == 404
    assert client.get("/numbers/README/").status_code == 404
    assert client.post("/numbers/h_index/").status_code == 405
    assert PaperMetrics.objects.count() == 0


def test_what_the_documentation_holds_is_sanitised():
    html = rendered(
        "<script>alert(1)</script> [a](javascript:alert(1)) ![x](https://e.org/x.png) **b**\n\n<b onclick=x>"
    )
    assert "<script" not in html
    assert "javascript:" not in html.replace("[a](javascript", "")
    assert "<img" not in html
    assert "onclick=x>" not in html
    assert "<strong>b</strong>" in html
