"""What claimants type."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NameGateForm(forms.Form):
    """Asked only of those whose name is not one that the record is known by."""

    former_name = forms.CharField(
        label=_("A former name of yours that is on the papers"),
        max_length=300,
        required=False,
        help_text=_("Seen by you and by curators, and by nobody else."),
    )
    explanation = forms.CharField(
        label=_("Or explain it in a sentence or two"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class SendForm(forms.Form):
    words = forms.CharField(
        label=_("What a curator should know"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Without evidence, say in a sentence or two why none of it is open to you. Curators alone see it."),
    )
