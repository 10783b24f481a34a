"""What people type on the pages about working together."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from collaborations.domain.purposes import Purpose
from collaborations.domain.quota import (
    EXPIRY_DAYS,
    LONGEST_MESSAGE,
    LONGEST_WORDS,
    SHORTEST_WORDS,
    USUAL_EXPIRY_DAYS,
)
from collaborations.models import Choice, Report
from common.richtext.text import clean_line
from common.richtext.user_text import clean_typed
from papers.domain import public_ids
from papers.models import Author, Paper, Topic
from papers.selectors.records import record_at

PURPOSES: dict[str, str | Promise] = {
    Purpose.CO_AUTHOR.value: _("Write a paper together"),
    Purpose.REVIEW.value: _("Review or comment on work"),
    Purpose.DATA_OR_CODE.value: _("Share data or code"),
    Purpose.TALK.value: _("Give a talk"),
    Purpose.POSITION.value: _("A student or postdoc position"),
    Purpose.OTHER.value: _("Something else"),
}
REASONS: dict[str, str | Promise] = {
    Report.Reason.SPAM: _("Advertising, or the same to many"),
    Report.Reason.HARASSMENT: _("Insults, threats or harassment"),
    Report.Reason.IMPERSONATION: _("Not who they say they are"),
    Report.Reason.FRAUD: _("Fraud, or a predatory offer"),
    Report.Reason.OTHER: _("Something else"),
}


MAIL = (
    (Choice.Mail.AT_ONCE.value, _("At once")),
    (Choice.Mail.DAILY.value, _("In a daily digest")),
    (Choice.Mail.WEEKLY.value, _("In a weekly digest")),
    (Choice.Mail.NEVER.value, _("Never")),
)


class TypedField(forms.CharField):
    """Several lines of plain text, kept as typed but for controls."""

    def __init__(self, *, rows: int, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}), strip=True, **options)

    def to_python(self, value: Any) -> str:
        return clean_typed(super().to_python(value) or "")


class InviteForm(forms.Form):
    purpose = forms.ChoiceField(label=_("What for"))
    about = forms.ChoiceField(label=_("About"), required=False)
    text = TypedField(
        rows=7,
        label=_("In a few sentences"),
        min_length=SHORTEST_WORDS,
        max_length=LONGEST_WORDS,
        help_text=_("Who you are, what you have in mind, and why them. Plain text, with mathematics between $ signs."),
    )
    days = forms.TypedChoiceField(
        label=_("An answer is awaited for"),
        coerce=int,
        initial=USUAL_EXPIRY_DAYS,
        choices=[(days, _("%(days)s days") % {"days": days}) for days in EXPIRY_DAYS],
    )

    def __init__(self, *args: Any, purposes: list[str], about: list[Any], **options: Any) -> None:
        super().__init__(*args, **options)
        taken = purposes or list(PURPOSES)
        purpose, chosen = self.fields["purpose"], self.fields["about"]
        assert isinstance(purpose, forms.ChoiceField)
        assert isinstance(chosen, forms.ChoiceField)
        purpose.choices = [(value, label) for value, label in PURPOSES.items() if value in taken]
        chosen.choices = [("", _("Nothing in particular")), *about]

    def clean_about(self) -> Paper | Topic | None:
        """The record that was chosen."""
        value = self.cleaned_data["about"]
        return record_about(value) if value else None


class MessageForm(forms.Form):
    text = TypedField(rows=4, label=_("Your message"), max_length=LONGEST_MESSAGE)


class ThreadForm(forms.Form):
    subject = forms.CharField(label=_("Subject"), max_length=200)
    text = TypedField(rows=6, label=_("Your message"), max_length=LONGEST_MESSAGE)

    def clean_subject(self) -> str:
        return clean_line(self.cleaned_data["subject"])


class ReportForm(forms.Form):
    reason = forms.ChoiceField(label=_("What is wrong"), choices=[("", _("Choose")), *REASONS.items()])
    text = TypedField(rows=4, label=_("What curators should know"), required=False, max_length=2_000)
    also_block = forms.BooleanField(
        label=_("Block this person too"),
        required=False,
        help_text=_("They can no longer reach you. They are not told."),
    )


class AddForm(forms.Form):
    person = forms.CharField(
        label=_("Their page"),
        max_length=300,
        help_text=_("The address of their page in this portal, or its last part but one, such as Abcdfghj."),
    )

    def clean_person(self) -> Author:
        """The record that the address leads to."""
        parts = [part for part in self.cleaned_data["person"].strip().split("/") if part.startswith("A")]
        for part in parts:
            try:
                return record_at(Author, part)
            except Author.DoesNotExist:
                continue
        raise forms.ValidationError(gettext("No page of a researcher has this address."))


class ChoicesForm(forms.Form):
    is_suggested = forms.BooleanField(
        label=_("Suggest me to others"),
        required=False,
        help_text=_("Under “Who could I work with?”, as long as you take invitations."),
    )
    mail = forms.ChoiceField(
        label=_("Send me mail"),
        choices=MAIL,
        help_text=_(
            "On an invitation, an answer, and the first unread message of a conversation. Never what was written."
        ),
    )


def record_about(public_id: str) -> Paper | Topic | None:
    """The paper or topic of a public id; None for anything else."""
    known = public_ids.decode(public_id)
    try:
        match known[0] if known else "":
            case "W":
                return record_at(Paper, public_id)
            case "T":
                return record_at(Topic, public_id)
    except (Paper.DoesNotExist, Topic.DoesNotExist):
        return None
    return None
