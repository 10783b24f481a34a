"""What an account page shows of an account."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession

from accounts.models import SuppressedAddress, User
from accounts.selectors.returned import stopped_mail


@dataclass(frozen=True, slots=True)
class Overview:
    """All that one may look after, in numbers; addresses the primary one first. `stopped` None: mail arrives."""

    addresses: tuple[EmailAddress, ...]
    has_password: bool
    has_authenticator_app: bool
    passkeys: int
    recovery_codes: bool
    sessions: int
    connections: tuple[SocialAccount, ...]
    stopped: SuppressedAddress | None

    @property
    def has_second_factor(self) -> bool:
        return self.has_authenticator_app or self.passkeys > 0


def overview_of(user: User) -> Overview:
    kinds = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return Overview(
        addresses=tuple(EmailAddress.objects.filter(user=user).order_by("-primary", "email", "pk")),
        has_password=user.has_usable_password(),
        has_authenticator_app=Authenticator.Type.TOTP in kinds,
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        recovery_codes=Authenticator.Type.RECOVERY_CODES in kinds,
        sessions=UserSession.objects.filter(user=user).count(),
        connections=tuple(SocialAccount.objects.filter(user=user).order_by("pk")),
        stopped=stopped_mail(user),
    )
