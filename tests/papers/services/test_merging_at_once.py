"""Two curators at one moment: one legal state, and a sentence for the one who came second."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connections

from papers.models import Author, Authorship, RecordRevision
from papers.services.author_revisions import RevisionRefused, merge_authors
from papers.services.undoing import undo_revision
from tests.conftest import person
from tests.factories.record import make_author, make_paper

pytestmark = pytest.mark.django_db(transaction=True)

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def at_once(*calls) -> list[object]:
    """What each call returned or was refused with; all begin together."""
    gate, answers = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place, call):
        gate.wait()
        try:
            answers[place] = call()
        except RevisionRefused as refusal:
            answers[place] = str(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def test_two_merges_against_each_other_leave_one_legal_state(db):
    dana = person("dana@example.org", "Dana Whewell")
    one, two = make_author("Wei Zhang"), make_author("W. Zhang")
    for author in (one, two):
        make_paper(f"Of {author.name}", authors=[author])

    def merge(merge_target, merged):
        return merge_authors(merge_target_id=merge_target.pk, merged_ids=[merged.pk], by=dana, reason="", now=NOW)

    answers = at_once(*[lambda: merge(one, two), lambda: merge(two, one)] * 2)
    assert sum(isinstance(answer, RecordRevision) for answer in answers) == 1
    assert all("already" in answer for answer in answers if isinstance(answer, str))
    act = RecordRevision.objects.get()
    assert Author.objects.filter(merged_into=None).get() == act.author
    assert set(Authorship.objects.values_list("author", flat=True)) == {act.author_id}

    answers = at_once(*[lambda: undo_revision(revision_id=act.pk, by=dana, now=NOW)] * 3)
    assert sum(isinstance(answer, RecordRevision) for answer in answers) == 1
    assert Author.objects.filter(merged_into=None).count() == 2
    assert Authorship.objects.get(paper__title="Of Wei Zhang").author == one
