"""A curator's edit becomes a correction; what sources said stays beside it, and comes back when it is withdrawn."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from papers.models import Change, Correction, Paper, PaperSearch, Venue
from tests.factories.record import make_venue


@pytest.fixture
def address(paper) -> str:
    return reverse("admin:papers_paper_change", args=[paper.pk])


def form_of(answer) -> dict[str, str]:
    """What the browser would send back unchanged."""
    form = answer.context["adminform"].form
    values = {name: form[name].value() for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items() if value is not False}


def test_an_edit_is_kept_as_a_correction_and_logged(curating, paper, address, dana):
    sent = form_of(curating.get(address)) | {
        "title": "On the spacing of $n$ pendulums",
        "reason": "A misprint",
    }
    assert curating.post(address, sent).status_code == 302
    shown, kept = Paper.objects.get(), Correction.objects.get()
    assert shown.title == "On the spacing of $n$ pendulums"
    assert "<math" in shown.title_html
    assert shown.field_sources == {"*": "arxiv", "title": "correction"}
    assert (kept.field, kept.by, kept.reason) == ("title", dana, "A misprint")
    assert kept.imported_value["text"] == paper.title
    assert PaperSearch.objects.get().is_stale
    assert Change.objects.filter(kind="paper", object_id=paper.pk).exists()
    assert "A misprint" in LogEntry.objects.get().change_message


def test_an_unchanged_form_corrects_nothing(curating, paper, address):
    before = Paper.objects.values().get()
    curating.post(address, form_of(curating.get(address)))
    assert Paper.objects.values().get() == before
    assert not Correction.objects.exists()


def test_an_edit_of_what_has_changed_meanwhile_is_refused(curating, paper, address):
    sent = form_of(curating.get(address)) | {"comment": "20 pages"}
    Paper.objects.update(language="la", changed_at="2026-11-22T13:00:00Z")
    answer = curating.post(address, sent)
    assert answer.status_code == 200
    assert b"has changed since you opened it" in answer.content
    assert not Correction.objects.exists()
    assert Paper.objects.get().language == "la"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "  "),
        ("title", "<b></b>"),
        ("published", "2022-13"),
        ("published", "20222"),
        ("kind", "poem"),
    ],
)
def test_a_value_that_cannot_be_is_refused_beside_its_field(curating, paper, address, field, value):
    answer = curating.post(address, form_of(curating.get(address)) | {field: value})
    assert answer.status_code == 200
    assert field in answer.context["adminform"].form.errors
    assert not Correction.objects.exists()


def test_what_each_source_said_stands_beside_what_is_shown(curating, paper, address):
    curating.post(address, form_of(curating.get(address)) | {"language": "en"})
    page = curating.get(address)
    rows = {row.name: row for row in page.context["provenance"].fields}
    assert (rows["title"].shown, rows["title"].source, rows["title"].said) == (
        paper.title,
        "arxiv",
        (paper.title,),
    )
    assert (rows["language"].shown, rows["language"].source) == ("en", "correction")
    assert b"arxiv:2205.11789" in page.content


def test_hostile_statements_are_escaped(curating, paper, address):
    statement = paper.statements.get()
    statement.statement = {"title": "</pre><script>alert(1)</script>", "venue": {"name": "<img src=x>"}}
    statement.save()
    page = curating.get(address).content
    assert b"<script>alert" not in page
    assert b"<img src=x>" not in page


def test_a_withdrawn_correction_gives_way_to_what_sources_say(curating, paper, address):
    curating.post(address, form_of(curating.get(address)) | {"published": "2019-02", "license": "cc-by"})
    assert Paper.objects.get().published_precision == "M"
    kept = Correction.objects.get(field="published")
    act = reverse("admin:papers_correction_action_withdraw")
    looked = curating.get(act, {"ids": kept.pk})
    assert Correction.objects.count() == 2
    assert b"2020-05-17" in looked.content
    done = curating.post(act, {"ids": kept.pk, "apply": "1", "looked_at": looked.context["digest"]})
    assert done.status_code == 302
    shown = Paper.objects.get()
    assert (str(shown.published_date), shown.published_precision) == ("2020-05-17", "D")
    assert str(paper.authorships.get().published_date) == "2020-05-17"
    assert Correction.objects.get().field == "license"


@pytest.mark.parametrize("kind", ["author", "institution", "venue", "topic"])
def test_the_name_of_any_record_is_corrected_and_comes_back(curating, record, kind):
    one = record[kind]
    page = reverse(f"admin:papers_{kind}_change", args=[one.pk])
    curating.post(page, form_of(curating.get(page)) | {"name": "Quite Another"})
    one.refresh_from_db()
    assert one.name == "Quite Another"
    answer = curating.get(f"/admin/papers/{kind}/", {"q": "quite another"})
    assert b"Quite Another" in answer.content
    act = reverse(f"admin:papers_{kind}_action_withdraw")
    looked = curating.get(act, {"ids": one.pk})
    curating.post(act, {"ids": one.pk, "apply": "1", "looked_at": looked.context["digest"]})
    before = one.name
    one.refresh_from_db()
    assert one.name != before
    assert not Correction.objects.exists()


def act_on(client, act, papers, **more):
    """Choose in the list, look, and do it; returns the page looked at and the answer."""
    ids = [str(paper.pk) for paper in papers]
    chosen = client.post("/admin/papers/paper/", {"action": act, "_selected_action": ids})
    assert chosen.status_code == 200
    address = reverse(f"admin:papers_paper_action_{act}")
    looked = client.post(address, {"ids": ",".join(ids), "look": "1", **more})
    sent = {"ids": ",".join(ids), "apply": "1", "looked_at": looked.context["digest"], **more}
    return looked, client.post(address, sent, follow=True)


def test_an_act_says_what_it_will_do_before_it_does_it(curating, papers):
    ids = [str(paper.pk) for paper in papers[:3]]
    Paper.objects.filter(pk=papers[0].pk).update(is_retracted=True)
    looked = curating.post("/admin/papers/paper/", {"action": "retract", "_selected_action": ids})
    assert [(row.pk, row.old, row.new) for row in looked.context["rows"]] == [
        (paper.pk, "not retracted", "retracted") for paper in papers[1:3]
    ]
    assert looked.context["left"] == 1
    assert Paper.objects.filter(is_retracted=True).count() == 1
    assert not Correction.objects.exists()


def test_papers_are_marked_as_retracted_and_back(curating, papers):
    _looked, done = act_on(curating, "retract", papers[:3], reason="Fraud")
    assert Paper.objects.filter(is_retracted=True).count() == 3
    assert Correction.objects.filter(field="is_retracted", reason="Fraud").count() == 3
    assert LogEntry.objects.count() == 3
    assert "3 changed" in str(next(iter(done.context["messages"])))
    act_on(curating, "unretract", papers[:3])
    assert not Paper.objects.filter(is_retracted=True).exists()
    assert Correction.objects.filter(field="is_retracted", value=False).count() == 3
    act_on(curating, "withdraw", papers[:3])
    assert not Correction.objects.exists()


def test_the_kind_and_the_venue_of_papers_are_set(curating, papers):
    other = make_venue("Annals of Clocks")
    looked, _done = act_on(curating, "set_venue", papers, venue=str(other.pk))
    assert {(row.old, row.new) for row in looked.context["rows"]} == {("Journal of Pendulums", "Annals of Clocks")}
    act_on(curating, "set_kind", papers[:2], kind="book")
    assert Paper.objects.filter(venue=other).count() == 10
    assert Paper.objects.filter(kind="book").count() == 2
    act_on(curating, "withdraw", papers)
    assert set(Paper.objects.values_list("venue__name", "kind")) == {("Journal of Pendulums", "article")}
    assert Venue.objects.count() == 2


def test_papers_are_indexed_again(curating, papers, bell, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        act_on(curating, "reindex", papers[:4])
    assert PaperSearch.objects.filter(is_stale=True).count() == 4
    assert ("search.index_papers", {}) in bell


def test_an_act_that_was_not_looked_at_is_not_done(curating, papers):
    address = reverse("admin:papers_paper_action_set_kind")
    sent = {"ids": str(papers[0].pk), "apply": "1", "kind": "book", "looked_at": "0" * 32}
    answer = curating.post(address, sent)
    assert b"The preview is out of date" in answer.content
    assert Paper.objects.get(pk=papers[0].pk).kind == "article"
    assert not Correction.objects.exists()


@pytest.mark.parametrize("ids", ["", "x", "1,,2", "1;2", "-1", "9" * 30, ",".join(["1"] * 5_001)])
def test_ids_that_are_none_or_too_many_are_refused(curating, papers, ids):
    answer = curating.post(reverse("admin:papers_paper_action_retract"), {"ids": ids, "apply": "1"})
    assert answer.status_code in (200, 404)
    assert not Correction.objects.exists()
