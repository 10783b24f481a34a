"""Reports that mail servers send back: a mail that could not be delivered (RFC 3464), or that was called spam (RFC 5965)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.message import Message

LARGEST_BYTES = 2_000_000
MOST_PARTS = 100
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,190}>")


class NoReport(ValueError):
    """A message that reports nothing of a mail of ours, or nothing final; `str()` is a sentence that says what it is."""


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one mail: its Message-ID, and why nothing more should be sent to where it went."""

    message_id: str
    reason: str


def read_report(raw: bytes) -> Report:
    """The report in a message as it lies in a mailbox.

    Raises NoReport for one that is too large, no report, about a delay alone, or that does not quote the mail it is
    about: who the mail was for is never taken from the report, which anybody can write.
    """
    if len(raw) > LARGEST_BYTES:
        raise NoReport(f"It has {len(raw):,} bytes; at most {LARGEST_BYTES:,} are read.")
    # compat32 reads what is broken as it stands instead of mending it, and fails on nothing.
    message = message_from_bytes(raw, policy=policy.compat32)
    parts = {part.get_content_type(): part for part in _parts(message)}
    if "message/delivery-status" in parts:
        reason = _failure(parts["message/delivery-status"])
    elif "message/feedback-report" in parts:
        reason = _complaint(parts["message/feedback-report"])
    else:
        raise NoReport("It is no report of a mail server.")
    return Report(_quoted_id(parts), reason)


def _parts(message: Message) -> Iterator[Message]:
    """The parts of a report, without what stands inside the mail that it quotes."""
    yield message
    inner = message.get_payload()
    if message.get_content_maintype() == "multipart" and isinstance(inner, list):
        for part in inner[:MOST_PARTS]:
            if isinstance(part, Message):
                yield part


def _failure(part: Message) -> str:
    """Why a recipient can never be reached; raises NoReport for a delay, a success or a passing trouble."""
    for fields in _fields(part):
        status = _word(fields, "Status")
        if _word(fields, "Action").lower() == "failed" and status.startswith("5."):
            return f"The mail came back: {_word(fields, 'Diagnostic-Code') or status}"
    raise NoReport("It reports no failure for good.")


def _complaint(part: Message) -> str:
    for fields in _fields(part):
        if _word(fields, "Feedback-Type").lower() in ("abuse", "fraud", "opt-out"):
            return "The mail was reported as unwanted."
    raise NoReport("It reports no complaint.")


def _fields(part: Message) -> Iterator[Message]:
    """The groups of fields of a machine-readable part: the library reads each as headers of its own."""
    inner = part.get_payload()
    if isinstance(inner, list):
        yield from (fields for fields in inner[:MOST_PARTS] if isinstance(fields, Message))
    else:
        yield message_from_bytes(_bytes(part), policy=policy.compat32)


def _quoted_id(parts: dict[str, Message]) -> str:
    """The Message-ID of the mail that the report is about."""
    quoted: Message | None = None
    if "message/rfc822" in parts:
        inner = parts["message/rfc822"].get_payload()
        quoted = inner[0] if isinstance(inner, list) and inner and isinstance(inner[0], Message) else None
    elif "text/rfc822-headers" in parts:
        quoted = message_from_bytes(_bytes(parts["text/rfc822-headers"]), policy=policy.compat32)
    found = _MESSAGE_ID.search(_word(quoted, "Message-ID")) if quoted is not None else None
    if found is None:
        raise NoReport("It does not quote the mail that it is about.")
    return found[0]


def _bytes(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _word(fields: Message, name: str) -> str:
    """A field as one line, "" when it is absent or cannot be read."""
    try:
        return " ".join(str(fields.get(name, "")).split())
    except HeaderParseError:
        return ""
