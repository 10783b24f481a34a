"""The command that writes and loads the demo corpus."""

import io

import pytest
from django.core.management import CommandError, call_command

from papers.models import Author, Paper


@pytest.mark.django_db
def test_the_corpus_is_loaded_and_a_second_run_changes_nothing():
    first, second = io.StringIO(), io.StringIO()
    call_command("make_demo", papers=40, seed=2, stdout=first)
    call_command("make_demo", papers=40, seed=2, stdout=second)
    assert first.getvalue().strip() == "created=40 updated=0 unchanged=0 rejected=0"
    assert second.getvalue().strip() == "created=0 updated=0 unchanged=40 rejected=0"
    assert Paper.objects.count() == 40
    assert Author.objects.filter(name="Leonor Vasconcelos").count() == 1


def test_the_file_alone_can_be_written(tmp_path):
    path = tmp_path / "demo.jsonl"
    call_command("make_demo", papers=25, output=path, no_import=True)
    assert len(path.read_bytes().splitlines()) == 25


def test_too_few_papers_are_refused_with_a_sentence():
    with pytest.raises(CommandError, match="at least 10 papers"):
        call_command("make_demo", papers=3)
