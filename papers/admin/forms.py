"""Forms in which a changed field becomes a correction."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from papers.admin.bases import AnyModelForm
from papers.domain.correctable import (
    CORRECTABLE,
    INSTITUTION_STATUSES,
    VENUE_KINDS,
    WORK_KINDS,
    InvalidCorrection,
)
from papers.domain.display import iso_date
from papers.models import Author, Institution, Paper, Topic, Venue
from papers.models.identity import PublicRecord
from papers.selectors.corrections import kind_of
from papers.services.corrections import checked


class CorrectionForm(AnyModelForm):
    """Fields of a record, why they are changed, and the state of the record that was looked at."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Why the sources are wrong; stored with the correction."),
    )
    seen_at = forms.CharField(widget=forms.HiddenInput, required=False)

    instance: PublicRecord

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "seen_at" in self.fields:
            self.fields["seen_at"].initial = self.instance.changed_at.isoformat()

    @property
    def corrected(self) -> list[str]:
        """The names of the fields whose value is another than the record's."""
        correctable = CORRECTABLE[kind_of(type(self.instance)).value]
        return [name for name in self.changed_data if name in correctable]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind = kind_of(type(self.instance))
        for name in self.corrected:
            if name not in cleaned:
                continue
            value = cleaned[name]
            try:
                checked(kind, name, value.pk if isinstance(value, PublicRecord) else value)
            except InvalidCorrection as problem:
                self.add_error(name, str(problem))
        if self.corrected and "seen_at" in self.changed_data:
            raise forms.ValidationError(
                gettext("The record has changed since you opened it. Check it, then make your change again."),
                code="changed_meanwhile",
            )
        return cleaned

    def values(self) -> dict[str, object]:
        """The corrected fields as the service takes them."""
        cleaned = {name: self.cleaned_data[name] for name in self.corrected}
        return {name: v.pk if isinstance(v, PublicRecord) else v for name, v in cleaned.items()}


def _choices(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(word, word) for word in values]


class PaperForm(CorrectionForm):
    published = forms.CharField(
        label=_("Published"), required=False, max_length=10, help_text=_("2022, 2022-05 or 2022-05-24.")
    )
    kind = forms.ChoiceField(label=_("Kind"))
    title = forms.CharField(label=_("Title"), widget=forms.Textarea(attrs={"rows": 2}))
    abstract = forms.CharField(label=_("Abstract"), required=False, widget=forms.Textarea(attrs={"rows": 8}))
    comment = forms.CharField(label=_("Comment"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    class Meta:
        model = Paper
        fields: ClassVar[list[str]] = [
            "title",
            "abstract",
            "kind",
            "language",
            "license",
            "comment",
            "venue",
            "is_retracted",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paper = self.instance
        if isinstance(paper, Paper) and "kind" in self.fields:
            self.fields["published"].initial = iso_date(paper.published_date, paper.published_precision)
            present = () if paper.kind in WORK_KINDS else (paper.kind,)
            self.fields["kind"].choices = _choices((*present, *WORK_KINDS))  # type: ignore[attr-defined]  # a ChoiceField


class AuthorForm(CorrectionForm):
    class Meta:
        model = Author
        fields: ClassVar[list[str]] = ["name"]


class InstitutionForm(CorrectionForm):
    status = forms.ChoiceField(label=_("Status"), choices=_choices(INSTITUTION_STATUSES))

    class Meta:
        model = Institution
        fields: ClassVar[list[str]] = list(CORRECTABLE["institution"])


class VenueForm(CorrectionForm):
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    class Meta:
        model = Venue
        fields: ClassVar[list[str]] = list(CORRECTABLE["venue"])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.instance, Venue) and "kind" in self.fields:
            present = () if self.instance.kind in ("", *VENUE_KINDS) else (self.instance.kind,)
            self.fields["kind"].choices = _choices(("", *present, *VENUE_KINDS))  # type: ignore[attr-defined]  # a ChoiceField


class TopicForm(CorrectionForm):
    description = forms.CharField(label=_("Description"), required=False, widget=forms.Textarea(attrs={"rows": 4}))

    class Meta:
        model = Topic
        fields: ClassVar[list[str]] = list(CORRECTABLE["topic"])
