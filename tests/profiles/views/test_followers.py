"""An author's owner sees how many follow, and who only where the follower allows it."""

from django.test import Client

from following.models import Follow
from tests.following.happenings import follow


def test_the_owner_sees_the_names_of_those_who_show_themselves_and_nobody_else_sees_any(
    page, as_ada, as_cleo, ben, cleo
):
    follow(ben, page)
    follow(cleo, page)
    Follow.objects.filter(user=ben).update(shows=True)
    url = f"/authors/{page.public_id}/edit/followers/"
    told = as_ada.get(url).content.decode()
    assert "2 people follow you." in told
    assert "Ben Babbage" in told
    assert "Cleo Somerville" not in told
    assert as_cleo.get(url).status_code == 404
    assert Client().get(url).status_code == 302
    for client in (as_cleo, Client()):
        assert "Ben Babbage" not in client.get(page.get_absolute_url()).content.decode()
