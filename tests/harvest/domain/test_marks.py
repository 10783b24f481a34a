"""What titles, comments and abstracts say of retractions and withdrawals, in the forms in which publishers print it."""

import pytest

from harvest.domain.marks import marked_notices, notice_title, title_mark, withdrawn_in


@pytest.mark.parametrize(
    ("title", "kind", "rest"),
    [
        ("RETRACTED: Looms and their patterns", "retraction", "Looms and their patterns"),
        ("Retracted article: Looms and their patterns", "retraction", "Looms and their patterns"),
        ("[Retracted] Looms and their patterns", "retraction", "Looms and their patterns"),
        ("WITHDRAWN: Looms and their patterns", "withdrawal", "Looms and their patterns"),
        ("Looms and their patterns [Retracted]", "retraction", "Looms and their patterns"),
        ("Looms and their patterns – Withdrawn", "withdrawal", "Looms and their patterns"),
        ("Temporary removal: Looms and their patterns", "withdrawal", "Looms and their patterns"),
        ("Notice of Retraction: Looms and their patterns", "retraction", "Looms and their patterns"),
        ("Notice of Violation of IEEE Publication Principles: Looms", "concern", "Looms"),
        # About another work, or about nothing of the kind.
        ("Expression of Concern: Looms and their patterns", "", "Expression of Concern: Looms and their patterns"),
        ("Retraction: Looms and their patterns", "", "Retraction: Looms and their patterns"),
        ("Retractions in medicine", "", "Retractions in medicine"),
        ("On retracted subspaces", "", "On retracted subspaces"),
        ("Withdrawal of growth factors", "", "Withdrawal of growth factors"),
        ("Looms and their patterns", "", "Looms and their patterns"),
        ("", "", ""),
    ],
)
def test_a_title_may_bear_a_mark_of_its_own_work(title, kind, rest):
    assert title_mark(title) == (kind, rest)


@pytest.mark.parametrize(
    ("title", "kind", "about"),
    [
        ("Erratum: Looms and their patterns", "correction", "Looms and their patterns"),
        ("Correction to: Looms and their patterns", "correction", "Looms and their patterns"),
        ("Corrigendum to “Looms and their patterns”", "correction", "Looms and their patterns"),
        ("Erratum to: “Looms and their patterns” [J. Looms 12 (2020) 1–5]", "correction", "Looms and their patterns"),
        ("Retraction: Looms and their patterns", "retraction", "Looms and their patterns"),
        ("Retraction notice to: Looms and their patterns", "retraction", "Looms and their patterns"),
        ("Expression of Concern: Looms and their patterns", "concern", "Looms and their patterns"),
        ("Looms and their patterns: Erratum", "correction", "Looms and their patterns"),
        ("Addendum to: Looms and their patterns", "correction", "Looms and their patterns"),
        # So short a rest names no work.
        ("Erratum: Looms", "", ""),
        ("Looms and their patterns", "", ""),
        ("Error correction in looms", "", ""),
    ],
)
def test_a_title_may_head_a_notice_of_another_work(title, kind, about):
    assert notice_title(title) == (kind, about)


@pytest.mark.parametrize(
    "comment",
    [
        "This paper has been withdrawn by the author due to an error in Lemma 2",
        "Withdrawn",
        "withdrawn due to an error",
        "This article has been temporarily withdrawn.",
        "The authors have decided to withdraw this paper",
        "12 pages; this submission was withdrawn by the authors",
    ],
)
def test_a_comment_may_withdraw_its_preprint(comment):
    assert withdrawn_in(comment, "")
    assert [one.kind for one in marked_notices("Looms", comment, "", is_preprint=True)] == ["withdrawal"]


@pytest.mark.parametrize(
    "comment",
    [
        "",
        "12 pages, 3 figures",
        "This version replaces an earlier one that was withdrawn",
        "Supersedes the withdrawn paper of 2003",
        "Funds withdrawn from banks",
        "We study how money is withdrawn from accounts",
    ],
)
def test_a_comment_on_something_else_withdraws_nothing(comment):
    assert withdrawn_in(comment, "") == ""
    assert marked_notices("Looms", comment, "", is_preprint=True) == ()


def test_a_long_abstract_withdraws_only_at_its_beginning():
    sentence = "This paper has been withdrawn."
    assert withdrawn_in("", f"{sentence} It had an error.") == sentence
    assert withdrawn_in("", "We weave. " * 150 + sentence) == ""


@pytest.mark.parametrize(
    ("comment", "kinds"),
    [("Retracted", ["retraction"]), ("Expression of concern.", ["concern"]), ("Corrected proofs", [])],
)
def test_notes_of_reference_managers_are_read_of_any_work(comment, kinds):
    assert [one.kind for one in marked_notices("Looms", comment, "", is_preprint=False)] == kinds


def test_a_mark_in_the_title_and_a_comment_are_two_notices():
    notices = marked_notices("WITHDRAWN: Looms", "Withdrawn", "", is_preprint=True)
    assert [(one.kind, one.reason) for one in notices] == [
        ("withdrawal", "WITHDRAWN: Looms"),
        ("withdrawal", "Withdrawn"),
    ]
