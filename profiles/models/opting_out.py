"""Who asked not to be listed, and how they proved that it is they."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from papers.models import Author
from profiles.domain.listing_codes import OBJECTION_PERIOD

PROOFS = ("owner", "address", "orcid", "curator")
STATES = ("asked", "standing", "ended", "refused")


class OptOut(models.Model):
    """One wish not to be listed. It stands while `state` is "standing"; the record's own column follows it.

    Asked by mail alone it hides nothing until a curator grants it or `takes_effect_at` has come, before which the
    page's own known addresses were told and could object.

    It belongs to the author and not to an account: it outlives the account, and an import. `address` is kept only
    while a curator needs it for an answer, `address_hash` so that the same person may take the wish back.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="opt_outs")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    proof = models.CharField(max_length=16, choices=[(p, p) for p in PROOFS])
    state = models.CharField(max_length=16, choices=[(s, s) for s in STATES])
    address = models.EmailField(max_length=254, blank=True)
    address_hash = models.CharField(max_length=64, blank=True)
    is_to_list = models.BooleanField(default=False, help_text="Asked of a curator: to be listed again.")
    explanation = models.TextField(blank=True, max_length=1_000)
    asked_at = models.DateTimeField()
    takes_effect_at = models.DateTimeField(
        null=True, blank=True, help_text="When it is granted unless somebody objects; empty: a curator decides."
    )
    objection_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "opt-out"
        verbose_name_plural = "opt-outs"
        permissions = [("decide_optout", "Can decide opt-outs")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="profiles_optout_state_legal"),
            models.CheckConstraint(condition=Q(proof__in=PROOFS), name="profiles_optout_proof_legal"),
            models.CheckConstraint(
                condition=Q(takes_effect_at__isnull=True) | Q(takes_effect_at__gte=F("asked_at") + OBJECTION_PERIOD),
                name="profiles_optout_seven_days",
            ),
            models.UniqueConstraint(
                fields=["author"], condition=Q(state="standing"), name="profiles_optout_one_standing"
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False) | (~Q(state="ended") & Q(ended_at__isnull=True)),
                name="profiles_optout_ended_when_over",
            ),
        ]

    def __str__(self) -> str:
        return f"author {self.author_id}: {self.state}"
