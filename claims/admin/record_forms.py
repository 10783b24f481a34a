"""What the pages of merging and splitting ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from papers.models import Author
from papers.selectors.curating import records_referred_to
from papers.services.author_revisions import MOST_MERGED

_REASON: dict[str, Any] = {
    "label": _("Reason"),
    "max_length": 2_000,
    "widget": forms.Textarea(attrs={"rows": 2}),
}


def author_meant(text: str) -> Author:
    """The record that a typed id, identifier or address means. Raises ValidationError."""
    found = records_referred_to("A", text.strip()[:300]) if text.strip() else []
    if len(found) != 1:
        raise forms.ValidationError(gettext("“%(text)s” is no author record."), params={"text": text[:80]})
    return Author.objects.get(pk=found[0])


class MergeForm(forms.Form):
    """`records` are ids between commas or spaces, in any form; `merge_target` is the row id of the one that stays."""

    records = forms.CharField(
        label=_("Records"),
        max_length=2_000,
        help_text=_("Public ids, ORCID iDs or addresses of author records, between commas."),
    )
    merge_target = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(required=False, **_REASON)
    despite_orcids = forms.BooleanField(label=_("Their different ORCID iDs are one person's"), required=False)

    def clean_records(self) -> list[Author]:
        texts = [text for text in self.cleaned_data["records"].replace(",", " ").split() if text]
        if len(texts) > MOST_MERGED + 1:
            raise forms.ValidationError(gettext("Merge at most %(n)s records at once."), params={"n": MOST_MERGED + 1})
        authors = {author.pk: author for author in map(author_meant, texts)}
        if len(authors) < 2:
            raise forms.ValidationError(gettext("Choose at least two records."))
        return list(authors.values())


class SplitForm(forms.Form):
    """`works` are row ids of papers; `target` an author record in any form, empty for a new one."""

    works = forms.TypedMultipleChoiceField(label=_("Works"), coerce=int, required=False)
    target = forms.CharField(
        label=_("To the record"),
        required=False,
        max_length=300,
        help_text=_("A public id, an ORCID iD or an address; empty: a new record."),
    )
    name = forms.CharField(
        label=_("Name of a new record"),
        required=False,
        max_length=300,
        help_text=_("Empty: as it is printed."),
    )
    identifiers = forms.TypedMultipleChoiceField(
        label=_("Identifiers that go along"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    names = forms.TypedMultipleChoiceField(
        label=_("Names that go along"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(required=False, **_REASON)

    def __init__(self, author: Author, works: list[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["works"].choices = [(pk, pk) for pk in works]  # type: ignore[attr-defined]  # a field with choices
        held = author.identifiers.order_by("scheme", "value")
        self.fields["identifiers"].choices = [(row.pk, str(row)) for row in held]  # type: ignore[attr-defined]  # a field with choices
        names = author.names.order_by("name", "pk")
        self.fields["names"].choices = [(row.pk, row.name) for row in names]  # type: ignore[attr-defined]  # a field with choices

    def clean_target(self) -> Author | None:
        text = self.cleaned_data["target"]
        return author_meant(text) if text.strip() else None

    def clean_works(self) -> list[int]:
        if not self.cleaned_data["works"]:
            raise forms.ValidationError(gettext("Choose works of this record."))
        return sorted(self.cleaned_data["works"])
