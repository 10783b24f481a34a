"""Mail that came back stops mail to that address alone, and its reader can let it begin again."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.domain.returned import NoReport
from accounts.models import OutgoingMail, SuppressedAddress
from accounts.services.returned import take_report
from tests.accounts.domain.test_returned import ID, bounce

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def sent(to, *, message_id=ID, state=OutgoingMail.State.SENT) -> OutgoingMail:
    return OutgoingMail.objects.create(
        kind="digest",
        key=message_id,
        to=to,
        address=to.email,
        subject="This week",
        text="Words.\n",
        message_id=message_id,
        state=state,
        not_before=NOW,
        written_at=NOW,
        sent_at=NOW,
    )


@pytest.mark.django_db
def test_a_mail_that_came_back_stops_mail_to_where_it_went(ada):
    mail = sent(ada)
    assert take_report(bounce(), now=NOW) == mail
    assert take_report(bounce(), now=NOW) == mail
    row = SuppressedAddress.objects.get()
    # The report names somebody else as its recipient: whoever wrote it does not choose whose mail stops.
    assert (row.address, row.at) == (ada.email, NOW)
    mail.refresh_from_db()
    assert "550 5.1.1" in mail.failure


@pytest.mark.django_db
def test_a_report_about_a_mail_that_never_left_stops_nobody(ada):
    sent(ada, message_id="<other@colophon.example>")
    with pytest.raises(NoReport, match="did not send"):
        take_report(bounce(), now=NOW)
    sent(ada, state=OutgoingMail.State.WAITING)
    with pytest.raises(NoReport, match="did not send"):
        take_report(bounce(), now=NOW)
    assert not SuppressedAddress.objects.exists()


@pytest.mark.django_db
def test_the_command_reads_files_and_says_what_it_did_with_each(ada, tmp_path, capsys):
    sent(ada)
    (tmp_path / "1.eml").write_bytes(bounce())
    (tmp_path / "2.eml").write_bytes(b"Subject: Hello\r\n\r\nAre you there?")
    call_command("take_returned", str(tmp_path / "1.eml"), str(tmp_path / "2.eml"))
    said = capsys.readouterr()
    assert said.out.endswith("stopped=1 ignored=1\n")
    assert "2.eml: It is no report of a mail server." in said.err
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("take_returned", str(tmp_path / "3.eml"))


@pytest.mark.django_db
def test_the_person_is_told_on_both_pages_and_can_have_mail_again(client, ada):
    client.force_login(ada)
    told = "We stopped sending you e-mail"
    pages = [reverse("accounts:account"), reverse("following:settings")]
    assert [told in client.get(page).content.decode() for page in pages] == [False, False]
    sent(ada)
    take_report(bounce(code="smtp; 550 <script>alert(1)</script>"), now=NOW)
    for page in pages:
        body = client.get(page).content.decode()
        assert told in body
        assert "550 &lt;script&gt;" in body
    assert client.post(reverse("accounts:resume_mail")).status_code == 302
    assert not SuppressedAddress.objects.exists()
    assert told not in client.get(pages[0]).content.decode()


@pytest.mark.django_db
def test_nobody_lets_mail_begin_again_for_somebody_else(client, ada, cleo):
    sent(ada)
    take_report(bounce(), now=NOW)
    client.force_login(cleo)
    client.post(reverse("accounts:resume_mail"))
    assert SuppressedAddress.objects.get().address == ada.email
