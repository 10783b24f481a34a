"""A null character, which PostgreSQL cannot hold, in any address and in any form: answered, never a fault."""

import re

import pytest

from claims.models import ClaimEvent
from claims.services.decisions import ask_for_more
from claims.services.open_claim import open_claim
from claims.services.submit import answer_question, submit_claim
from common import clock
from tests.factories.record import make_author, make_paper
from tests.house.access_matrix import MATRIX
from tests.house.sources import ROOT

pytestmark = pytest.mark.django_db

NULL = "\0Ada \0 writes these words, and means every one of them.\0"
_ASKED = re.compile(r"(?:POST|given|data)(?:\.get|\.getlist)?[\[(]\s*\"(\w+)\"")
_FIELD = re.compile(r"^    (\w+) = (?:forms\.)?\w*(?:Field|Line|Text)\(", re.M)


def typed_names() -> set[str]:
    """Every name under which some page reads what was typed."""
    found = {"name", "email", "login", "reason", "words", "note", "q", "code"}
    for path in ROOT.glob("[a-z]*/**/*.py"):
        if path.parts[len(ROOT.parts)] not in {"tests", "node_modules"} and {"views", "forms"} & set(
            path.with_suffix("").parts
        ):
            found |= set(_ASKED.findall(path.read_text())) | set(_FIELD.findall(path.read_text()))
    return found


@pytest.mark.parametrize("who", ["cleo", "dana"])
def test_every_form_answers(client, request, who):
    client.force_login(request.getfixturevalue(who))
    data = dict.fromkeys(typed_names(), NULL)
    for row in MATRIX.values():
        if row.open_to.get("POST") and "logout" not in row.example:
            assert client.post(row.example, data).status_code < 500, row.example


def test_every_address_answers(client, cleo):
    client.force_login(cleo)
    for row in MATRIX.values():
        parts = row.example.strip("/").split("/")
        for place in range(len(parts)):
            path = "/".join([*parts[:place], "%00" + parts[place], *parts[place + 1 :]])
            assert client.get(f"/{path}/").status_code < 500, path
    for path in ("/static/%00", "/static/x%00.css", "/api/v1/works/%00", "/admin/%00/"):
        assert client.get(path, follow=True).status_code == 404, path


def test_a_claims_words_are_taken_without_it(proved_ada, dana):
    author = make_author("Ada Byron")
    make_paper("One", authors=[author])
    now = clock.now()
    claim = open_claim(user=proved_ada, author_id=author.pk, former_name=NULL, explanation=NULL, now=now)
    submit_claim(claim_id=claim.pk, by=proved_ada, explanation=NULL, now=now)
    ask_for_more(claim_id=claim.pk, by=dana, question=NULL, now=now)
    answer_question(claim_id=claim.pk, by=proved_ada, answer=NULL, now=now)
    claim.refresh_from_db()
    assert claim.explanation.startswith("Ada  writes these words")
    assert ClaimEvent.objects.filter(claim=claim, transition="answer").get().reason == claim.explanation
