"""What an owner types, checked field by field. Only what is declared here is ever written."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from claims.domain.mail_domains import canonical_address
from collaborations.forms import PURPOSES
from collaborations.services.preferences import LONGEST_NOTE
from profiles.domain.limits import (
    LONGEST_AFFILIATION,
    LONGEST_BIO,
    LONGEST_LABEL,
    LONGEST_NAME,
    LONGEST_URL,
    MOST_LINKS,
    MOST_NAMES,
)
from profiles.domain.links import InvalidLink, Link, parse_link
from profiles.domain.pictures import MOST_BYTES

WHY_NO_LINK: dict[str, str | Promise] = {
    "too long": _("This address is too long."),
    "odd characters": _("This address holds characters that no address has."),
    "not an address": _("This is not an address."),
    "not https": _("An address has to begin with https://."),
    "name or port": _("Leave user names and ports out of the address."),
    "no public host": _("This address leads to no public site."),
}


class AboutForm(forms.Form):
    """Bio, affiliation, and up to eight links in rows of a name and an address."""

    bio = forms.CharField(
        label=_("About you"),
        required=False,
        max_length=LONGEST_BIO,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Plain text; mathematics between $ signs, an empty line between paragraphs."),
    )
    affiliation = forms.CharField(
        label=_("Where you are"),
        required=False,
        max_length=LONGEST_AFFILIATION,
        help_text=_("In your own words. It is shown above the facts from papers."),
    )

    def __init__(self, *args: Any, links: Sequence[Link] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(MOST_LINKS):
            known = links[place] if place < len(links) else Link("", "")
            self.fields[f"label_{place}"] = forms.CharField(
                label=_("Name of the link"), required=False, max_length=LONGEST_LABEL, initial=known.label
            )
            self.fields[f"url_{place}"] = forms.CharField(
                label=_("Address"),
                required=False,
                max_length=LONGEST_URL,
                initial=known.url,
                widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
            )

    @property
    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"label_{place}"], self[f"url_{place}"]) for place in range(MOST_LINKS)]

    @property
    def rows_first(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The rows with something in them, and one more."""
        filled = [bool(label.value() or url.value()) for label, url in self.rows]
        last = max((place for place, is_filled in enumerate(filled) if is_filled), default=-1)
        return self.rows[: last + 2]

    @property
    def rows_rest(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return self.rows[len(self.rows_first) :]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        links: dict[str, Link] = {}
        for place in range(MOST_LINKS):
            url = cleaned.get(f"url_{place}", "")
            if not url:
                continue
            try:
                link = parse_link(cleaned.get(f"label_{place}", ""), url)
            except InvalidLink as error:
                self.add_error(f"url_{place}", str(WHY_NO_LINK[error.why]))
                continue
            links.setdefault(link.url, link)
        cleaned["links"] = list(links.values())
        return cleaned


class PhotoForm(forms.Form):
    photo = forms.FileField(
        label=_("A picture of you"),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG or WebP of at most 5 MB. We cut a square and drop what cameras add, such as the place."),
    )

    def clean_photo(self) -> bytes:
        upload = self.cleaned_data["photo"]
        if upload.size > MOST_BYTES:
            raise forms.ValidationError(_("The picture has more than 5 MB."))
        content: bytes = upload.read(MOST_BYTES + 1)
        return content


class NameLines(forms.CharField):
    """Names, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in str(super().clean(value) or "").splitlines() if line.strip()]
        if len(lines) > MOST_NAMES:
            raise forms.ValidationError(gettext("At most %(most)d names.") % {"most": MOST_NAMES})
        if any(len(line) > LONGEST_NAME for line in lines):
            raise forms.ValidationError(gettext("A name has at most %(most)d characters.") % {"most": LONGEST_NAME})
        return lines


class NamesForm(forms.Form):
    name = forms.CharField(label=_("The name of your page"), max_length=LONGEST_NAME)
    names = NameLines(
        label=_("Other names to show"),
        required=False,
        max_length=3_000,
        help_text=_("One a line, such as your name in another script."),
    )
    is_private = forms.BooleanField(
        label=_("Show me under these names alone"),
        required=False,
        help_text=_(
            "Every other form of your name, on bylines too, is then shown as the name of your page, and nobody finds"
            " you by it. It is never on a page, in search, in the API or in a file."
        ),
    )


class PreferenceForm(forms.Form):
    is_open = forms.BooleanField(label=_("I am open to collaborate"), required=False)
    purposes = forms.MultipleChoiceField(
        label=_("On what"),
        required=False,
        choices=list(PURPOSES.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(
        label=_("What people should know before they write"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WorkForm(forms.Form):
    """One work, named by the id of its page."""

    work = forms.CharField(max_length=24)


class PinForm(WorkForm):
    action = forms.ChoiceField(choices=[(name, name) for name in ("pin", "unpin", "up", "down", "first", "last")])


class MineForm(forms.Form):
    identifier = forms.CharField(
        label=_("DOI, arXiv id or address"),
        max_length=400,
        help_text=_("Such as 10.1000/182, 2205.11789, or the address of a page here."),
    )


class ListingForm(forms.Form):
    """Somebody without an account: an address that proves who they are, and an explanation if it does not."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("Best one that stands on a paper of yours, or of an institution that does."),
    )
    explanation = forms.CharField(
        label=_("What a curator should know"),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed only if the address does not show that it is you."),
    )

    def clean_email(self) -> str:
        address = canonical_address(self.cleaned_data["email"])
        if not address:
            raise forms.ValidationError(gettext("Enter a valid email address."))
        return address


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )


class DeletionForm(forms.Form):
    sure = forms.BooleanField(label=_("Delete my account and all its data"))
