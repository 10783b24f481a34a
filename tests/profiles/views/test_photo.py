"""A picture is made anew from its pixels, and only what a page shows is served."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from papers.models import Author
from profiles.models import Profile
from tests.factories.library import make_author
from tests.factories.owners import make_owner, revoke

pytestmark = [pytest.mark.django_db]


def picture(form: str = "JPEG", size: tuple[int, int] = (400, 300), **options) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, (120, 40, 40)).save(written, form, **options)
    return written.getvalue()


def upload(client: Client, author: Author, content: bytes, name: str = "me.jpg", kind: str = "image/jpeg"):
    return client.post(
        reverse("profiles:edit_photo", args=[author.public_id]),
        {"photo": SimpleUploadedFile(name, content, content_type=kind)},
    )


def served(name: str, side: int = 384):
    return Client().get(f"/authors/photos/{name}-{side}.webp")


def test_a_picture_is_served_small_square_and_as_nothing_else(as_ada, page):
    assert upload(as_ada, page, picture()).status_code == 302
    name = Profile.objects.get().photo
    response = served(name)
    body = b"".join(response.streaming_content)
    made = Image.open(BytesIO(body))
    assert (made.format, made.size) == ("WEBP", (384, 384))
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert name in Client().get(page.get_absolute_url()).content.decode()
    again = Client().get(f"/authors/photos/{name}-384.webp", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_what_cameras_and_tools_add_is_gone(as_ada, page, settings):
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    exif[0x8825] = {1: "N", 2: (48.0, 8.0, 0.0)}
    upload(as_ada, page, picture(exif=exif, comment=b"secret comment", icc_profile=b"icc"))
    name = Profile.objects.get().photo
    for file in settings.MEDIA_ROOT.rglob("*.webp"):
        content = file.read_bytes()
        assert name in file.name
        for left in (b"home", b"secret", b"EXIF", b"ICCP", b"XMP"):
            assert left not in content


def test_a_picture_that_is_also_a_page_comes_out_as_a_picture_alone(as_ada, page, settings):
    script = b"<script>alert(1)</script>"
    upload(
        as_ada,
        page,
        picture(comment=script) + b"<html>" + script + b"PK\x03\x04",
        name="me.html",
        kind="text/html",
    )
    for file in settings.MEDIA_ROOT.rglob("*.webp"):
        assert b"script" not in file.read_bytes()
        assert file.suffix == ".webp"


def huge_png(width: int, height: int) -> bytes:
    """A few bytes that say they are an enormous picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(2)</script></svg>'


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (huge_png(60_000, 60_000), b"damaged"),
        (huge_png(9_000, 9_000), b"40 million"),
        (SVG, b"damaged"),
        (b"<?xml version='1.0'?>" + SVG, b"damaged"),
        (picture("GIF"), b"damaged"),
        (picture("TIFF"), b"damaged"),
        (picture()[:200], b"damaged"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 500, b"damaged"),
        (picture(size=(100, 400)), b"smaller"),
        (b"%PDF-1.7 " + b"x" * 100, b"damaged"),
        (huge_png(200, 200), b"damaged"),
    ],
)
def test_what_is_no_fair_picture_is_refused_and_nothing_is_kept(as_ada, page, settings, content, why):
    response = upload(as_ada, page, content)
    assert response.status_code == 200
    assert why in response.content
    assert not Profile.objects.exists()
    assert list(settings.MEDIA_ROOT.rglob("*.webp")) == []


def test_a_large_file_is_refused_and_an_enormous_one_is_not_even_read(as_ada, page):
    assert b"more than 5 MB" in upload(as_ada, page, picture() + b"\0" * 5_500_000).content
    assert upload(as_ada, page, b"\0" * 7_000_000).status_code in {400, 413}
    assert not Profile.objects.exists()


def test_a_new_picture_leaves_nothing_of_the_old_and_removing_leaves_none(as_ada, page, settings):
    upload(as_ada, page, picture())
    first = Profile.objects.get().photo
    upload(as_ada, page, picture("PNG"))
    second = Profile.objects.get().photo
    assert first != second
    assert len(list(settings.MEDIA_ROOT.rglob("*.webp"))) == 2
    assert served(first).status_code == 404
    as_ada.post(reverse("profiles:edit_photo", args=[page.public_id]), {"remove": "1"})
    assert list(settings.MEDIA_ROOT.rglob("*.*")) == []


def test_a_picture_goes_with_its_owner_and_with_the_page(ada, as_ada):
    author = make_author("Ada Lovelace")
    claim = make_owner(ada, author)
    upload(as_ada, author, picture())
    name = Profile.objects.get().photo
    Author.objects.filter(pk=author.pk).update(is_listed=False)
    assert served(name).status_code == 404
    Author.objects.filter(pk=author.pk).update(is_listed=True)
    assert served(name).status_code == 200
    revoke(claim)
    assert served(name).status_code == 404


@pytest.mark.parametrize("name", ["../../etc/passwd", "a" * 32, "a" * 32 + "-999", "%2e%2e", "A" * 32 + "-384"])
def test_no_other_file_is_served(name, client):
    assert client.get(f"/authors/photos/{name}.webp").status_code == 404
