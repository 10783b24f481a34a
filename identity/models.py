"""Who is who: what people and hard ids decided (constraints), what the engine makes of it (links), and its runs."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from identity.domain.rules import Rule, Zone
from papers.models import Author, Authorship, Paper

MOST_EVIDENCE = 400  # characters of a link's evidence


class IdentityModel(models.Model):
    """Trees that judge pairs, trained for this site or shipped with the project; at most one is active."""

    name = models.CharField(max_length=64, unique=True)
    trained_at = models.DateTimeField()
    figures = models.JSONField(default=dict, help_text="What it scored on cut names that it had not seen.")
    is_active = models.BooleanField(default=False)
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["is_active"], condition=Q(is_active=True), name="identity_model_one_active")
        ]

    def __str__(self) -> str:
        return self.name


class IdentityRun(models.Model):
    """One settling. Its moves are its difference: a run is undone as one, once and for ever."""

    class State(models.TextChoices):
        RUNNING = "running"
        COMPLETE = "complete"
        UNDOING = "undoing"
        UNDONE = "undone"

    state = models.CharField(max_length=8, choices=State, default=State.RUNNING)
    model = models.CharField(max_length=64)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    blocks_total = models.IntegerField(default=0)
    blocks_done = models.IntegerField(default=0)
    moved_count = models.IntegerField(default=0)
    alarms = models.JSONField(default=list, help_text="Records that grew oddly, or that a rule kept as they are.")

    class Meta:
        verbose_name, verbose_name_plural = "attribution run", "attribution runs"
        permissions = [("undo_identityrun", "Can undo attribution runs")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["running", "complete", "undoing", "undone"]), name="identity_run_state_legal"
            ),
            models.CheckConstraint(
                condition=Q(state="undone", undone_at__isnull=False) | ~Q(state="undone") & Q(undone_at__isnull=True),
                name="identity_run_undone_when",
            ),
        ]
        indexes = [models.Index(fields=["-started_at", "-id"], name="identity_run_newest")]

    def __str__(self) -> str:
        return f"attribution run {self.pk}"


class IdentityMove(models.Model):
    """A mention that a run gave to another author."""

    run = models.ForeignKey(IdentityRun, on_delete=models.CASCADE, related_name="moves")
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="+", db_index=False)
    printed_name = models.CharField(max_length=300)
    position = models.IntegerField()
    from_author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="+", db_index=False)
    to_author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name, verbose_name_plural = "moved byline", "moved bylines"
        constraints = [
            models.UniqueConstraint(fields=["run", "paper", "position"], name="identity_move_once"),
            models.CheckConstraint(
                condition=~Q(from_author=models.F("to_author")), name="identity_move_goes_elsewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.printed_name}: {self.from_author_id} → {self.to_author_id}"


class IdentityConstraint(models.Model):
    """What is decided for ever, until a further word withdraws it.

    "is", "is_not": the name at `position` of `paper` is, or no name of it is, `author`. "one", "not_one": `author` and
    `other` are one person, or are not, which is never suggested again. `source` and `source_row` say whose word it is:
    a decision on a byline, a merge, a curator's answer to a suggestion.
    """

    class Kind(models.TextChoices):
        IS = "is"
        IS_NOT = "is_not"
        ONE = "one"
        NOT_ONE = "not_one"

    kind = models.CharField(max_length=8, choices=Kind)
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="identity_constraints")
    other = models.ForeignKey(Author, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    paper = models.ForeignKey(Paper, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    position = models.IntegerField(null=True, blank=True)
    printed_name = models.CharField(max_length=300, blank=True)
    why = models.TextField(blank=True)
    source = models.CharField(max_length=16)
    source_row = models.BigIntegerField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["is", "is_not"], paper__isnull=False, other__isnull=True)
                | Q(kind__in=["one", "not_one"], paper__isnull=True, other__isnull=False),
                name="identity_constraint_between_what",
            ),
            models.CheckConstraint(
                condition=Q(other__isnull=True) | ~Q(other=models.F("author")), name="identity_constraint_of_two"
            ),
            models.UniqueConstraint(
                fields=["source", "source_row", "author", "other"],
                nulls_distinct=False,
                condition=Q(source_row__isnull=False),
                name="identity_constraint_source_once",
            ),
            models.UniqueConstraint(
                fields=["kind", "author", "other"],
                condition=Q(kind="not_one", withdrawn_at__isnull=True),
                name="identity_constraint_refused_once",
            ),
        ]
        indexes = [
            models.Index(fields=["paper"], condition=Q(withdrawn_at__isnull=True), name="identity_constraint_paper"),
        ]

    def __str__(self) -> str:
        return f"{self.author_id} {self.kind} {self.other_id or self.paper_id}"


class IdentityLink(models.Model):
    """Why a mention stands where it does, or where else it may belong.

    Zone "link": `author` is the authorship's author, one row a mention. Zone "ask": it may be `author` as well, who is
    another. `probability` is calibrated, None where a rule decides and not the engine. `evidence` are facts for and
    against, by weight, each a code with its values.
    """

    authorship = models.ForeignKey(
        Authorship, on_delete=models.CASCADE, related_name="identity_links", db_index=False, db_constraint=False
    )  # the constraint is made in the migration, where rows go with the byline that an import writes again
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="identity_links", db_index=False)
    zone = models.CharField(max_length=5, choices=[(z.value, z.value) for z in Zone])
    rule = models.CharField(max_length=12, choices=[(r.value, r.value) for r in Rule])
    probability = models.FloatField(null=True, blank=True)
    evidence = models.JSONField(default=list, db_default=[])
    model = models.CharField(max_length=64, blank=True, default="", db_default="")
    run = models.ForeignKey(
        IdentityRun, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authorship", "author"], name="identity_link_once"),
            models.UniqueConstraint(fields=["authorship"], condition=~Q(zone="ask"), name="identity_link_one_person"),
            models.CheckConstraint(condition=Q(zone__in=["link", "ask", "apart"]), name="identity_link_zone_legal"),
            models.CheckConstraint(
                condition=Q(probability__isnull=True) | Q(probability__gte=0, probability__lte=1),
                name="identity_link_probability_from_0_to_1",
            ),
        ]
        indexes = [
            models.Index(fields=["author", "authorship"], condition=Q(zone="ask"), name="identity_link_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.authorship_id} → {self.author_id} ({self.zone})"


class IdentityBlock(models.Model):
    """A block of names to be settled again: a mention of it is new, or somebody decided."""

    block = models.CharField(max_length=320, primary_key=True)
    marked_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.block


class IdentityRedirect(models.Model):
    """A record from which a run took every work, with what it was before: its name to be found by, where it led."""

    run = models.ForeignKey(IdentityRun, on_delete=models.CASCADE, related_name="redirects")
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="+", db_index=False)
    to_author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="+", db_index=False)
    name_slot = models.CharField(max_length=310, null=True, blank=True)  # noqa: DJ001  NULL as in Author
    led_to = models.ForeignKey(
        Author, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "author"], name="identity_redirect_once")]

    def __str__(self) -> str:
        return f"{self.author_id} → {self.to_author_id}"
