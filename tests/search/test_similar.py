"""Similar works: near in meaning, and of these the ones that share words and works come first."""

from datetime import date

import pytest

from common import hooks
from metrics.models import PaperVector
from metrics.models.papers import DIMENSION
from papers.models import Paper, PaperSearch
from search.selectors.similar import similar_works
from search.services.indexing import index_waiting_papers
from tests.factories.library import cite, make_paper

pytestmark = pytest.mark.django_db


def near(title: str, likeness: float = 0.9, **more) -> Paper:
    """A paper whose cosine with one of likeness 1 is `likeness`."""
    paper = make_paper(title, **more)
    vector = [likeness, (1 - likeness**2) ** 0.5] + [0.0] * (DIMENSION - 2)
    PaperVector.objects.create(paper=paper, model="m", digest=1, vector=vector)
    PaperSearch.objects.update_or_create(paper=paper, defaults={"is_stale": True})
    return paper


def test_words_that_are_shared_count_beside_the_vectors():
    this = near("Condensation of neurons", 1.0)
    others = [near(f"Something else {number}", 0.91) for number in range(3)]
    same = near("Neurons and their condensation", 0.9)
    index_waiting_papers()
    found = similar_works(this.pk)
    assert found[0] == same.pk
    assert set(found[1:]) == {other.pk for other in others}


def test_works_that_cite_the_same_or_are_cited_together_come_first():
    this, plain, coupled, together = (near(f"Paper {name}") for name in ("x", "a", "b", "c"))
    index_waiting_papers()
    cited, citing = make_paper("Cited"), make_paper("Citing")
    cite(this, cited)
    cite(coupled, cited)
    cite(citing, this)
    cite(citing, together)
    assert similar_works(this.pk) == [coupled.pk, together.pk, plain.pk]


def test_a_work_without_a_vector_has_none_and_a_merged_one_is_none():
    this, other = near("Paper x"), near("Paper y")
    assert similar_works(make_paper("No abstract").pk) == []
    assert similar_works(this.pk) == [other.pk]
    Paper.objects.filter(pk=other.pk).update(merged_into=make_paper("Kept"))
    assert similar_works(this.pk) == []


def test_the_page_of_a_work_asks_by_the_hook():
    this, other = near("Paper x"), near("Paper y")
    assert dict(hooks.on_similar_works_asked.answers(this.pk)) == {"search": [other.pk]}


def test_the_whole_list_is_a_page_that_can_be_sorted_by_newest(client):
    this = near("Paper x", published=date(2020, 1, 1))
    old, new = near("Paper old", 0.99, published=date(1999, 1, 1)), near("Paper new", 0.5, published=date(2022, 1, 1))
    url = f"{this.get_absolute_url()}similar/"
    assert [card.id for card in client.get(url).context["cards"]] == [old.pk, new.pk]
    newest = client.get(f"{url}?sort=newest")
    assert [card.id for card in newest.context["cards"]] == [new.pk, old.pk]
    assert f'href="{url}"' in client.get(this.get_absolute_url()).content.decode()
    assert client.get(f"/papers/{this.public_id}/other/similar/")["Location"] == url
    assert "No similar works found" in client.get(f"{make_paper().get_absolute_url()}similar/").content.decode()
