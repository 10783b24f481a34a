"""The forms of following."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from following.domain.kinds import CADENCES, EVENT_KINDS
from following.domain.periods import UnknownZone, zone_of

KIND_NAMES = {
    "work": _("New works from what you follow"),
    "citation": _("New citations of papers that you follow"),
    "page_news": _("Updates on people's own pages"),
    "moved": _("A record you follow is merged with another"),
    "retraction": _("A paper that you follow, or one by somebody you follow, is retracted"),
}
CADENCE_NAMES = {
    "at_once": _("At once"),
    "daily": _("Daily"),
    "weekly": _("Weekly"),
    "never": _("Never"),
}
WEEKDAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)


class SettingsForm(forms.Form):
    """A choice for each kind of event, and when digests come."""

    time_zone = forms.CharField(
        label=_("Your time zone"),
        max_length=64,
        widget=forms.TextInput(attrs={"list": "time-zones", "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Such as Europe/Berlin. Days and weeks begin by this clock."),
    )
    digest_hour = forms.TypedChoiceField(
        label=_("Digests come at"), coerce=int, choices=[(hour, f"{hour:02}:00") for hour in range(24)]
    )
    digest_weekday = forms.TypedChoiceField(
        label=pgettext_lazy("day of a weekly mail", "Weekly ones on"),
        coerce=int,
        choices=list(enumerate(WEEKDAYS)),
    )
    shows_follows = forms.BooleanField(
        label=_("Let people see that I follow their page"),
        required=False,
        help_text=_("For what you follow from now on. Only the owner of a page sees it, and only your name."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in EVENT_KINDS:
            self.fields[kind] = forms.ChoiceField(
                label=KIND_NAMES[kind], choices=[(name, CADENCE_NAMES[name]) for name in CADENCES]
            )

    def clean_time_zone(self) -> str:
        name: str = self.cleaned_data["time_zone"]
        try:
            zone_of(name)
        except UnknownZone:
            raise forms.ValidationError(_("No time zone has this name.")) from None
        return name

    @property
    def kinds(self) -> list[forms.BoundField]:
        return [self[kind] for kind in EVENT_KINDS]

    @property
    def cadences(self) -> dict[str, str]:
        return {kind: self.cleaned_data[kind] for kind in EVENT_KINDS}


def time_zones() -> list[str]:
    """Names that a reader may choose from; the rare and the old ones can be typed."""
    return sorted(
        name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/", "US/"))
    )
