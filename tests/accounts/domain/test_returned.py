"""Reports of mail servers, as they come."""

from contextlib import suppress

import pytest

from accounts.domain.returned import LARGEST_BYTES, NoReport, Report, read_report

ID = "<5f0c@colophon.example>"
QUOTED = f"""--b
Content-Type: text/rfc822-headers

From: noreply@colophon.example
To: ada@example.org
Message-ID: {ID}
Subject: This week

--b--
"""


def bounce(*, action="failed", status="5.1.1", code="smtp; 550 5.1.1 no such user", quoted=QUOTED) -> bytes:
    return f"""Return-Path: <>
From: MAILER-DAEMON@mx.example.org
To: noreply@colophon.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

This is the mail system. Your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Sat, 28 Nov 2026 12:00:00 +0000

Final-Recipient: rfc822; somebody-else@example.org
Action: {action}
Status: {status}
Diagnostic-Code: {code}

{quoted}""".replace("\n", "\r\n").encode()


COMPLAINT = f"""From: fbl@example.org
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

This is an abuse report.

--b
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: Feedback/1.0
Version: 1

--b
Content-Type: message/rfc822

From: noreply@colophon.example
Message-ID: {ID}
Subject: This week

Words.

--b--
""".encode()


def test_a_failure_for_good_says_of_which_mail_and_why():
    assert read_report(bounce()) == Report(ID, "The mail came back: smtp; 550 5.1.1 no such user")
    assert read_report(bounce(code="")).reason == "The mail came back: 5.1.1"


def test_a_complaint_counts_as_a_failure_does():
    assert read_report(COMPLAINT) == Report(ID, "The mail was reported as unwanted.")


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (bounce(action="delayed", status="4.2.2"), "no failure for good"),
        (bounce(action="failed", status="4.2.2"), "no failure for good"),
        (bounce(action="delivered", status="2.1.5"), "no failure for good"),
        (bounce(quoted="--b--\n"), "does not quote"),
        (bounce(quoted=QUOTED.replace(ID, "none")), "does not quote"),
        (COMPLAINT.replace(b"abuse\n", b"not-spam\n"), "no complaint"),
        (b"From: ada@example.org\r\nSubject: Hello\r\n\r\nAre you there?", "no report"),
        (b"Subject: I am away\r\nAuto-Submitted: auto-replied\r\n\r\nBack on Monday.", "no report"),
        (b"", "no report"),
        (b"\x00\xff\xfe" * 50, "no report"),
        (b"x" * (LARGEST_BYTES + 1), "at most"),
    ],
)
def test_what_reports_nothing_final_stops_nothing(raw, why):
    with pytest.raises(NoReport, match=why):
        read_report(raw)


@pytest.mark.parametrize("cut", range(0, 900, 37))
def test_a_report_that_is_cut_off_is_read_or_refused_and_never_breaks(cut):
    for raw in (bounce()[:cut], COMPLAINT[:cut]):
        with suppress(NoReport):
            assert read_report(raw).message_id == ID
