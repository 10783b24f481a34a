"""An owner's words: kept as typed, rendered once, safe from then on."""

from collections.abc import Sequence
from datetime import datetime
from html import escape

from django.db import transaction

from accounts.models import User
from common.mathematics import render_text
from common.text import clean_line, without_controls
from profiles.domain.limits import LONGEST_AFFILIATION, LONGEST_BIO, MOST_LINKS
from profiles.domain.links import Link
from profiles.models import Profile
from profiles.services.owned import owned_profile


@transaction.atomic
def set_words(
    *, user: User, author_id: int, bio: str, affiliation: str, links: Sequence[Link], now: datetime
) -> Profile:
    """Raises NotOwner."""
    profile = owned_profile(user=user, author_id=author_id, now=now)
    profile.bio = clean_bio(bio)
    profile.bio_html = bio_html(profile.bio)
    profile.affiliation = clean_line(affiliation)[:LONGEST_AFFILIATION]
    profile.links = [[link.label, link.url] for link in links[:MOST_LINKS]]
    profile.changed_at = now
    profile.save(update_fields=["bio", "bio_html", "affiliation", "links", "changed_at"])
    return profile


def clean_bio(text: str) -> str:
    """Paragraphs without control characters, with blank lines between them."""
    lines = [
        without_controls(line).strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ]
    paragraphs = "\n".join(lines).split("\n\n")
    return "\n\n".join(p.strip() for p in paragraphs if p.strip())[:LONGEST_BIO]


def bio_html(bio: str) -> str:
    """Sanitised mark-up of a bio: a paragraph for each, mathematics rendered."""
    rendered = (render_text(paragraph) for paragraph in bio.split("\n\n") if paragraph)
    return "".join(f"<p>{html or escape(plain, quote=False)}</p>" for plain, html in rendered)
