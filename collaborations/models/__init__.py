"""Invitations and conversations of researchers, and what protects them in both."""

from collaborations.models.conduct import Block, Choice, ModerationAction, Report
from collaborations.models.conversations import Addition, Consent, Conversation, Message, Participant
from collaborations.models.invitations import CollaborationPreference, Invitation

__all__ = [
    "Addition",
    "Block",
    "Choice",
    "CollaborationPreference",
    "Consent",
    "Conversation",
    "Invitation",
    "Message",
    "ModerationAction",
    "Participant",
    "Report",
]
