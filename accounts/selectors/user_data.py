"""What accounts holds on a person, for the export."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession

from accounts.models import Notice, OutgoingMail, User


def export_user_data(user_id: int) -> dict[str, list[Any]]:
    """Account, ways to log in, sessions, mails and notices, oldest first. Texts of old mails are no longer kept
    and "". Secrets (passwords, keys of second factors and of sessions) are left out: they open doors, and tell nothing.
    """
    user = User.objects.get(pk=user_id)
    own = User.objects.filter(pk=user_id)
    mails = OutgoingMail.objects.filter(to=user).order_by("pk")
    notices = Notice.objects.filter(user=user).order_by("pk")
    sessions = UserSession.objects.filter(user=user).order_by("pk")
    return {
        "account": list(own.values("email", "name", "date_joined", "last_login", "is_staff", "is_active")),
        "groups": list(user.groups.order_by("name").values_list("name", flat=True)),
        "addresses": list(EmailAddress.objects.filter(user=user).order_by("pk").values("email", "verified", "primary")),
        "connected_accounts": list(
            SocialAccount.objects.filter(user=user)
            .order_by("pk")
            .values("provider", "uid", "extra_data", "date_joined", "last_login")
        ),
        "second_factors": list(
            Authenticator.objects.filter(user=user).order_by("pk").values("type", "created_at", "last_used_at")
        ),
        "sessions": list(sessions.values("ip", "user_agent", "created_at", "last_seen_at")),
        "outgoing_mail": list(mails.values("kind", "address", "subject", "text", "state", "written_at", "sent_at")),
        "notices": list(notices.values("kind", "message", "url", "created_at", "seen_at")),
    }
