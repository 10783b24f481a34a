"""An owner's own words, picture and choice of works."""

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from papers.models import Author, Paper
from profiles.domain.limits import LONGEST_AFFILIATION, LONGEST_BIO, LONGEST_NAME


# Names may be former ones, which nobody keeps longer than their owner wants.
@pghistory.track(model_name="ProfileLog", exclude=["names", "bio_html"])
class Profile(models.Model):
    """What one user says on one author's page; shown only while that user owns the record.

    `bio_html` is the rendered form of `bio`, "" when the text says it all. `links` are [label, address] pairs in order.
    `photo` names a picture in the media folder, "" for none. `names` are forms to show beside the page's own name.
    """

    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="profiles", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profiles")
    bio = models.TextField(blank=True, max_length=LONGEST_BIO)
    bio_html = models.TextField(blank=True)
    affiliation = models.CharField(max_length=LONGEST_AFFILIATION, blank=True)
    links = models.JSONField(default=list, blank=True)
    photo = models.CharField(max_length=32, blank=True)
    names = ArrayField(models.CharField(max_length=LONGEST_NAME), default=list, blank=True)
    changed_at = models.DateTimeField()
    is_settled = models.BooleanField(
        default=False, help_text="What a former owner had set on the record was taken back."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "user"], name="profiles_profile_once"),
            models.UniqueConstraint(fields=["photo"], condition=~Q(photo=""), name="profiles_profile_photo_once"),
        ]

    def __str__(self) -> str:
        return f"user {self.user_id} on author {self.author_id}"


class PinnedWork(models.Model):
    """A work that the owner wants seen first; `position` from 1."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="pins", db_index=False)
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="+")
    position = models.SmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "paper"], name="profiles_pin_once"),
            models.UniqueConstraint(
                fields=["profile", "position"],
                name="profiles_pin_place_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=Q(position__gte=1), name="profiles_pin_from_1"),
        ]

    def __str__(self) -> str:
        return f"paper {self.paper_id} at {self.position}"
