"""All that these pages hold on a person, for the export of it."""

from datetime import datetime

from collaborations.models import (
    Addition,
    Block,
    Choice,
    CollaborationPreference,
    Invitation,
    Message,
    Participant,
    Report,
)


def export_user_data(user_id: int) -> dict[str, object]:
    """Plain values: what the person chose, sent, received and said; of others no more than the person was shown."""
    openness = CollaborationPreference.objects.filter(user_id=user_id).first()
    choice = Choice.objects.filter(user_id=user_id).first()
    return {
        "openness": {"is_open": openness.is_open, "purposes": openness.purposes, "note": openness.note}
        if openness
        else None,
        "choices": {"is_suggested": choice.is_suggested, "mail": choice.mail} if choice else None,
        "invitations_sent": [_invitation(row) for row in _invitations(user_id, "sender")],
        "invitations_received": [_invitation(row) for row in _invitations(user_id, "receiver")],
        "conversations": _conversations(user_id),
        "messages_written": [
            {"conversation": str(key), "text": text, "sent_at": _iso(at)}
            for key, text, at in Message.objects.filter(participant__user_id=user_id, kind=Message.Kind.TEXT)
            .order_by("pk")
            .values_list("conversation__key", "text", "sent_at")
        ],
        "asked_to_join": [
            {"state": state, "proposed_at": _iso(at)}
            for state, at in Addition.objects.filter(user_id=user_id).order_by("pk").values_list("state", "proposed_at")
        ],
        "blocked": Block.objects.filter(blocker_id=user_id).count(),
        "reports_made": [
            {"reason": reason, "text": text, "made_at": _iso(at), "state": state}
            for reason, text, at, state in Report.objects.filter(reporter_id=user_id)
            .order_by("pk")
            .values_list("reason", "text", "made_at", "state")
        ],
    }


def _invitations(user_id: int, side: str) -> list[Invitation]:
    rows = Invitation.objects.filter(**{side: user_id}).select_related("sender_author", "receiver_author")
    return list(rows.order_by("pk"))


def _invitation(row: Invitation) -> dict[str, object]:
    return {
        "from": row.sender_author.name if row.sender_author else None,
        "to": row.receiver_author.name if row.receiver_author else None,
        "purpose": row.purpose,
        "text": row.text,
        "state": row.state,
        "sent_at": _iso(row.sent_at),
        "decided_at": _iso(row.decided_at),
    }


def _conversations(user_id: int) -> list[dict[str, object]]:
    rows = Participant.objects.filter(user_id=user_id).order_by("pk").select_related("conversation")
    return [
        {
            "conversation": str(row.conversation.key),
            "subject": row.conversation.subject,
            "joined_at": _iso(row.joined_at),
            "left_at": _iso(row.left_at),
            "is_archived": row.is_archived,
            "is_muted": row.is_muted,
        }
        for row in rows
    ]


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
