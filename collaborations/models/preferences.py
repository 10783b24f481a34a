"""Who may be invited, and what somebody wants of the pages about working together."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models


class CollaborationPreference(models.Model):
    """Whether somebody takes invitations, and which. No row: nobody may invite them. No purpose named: any."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="collaboration_preference"
    )
    is_open = models.BooleanField(default=False)
    purposes = ArrayField(models.CharField(max_length=32), default=list, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name_plural = "collaboration preferences"

    def __str__(self) -> str:
        return f"user {self.user_id} is {'open' if self.is_open else 'closed'}"
