"""The log is only ever added to: not even the role that the application connects as can change it."""

import re
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.checks import run_checks
from django.db import DatabaseError, ProgrammingError, connection, transaction

from accounts.services.erasure import DELETED, anonymise_admin_log, begin_erasure
from claims.models import ClaimEvent, Evidence
from collaborations.models import ModerationAction
from devstack.embedded.folders import APP
from papers.models import BylineDecision, Correction, LogScrub, RecordKind, RecordRevision
from papers.services.author_revisions import merge_authors
from papers.services.bylines import disown_byline, withdraw_decision
from papers.services.corrections import correct_field, withdraw_corrections
from papers.services.undoing import undo_revision
from portal.roles import OTHER_LOGS, changeable_log_tables, log_tables, open_to
from profiles.services.user_data import erase_account
from tests.factories.owners import make_owner
from tests.factories.record import make_author, make_paper

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 1, tzinfo=UTC)
BylineDecisionLog = BylineDecision.log.rel.related_model
CorrectionLog = Correction.log.rel.related_model
RecordRevisionLog = RecordRevision.log.rel.related_model


def run(statement: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, params)


@pytest.fixture
def paper():
    return make_paper("Lattices", authors=[make_author("Wei Zhang", name_slot="wei zhang"), make_author("Ben Babbage")])


@pytest.fixture
def as_app(db):
    """Connected as the application's role, with the rights that a migration gives it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE ROLE {APP} LOGIN")
        open_to(APP)
        cursor.execute(f"SET LOCAL ROLE {APP}")
        yield
        cursor.execute("RESET ROLE")


def test_every_act_of_a_person_is_in_the_log_with_who_did_it(paper, ada, dana):
    wei, ben = (row.author for row in paper.authorships.order_by("position"))
    word = disown_byline(author_id=wei.pk, paper_id=paper.pk, by=ada, reason="a namesake", now=NOW)
    withdraw_decision(decision_id=word.pk, by=dana, now=NOW)
    said = BylineDecisionLog.objects.order_by("pgh_id").values_list("pgh_label", "by", "withdrawn_by", "reason")
    assert list(said) == [("insert", ada.pk, None, "a namesake"), ("update", ada.pk, dana.pk, "a namesake")]

    act = merge_authors(merge_target_id=wei.pk, merged_ids=[ben.pk], by=dana, reason="", now=NOW)
    undo_revision(revision_id=act.pk, by=dana, now=NOW)
    assert list(RecordRevisionLog.objects.order_by("pgh_id").values_list("pgh_label", "undone_by")) == [
        ("insert", None),
        ("update", dana.pk),
    ]

    correct_field(kind=RecordKind.PAPER, object_ids=[paper.pk], field="kind", value="book", reason="", by=dana, now=NOW)
    withdraw_corrections(correction_ids=[Correction.objects.get().pk], now=NOW, by=ada)
    gone = CorrectionLog.objects.get(pgh_label="delete")
    assert (gone.by_id, gone.pgh_context) == (dana.pk, {"by": ada.pk})


def test_the_applications_role_writes_the_log_and_cannot_change_it(paper, ada, as_app):
    author = paper.authorships.get(position=1).author
    disown_byline(author_id=author.pk, paper_id=paper.pk, by=ada, reason="mine", now=NOW)
    assert BylineDecisionLog.objects.count() == 1
    assert len(log_tables()) >= 3
    for table in log_tables():
        for statement in (
            f"UPDATE {table} SET pgh_label = 'x'",
            f"DELETE FROM {table}",
            f"TRUNCATE {table}",
            f"ALTER TABLE {table} DISABLE TRIGGER ALL",
            f"DROP TABLE {table}",
        ):
            with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
                run(statement)
    for statement in (
        "DROP TRIGGER pgtrigger_append_only_db0b3 ON papers_bylinedecisionlog",
        "INSERT INTO papers_logscrub (person_id, reason, rows, at) VALUES (1, '', 0, now())",
        "CREATE TABLE mine (word text)",
        "DELETE FROM django_migrations",
    ):
        with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
            run(statement)
    assert BylineDecisionLog.objects.get().pgh_label == "insert"


def test_the_owner_is_kept_from_changing_the_log_by_accident(paper, ada):
    author = paper.authorships.get(position=1).author
    disown_byline(author_id=author.pk, paper_id=paper.pk, by=ada, reason="mine", now=NOW)
    for statement in (
        "UPDATE papers_bylinedecisionlog SET reason = ''",
        "DELETE FROM papers_bylinedecisionlog",
    ):
        with pytest.raises(DatabaseError, match="Cannot update or delete"):
            run(statement)
    assert BylineDecisionLog.objects.get().reason == "mine"


def test_a_deleted_person_is_taken_out_of_the_log_and_that_is_noted(paper, ada, dana, as_app):
    author = paper.authorships.get(position=1).author
    word = disown_byline(author_id=author.pk, paper_id=paper.pk, by=ada, reason="my rival", now=NOW)
    withdraw_decision(decision_id=word.pk, by=dana, now=NOW)
    person_id = ada.pk
    with pytest.raises(ProgrammingError, match="permission denied"):
        run("SELECT portal_forget_in_log(%s, 'to hide it')", dana.pk)
    ada.delete()
    rows = BylineDecisionLog.objects.order_by("pgh_id").values_list("by", "withdrawn_by", "reason")
    assert set(rows[:2]) == {(None, None, ""), (None, dana.pk, "")}
    assert LogScrub.objects.values_list("person_id", "reason").get() == (person_id, "the account was deleted")
    with pytest.raises(ProgrammingError, match="permission denied"):
        run("UPDATE papers_bylinedecisionlog SET reason = ''")


def test_even_the_owner_forgets_nobody_whose_account_is_there(ada):
    with pytest.raises(DatabaseError, match="account is gone"):
        run("SELECT portal_forget_in_log(%s, 'to hide it')", ada.pk)
    assert not LogScrub.objects.exists()


def test_a_check_warns_where_one_role_does_everything(as_app):
    assert changeable_log_tables() == []
    run("RESET ROLE")
    assert "papers_recordrevisionlog" in changeable_log_tables()
    found = run_checks(tags=["database"], databases=["default"])
    assert "portal.W046" in {problem.id for problem in found}


@pytest.fixture
def entry(dana) -> LogEntry:
    """A line in the log of the admin, of something that Dana did."""
    (made,) = LogEntry.objects.log_actions(dana.pk, [dana], CHANGE, change_message="Merged", single_object=False) or [
        LogEntry.objects.get()
    ]
    return made


@pytest.fixture
def all_logs(entry, ada, dana) -> list[str]:
    """Every log that is no pghistory table, each with a row."""
    claim = make_owner(ada, make_author("Ada Byron"))
    Evidence.objects.create(claim=claim, kind="vouch", subject="x", is_passed=True, weight=20, checked_at=NOW)
    ClaimEvent.objects.get_or_create(claim=claim, transition="approve", at=NOW, by=dana)
    ModerationAction.objects.create(about_id=ada.pk, by_id=dana.pk, kind="warn", reason="x", made_at=NOW)
    LogScrub.objects.create(person_id=0, reason="x", rows=0, at=NOW)
    return [model._meta.db_table for model in (LogEntry, Evidence, ClaimEvent, ModerationAction, LogScrub)]


# The column that somebody would change to hide what was done.
TELLING = {
    "django_admin_log": "change_message = 'x'",
    "claims_evidence": "weight = 0",
    "claims_claimevent": "transition = 'x'",
    "collaborations_moderationaction": "reason = 'x'",
    "papers_logscrub": "reason = 'x'",
}


def test_every_log_is_only_added_to_by_the_applications_role(all_logs, as_app):
    for table in all_logs:
        for statement in (
            f"UPDATE {table} SET {TELLING[table]}",
            f"DELETE FROM {table}",
            f"TRUNCATE {table}",
            f"ALTER TABLE {table} DISABLE TRIGGER ALL",
            # A setting that a connection makes for itself opens nothing.
            f"SET LOCAL colophon.forgetting = 'on'; DELETE FROM {table}",
            f"SELECT set_config('colophon.forgetting', 'on', true); UPDATE {table} SET {TELLING[table]}",
            f"SELECT set_config('pgtrigger.ignore', '{{all}}', true); DELETE FROM {table}",
        ):
            with pytest.raises(DatabaseError, match=r"permission denied|must be owner|never changed"):
                run(statement)


def test_no_log_is_changed_by_accident_by_the_owner_either(all_logs):
    for table in set(all_logs) - {"papers_logscrub"}:
        for statement in (f"UPDATE {table} SET {TELLING[table]}", f"DELETE FROM {table}"):
            with pytest.raises(DatabaseError, match="never changed"):
                run(statement)


def test_an_erasure_that_deletes_no_account_cannot_be_committed(all_logs, entry, dana, as_app):
    def hide() -> None:
        begin_erasure(user=dana)
        anonymise_admin_log(user=dana)
        run("SET CONSTRAINTS portal_erased_account_is_gone IMMEDIATE")  # as a commit does

    with pytest.raises(DatabaseError, match="account is gone"), transaction.atomic():
        hide()
    assert LogEntry.objects.get(pk=entry.pk).user == dana


def test_no_erasure_takes_a_line_of_the_admin_away_or_rewrites_it(entry, dana, as_app):
    """Who deletes their account leaves what they did to others, said of nobody; before, the lines went with it."""
    with transaction.atomic():
        begin_erasure(user=dana)
        for statement in (
            "DELETE FROM django_admin_log",
            "UPDATE django_admin_log SET change_message = ''",
            "UPDATE django_admin_log SET user_id = user_id, object_repr = 'x'",
        ):
            with pytest.raises(DatabaseError, match="never changed"):
                run(statement)
        transaction.set_rollback(True)


@pytest.mark.parametrize("of_whom", ["an author", "their own account"])
def test_who_deletes_their_account_leaves_their_lines_to_nobody(of_whom, dana, as_app):
    thing = dana if of_whom == "their own account" else make_author("Wei Zhang")
    LogEntry.objects.log_actions(dana.pk, [thing], CHANGE, change_message="Merged")
    erase_account(user=dana, now=NOW)
    line = LogEntry.objects.get()
    said = ("", "") if thing is dana else ("Wei Zhang", "Merged")
    assert (line.object_repr, line.change_message) == said
    assert (line.user.email, line.user.is_active, line.user.has_usable_password()) == (DELETED, False, False)


def test_an_erasure_opens_the_rows_of_that_person_alone(all_logs, entry, cleo, as_app):
    begin_erasure(user=cleo)
    for table in set(all_logs) - {"papers_logscrub"}:
        with pytest.raises(DatabaseError, match=r"never changed|permission denied"):
            run(f"DELETE FROM {table}")
    cleo.delete()
    assert LogEntry.objects.filter(pk=entry.pk).exists()


def test_every_table_that_is_called_a_log_or_act_of_people_is_guarded():
    """A new log is named in portal.roles or guarded by a trigger; what tells of acts by its model's name is one."""
    kept = {*log_tables(), *OTHER_LOGS, "papers_logscrub", "claims_evidence", "claims_claimevent"}
    # A merge is undone on its own row, which its log follows; an event of the feed is news and not a log.
    changed_on_purpose = {"papers_recordrevision", "following_event", "following_mailedevent"}
    named = {
        model._meta.db_table
        for model in apps.get_models()
        if re.search(r"(Log|LogEntry|Revision|ModerationAction|Event|Scrub)$", model.__name__)
    }
    assert named - kept == changed_on_purpose
