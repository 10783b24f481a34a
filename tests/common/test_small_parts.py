"""Uploads are counted, secrets are not logged, and a portal's address is the one that it noted."""

import logging

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation

from common.logging import hide_secrets, no_traceback_of_bad_requests
from common.portal_address import forget_address, note_address, portal_address
from common.richtext.fold import fold
from common.templatetags.lists import choices, years_label
from common.uploads import CappedUploadHandler


def test_an_upload_is_refused_by_what_it_promises_and_by_what_arrives(settings):
    settings.UPLOAD_MAX_BYTES = 10
    handler = CappedUploadHandler()
    with pytest.raises(RequestDataTooBig):
        handler.handle_raw_input(None, {}, 11, "")
    handler.handle_raw_input(None, {}, 10, "")
    assert handler.receive_data_chunk(b"12345", 0) == b"12345"
    assert handler.receive_data_chunk(b"67890", 5) == b"67890"
    with pytest.raises(RequestDataTooBig):
        handler.receive_data_chunk(b"1", 10)


def test_secrets_are_blank_in_the_log():
    event = hide_secrets(None, "info", {"event": "login", "password": "hunter2", "token": "t", "user": 3})
    assert event == {"event": "login", "password": "…", "token": "…", "user": 3}


@pytest.mark.parametrize(("error", "is_kept"), [(SuspiciousOperation("odd"), False), (ValueError("ours"), True)])
def test_only_faults_of_ours_have_a_traceback(error, is_kept):
    record = logging.LogRecord("x", logging.ERROR, "x", 1, "x", (), (type(error), error, None))
    assert no_traceback_of_bad_requests(record)
    assert bool(record.exc_info) is is_kept


def test_a_running_portal_says_where_it_is(settings, tmp_path):
    settings.DATA_DIR, settings.BASE_URL = str(tmp_path), "http://base.example"
    assert portal_address() == "http://base.example"
    note_address("http://127.0.0.1:8123")
    assert portal_address() == "http://127.0.0.1:8123"
    forget_address()
    forget_address()
    assert portal_address() == "http://base.example"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Müller-Łukasz", "muller-lukasz"),
        ("STRASSE Straße", "strasse strasse"),
        ("O’Brien – Æsop", "o'brien - aesop"),
        ("ﬁnal İstanbul", "final istanbul"),
        ("Достоевский", "достоевскии"),
        ("東京", "東京"),
    ],
)
def test_folding_is_for_comparison_and_happens_once(text, folded):
    assert fold(text) == folded
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("first", "last", "label"), [(2007, 2018, "2007–2018"), (2019, 2019, "2019"), (None, None, "")]
)
def test_spans_of_years(first, last, label):
    assert years_label(first, last) == label


def test_options_are_escaped_and_the_chosen_one_is_marked():
    html = choices([("a", "A"), ("b", "<B>")], "b")
    assert "&lt;B&gt;" in html
    assert html.count("selected") == 1
