"""Codes by mail for somebody without an account."""

import hashlib
import hmac
from datetime import timedelta

ALPHABET = "BCDFGHJKLMNPQRSTVWXYZ23456789"
LENGTH = 8
OBJECTION_PERIOD = timedelta(days=7)


def canonical_code(text: str) -> str:
    """What was typed without what eyes and mail programs add: "abcd-efgh " is ABCDEFGH."""
    return "".join(letter for letter in text.upper() if letter in ALPHABET)


def hashed(secret: str, *parts: str) -> str:
    """A keyed hash: a stolen table tells neither codes nor addresses."""
    return hmac.new(secret.encode(), "\0".join(parts).encode(), hashlib.sha256).hexdigest()
