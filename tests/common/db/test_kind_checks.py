"""The functions that checks ask list exactly the kinds that are registered."""

import pytest
from django.db import IntegrityError, connection, transaction

from claims.models import OutsideCheck
from common.db.kind_checks import registered_kinds, statement_for, write_functions
from following.models import Followed

pytestmark = pytest.mark.django_db


def accepts(function: str, kind: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [kind])
        return cursor.fetchone()[0]


def test_the_database_knows_every_registered_kind_and_no_other():
    assert set(registered_kinds()) == {"claims_is_evidence", "following_is_followable", "following_is_target"}
    for function, kinds in registered_kinds().items():
        assert all(accepts(function, kind) for kind in kinds)
        assert not accepts(function, "nothing")


def test_a_kind_that_nobody_registered_is_refused_in_every_table():
    for model in (Followed, OutsideCheck):
        checks = [c.name for c in model._meta.constraints if "kind_legal" in c.name]
        assert len(checks) == 1
    with pytest.raises(IntegrityError, match="following_followed_kind_legal"), transaction.atomic():
        Followed.objects.create(kind="nothing", target_id=1)
    with connection.cursor() as cursor:
        cursor.execute(statement_for("following_is_followable", ["nothing", "it's"]))
    Followed.objects.create(kind="nothing", target_id=1)
    write_functions()
    assert not accepts("following_is_followable", "nothing")
