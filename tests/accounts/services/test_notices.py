"""What is told in the page is told once, to one person."""

from datetime import UTC, datetime

import pytest

from accounts.models import Notice
from accounts.selectors.notices import unseen_count
from accounts.selectors.user_data import export_user_data
from accounts.services.notices import ForeignAddress, mark_seen, notify
from accounts.services.user_data import erase_user_data
from common.hooks import UserErased

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def tell(user, key="1", url="/feed/", message="Something new.") -> Notice:
    return notify(user=user, kind="test", key=key, message=message, url=url, now=NOW)


def test_a_notice_is_told_once_and_seen_by_its_reader_alone(ada, cleo):
    assert tell(ada).pk == tell(ada, message="Other words.").pk
    tell(cleo)
    assert (unseen_count(ada), unseen_count(cleo)) == (1, 1)
    mark_seen(user=cleo, notice_ids=list(Notice.objects.values_list("pk", flat=True)), now=NOW)
    assert (unseen_count(ada), unseen_count(cleo)) == (1, 0)


@pytest.mark.parametrize("url", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_a_notice_leads_nowhere_else(ada, url):
    with pytest.raises(ForeignAddress):
        tell(ada, url=url)
    assert not Notice.objects.exists()


def test_what_is_held_can_be_exported_and_forgotten(ada, cleo):
    tell(ada)
    tell(cleo)
    assert [row["message"] for row in export_user_data(ada.pk)["notices"]] == ["Something new."]
    assert erase_user_data(UserErased(ada.pk, NOW)) == 1
    assert export_user_data(ada.pk)["notices"] == []
    assert export_user_data(cleo.pk)["notices"] != []
    ada.delete()
