"""Works that an owner says are theirs too and that stand on another record: a curator decides."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from papers.models import Author, BylineDecision, Paper
from profiles.domain.moves import WhyWait

STATES = ("waiting", "approved", "refused", "withdrawn")
REASONS = tuple(reason.value for reason in WhyWait)


class AttributionRequest(models.Model):
    """The owner of `author` asks for the name printed at `position` of a byline, which stands on `from_author`.

    `reasons` say why a curator looks, and `answer` what they wrote to the owner. `decision` is what an approval made;
    a later word may withdraw it.
    """

    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="attribution_requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="+")
    position = models.IntegerField()
    printed_name = models.CharField(max_length=300)
    from_author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="+")
    reasons = ArrayField(models.CharField(max_length=16))
    state = models.CharField(max_length=16, choices=[(s, s) for s in STATES], default="waiting")
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer = models.TextField(blank=True, max_length=2_000)
    decision = models.ForeignKey(BylineDecision, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = "authorship request"
        permissions = [("decide_attributionrequest", "Can decide authorship requests")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="profiles_attribution_state_legal"),
            models.CheckConstraint(
                condition=Q(reasons__len__gt=0, reasons__contained_by=list(REASONS)),
                name="profiles_attribution_reasons_legal",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at__isnull=True)
                | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="profiles_attribution_decided_when_over",
            ),
            models.UniqueConstraint(
                fields=["author", "paper"],
                condition=Q(state="waiting"),
                name="profiles_attribution_once",
            ),
            models.CheckConstraint(condition=Q(position__gte=1), name="profiles_attribution_position_from_1"),
        ]
        indexes = [
            models.Index(fields=["asked_at", "id"], condition=Q(state="waiting"), name="profiles_attribution_queue")
        ]

    def __str__(self) -> str:
        return f"author {self.author_id} on paper {self.paper_id}: {self.state}"
