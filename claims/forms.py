"""What claimants type."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NameGateForm(forms.Form):
    """Asked only of those whose name is not one that the record is known by."""

    former_name = forms.CharField(
        label=_("Your former name, as printed on the papers"),
        max_length=300,
        required=False,
        help_text=_("Only you and curators see it."),
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
        help_text=_("Without evidence, explain in a sentence or two why you cannot provide any. Only curators see it."),
    )
