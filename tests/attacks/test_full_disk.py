"""A disk with no room left: what was asked is refused and said, nothing is written by half, and room is all it takes.

Tables and pictures lie on a file system of a megabyte, so that Postgres really runs out of space while its own log
goes on. What happens when there is no room for that either: tests/portal/test_embedded_faults.py.
"""

import io
import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import orjson
import psycopg
import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from PIL import Image

from following.models import Follow
from harvest.models import ImportRun
from harvest.services import parsing
from papers.models import Authorship, Paper
from profiles.models import Profile
from tests.accounts.conftest import log_in
from tests.conftest import prove
from tests.factories.library import make_author
from tests.factories.owners import make_owner

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.servers]
SIZE = 1024 * 1024
WORKS, CHUNK = 600, 50


class SmallDisk:
    """A file system that can be filled, and that tables can be moved to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ballast = folder / "ballast"

    def fill(self, *, but: int = 0) -> None:
        """Leave room for no more than `but` bytes."""
        left = os.statvfs(self.folder).f_bavail * os.statvfs(self.folder).f_bsize
        with suppress(OSError):  # full, then
            self.ballast.write_bytes(b"x" * max(0, left - but))

    def make_room(self) -> None:
        self.ballast.unlink(missing_ok=True)

    def take_tables(self, *names: str, away: bool = False) -> None:
        with connection.cursor() as cursor:
            for name in names:
                cursor.execute(f"ALTER TABLE {name} SET TABLESPACE {'pg_default' if away else 'small_disk'}")


@pytest.fixture
def disk() -> Iterator[SmallDisk]:
    folder = Path(configured.DATA_DIR) / "small-disk"
    folder.mkdir(exist_ok=True)
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=711", "tmpfs", str(folder)]
    if os.getuid() != 0 or subprocess.run(mounting, capture_output=True).returncode:
        pytest.skip("needs the right to mount a small file system")
    yield SmallDisk(folder)
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def tables(disk) -> Iterator[SmallDisk]:
    """The disk as a tablespace of the tests' Postgres, with the tables that the tests fill on it."""
    cluster = Path(configured.DATA_DIR) / "postgres" / "data"
    if not cluster.exists():
        pytest.skip("needs a Postgres whose superuser we are")
    own = disk.folder / "tables"
    own.mkdir()
    os.chown(own, cluster.stat().st_uid, cluster.stat().st_gid)
    names = ("papers_paper", "papers_authorship", "django_session", "following_follow")
    superuser = configured.DATABASE_URL.replace("//colophon:", "//postgres:", 1)
    with psycopg.connect(superuser, autocommit=True) as server:
        server.execute(f"CREATE TABLESPACE small_disk LOCATION '{own}'")
        server.execute("GRANT CREATE ON TABLESPACE small_disk TO PUBLIC")
    try:
        with connection.cursor() as cursor:  # no page of theirs has room that an earlier test left
            cursor.execute(f"TRUNCATE {', '.join(names)} CASCADE")
        disk.take_tables(*names)
        yield disk
    finally:
        disk.make_room()
        disk.take_tables(*names, away=True)
        with psycopg.connect(superuser, autocommit=True) as server:
            server.execute("CHECKPOINT")  # files of tables that went are taken away by it
            server.execute("DROP TABLESPACE small_disk")


def work(number: int) -> dict[str, object]:
    return {
        "ids": {"local": f"work-{number}"},
        "title": f"On the regular spacing of {number} pendulums",
        "published": "2020-03-04",
        "authors": [{"name": "Ada Byron"}],
        "source": "records",
    }


def test_an_import_that_runs_out_of_space_says_so_and_goes_on_from_its_last_whole_batch(tables, tmp_path, monkeypatch):
    monkeypatch.setattr(parsing, "CHUNK_PIECES", CHUNK)
    file = tmp_path / "works.jsonl"
    file.write_bytes(b"\n".join(orjson.dumps(work(number)) for number in range(WORKS)))
    tables.fill(but=160 * 1024)
    with pytest.raises(CommandError, match=r"No space left on device.*takes the run up from there") as stopped:
        call_command("import_records", str(file), "--no-refresh", stdout=io.StringIO())
    assert stopped.value.returncode == 1
    run = ImportRun.objects.get()
    written = Paper.objects.count()
    assert 0 < written < WORKS
    assert written % CHUNK == 0
    assert (run.created_count, run.position, run.state) == (written, written, ImportRun.State.RUNNING)
    assert Authorship.objects.count() == written

    tables.make_room()
    said = io.StringIO()
    call_command("import_records", str(file), "--no-refresh", stdout=said)
    assert said.getvalue().startswith(f"created={WORKS} ")
    assert (Paper.objects.count(), Authorship.objects.count()) == (WORKS, WORKS)


def is_refused(response) -> bool:
    said = "Nothing was saved halfway." in response.content.decode()
    return said and (response.status_code, response["Retry-After"]) == (503, "10")


def test_a_form_that_finds_no_room_is_503_and_has_saved_nothing_while_pages_are_read(tables, cleo):
    author = make_author("Ben Babbage")
    reader = Client(raise_request_exception=False)
    reader.force_login(cleo)

    def press():
        return reader.post("/follow/", {"target": author.public_id, "wants": "follow"})

    tables.fill()
    assert is_refused(press())
    assert not Follow.objects.exists()
    assert reader.get(author.get_absolute_url()).status_code == 200

    tables.make_room()
    assert press().status_code == 302
    assert Follow.objects.count() == 1


def test_who_logs_in_without_room_for_a_session_is_told_and_not_half_logged_in(tables, proved_ada):
    visitor = Client(raise_request_exception=False)
    tables.fill()
    assert is_refused(log_in(visitor, proved_ada))
    assert "sessionid" not in visitor.cookies
    assert not Session.objects.exists()

    tables.make_room()
    assert log_in(visitor, proved_ada).status_code == 302
    assert "_auth_user_id" in visitor.session


def test_a_picture_that_finds_no_room_is_503_and_leaves_no_file(disk, ada, settings):
    settings.MEDIA_ROOT = disk.folder / "media"
    page = make_author("Ada Byron")
    make_owner(ada, page)
    owner = Client(raise_request_exception=False)
    owner.force_login(ada)
    prove(owner)
    picture = io.BytesIO()
    Image.effect_noise((400, 400), 90).convert("RGB").save(picture, "PNG")

    def send():
        photo = SimpleUploadedFile("me.png", picture.getvalue())
        return owner.post(reverse("profiles:edit_photo", args=[page.public_id]), {"photo": photo})

    disk.fill(but=12 * 1024)
    assert is_refused(send())
    assert not Profile.objects.exclude(photo="").exists()
    assert [file for file in settings.MEDIA_ROOT.rglob("*") if file.is_file()] == []

    disk.make_room()
    assert send().status_code == 302
    assert Profile.objects.exclude(photo="").count() == 1
