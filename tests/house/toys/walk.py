"""Run in a scratch copy of the tree: from the toys' files and lines to the pages. Writes what each page shows."""

import json
import sys
import tempfile
import time
from pathlib import Path

import django

django.setup()

from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.test import Client

from accounts.models import User
from claims.services.open_claim import open_claim
from common import clock, queue
from following.services.event_generation import derive_events
from papers.models import Author, Category, Paper


def logged_in(name: str) -> tuple[User, Client]:
    user = User.objects.create_user("toy@example.org", "correct horse battery staple", name=name)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    client = Client()
    client.force_login(user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return user, client


def page(client: Client, url: str) -> str:
    response = client.get(url, follow=True)
    assert response.status_code == 200, (url, response.status_code)
    return response.content.decode()


def main() -> None:
    queue.send = lambda name, ids: True
    call_command("migrate", verbosity=0)
    user, client = logged_in("Ada Toy")
    category = Category.objects.create(scheme="toy", code="blocks")
    assert client.post("/follow/", {"target": f"C{category.pk}", "wants": "follow"}).status_code == 302
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
        file.write(f"7\tOn wooden bricks\tAda Toy\t{clock.today().isoformat()}\tblocks\n")
        file.flush()
        call_command("import_source", "toy", Path(file.name), no_refresh=True, stdout=sys.stderr)
    derive_events(now=clock.now())
    claim = open_claim(user=user, author_id=Author.objects.get().pk, now=clock.now())
    where = f"/claims/{claim.key}/"
    offered = page(client, where)
    sent = client.post(f"{where}toy/", {"code": claim.author.public_id})
    assert sent.status_code == 302, sent.content.decode()
    pages = {
        "paper": page(client, Paper.objects.get().get_absolute_url()),
        "feed": page(client, "/feed/"),
        "following": page(client, "/following/"),
        "offered": offered,
        "claim": page(client, where),
    }
    sys.stdout.write(json.dumps(pages))


main()
