"""Mail kept in files instead of being sent, where there is no mail server: on a machine of one's own."""

import hashlib
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from common import clock

MOST_KEPT = 200


@dataclass(frozen=True, slots=True)
class KeptMail:
    """A mail as its reader would see it; `sent_at` in ISO 8601, UTC. `headers` are those beyond the usual."""

    sent_at: str
    to: str
    subject: str
    body: str
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def sent(self) -> datetime:
        return datetime.fromisoformat(self.sent_at)


class OutboxBackend(BaseEmailBackend):
    """Writes each mail into a file under DATA_DIR/outbox, and keeps the latest of them.

    A mail with a Message-ID is one file however often it is written, so that a mail may be sent again safely.
    """

    is_repeatable = True

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = _folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            _keep(folder, message)
        for old in sorted(folder.glob("*.json"))[:-MOST_KEPT]:
            old.unlink(missing_ok=True)
        return len(email_messages)


def kept_mails(*, most: int) -> list[KeptMail]:
    """The latest mails, newest first."""
    names = sorted(_folder().glob("*.json"), reverse=True)[:most]
    return [KeptMail(**json.loads(name.read_text())) for name in names]


def _keep(folder: Path, message: EmailMessage) -> None:
    sent_at = clock.now().isoformat()
    headers = {name: str(value) for name, value in message.extra_headers.items()}
    mail = KeptMail(sent_at, ", ".join(message.recipients()), str(message.subject), str(message.body), headers)
    known_as = headers.get("Message-ID", secrets.token_hex(16))
    mark = hashlib.blake2b(known_as.encode(), digest_size=8).hexdigest()
    if any(folder.glob(f"*-{mark}.json")):
        return
    name = f"{sent_at.replace(':', '-')}-{mark}"
    draft = folder / f"{name}.{secrets.token_hex(4)}.tmp"
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w") as file:
            json.dump(asdict(mail), file, ensure_ascii=False)
        draft.rename(folder / f"{name}.json")
    finally:
        draft.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.DATA_DIR) / "outbox"
