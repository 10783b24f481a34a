"""What accounts itself holds on a person: everything but the account's own row, which goes last."""

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models.functions import Lower

from accounts.models import MailedCode, Notice, OutgoingMail, SuppressedAddress, User
from accounts.services.erasure import anonymise_admin_log, begin_erasure
from common.hooks import UserErased


@transaction.atomic
def erase_user_data(event: UserErased) -> int:
    """Delete the person's mails, notices, addresses and sessions; lines of the admin's log stay and name nobody.

    A mail that is just being sent goes with its row. Returns how many mails and notices.
    """
    user = User.objects.get(pk=event.user_id)
    begin_erasure(user=user)
    mails, _ = OutgoingMail.objects.filter(to=user).delete()
    notices, _ = Notice.objects.filter(user=user).delete()
    addresses = {user.email.lower()}
    addresses |= set(EmailAddress.objects.filter(user=user).values_list(Lower("email"), flat=True))
    SuppressedAddress.objects.filter(address__in=addresses).delete()
    OutgoingMail.objects.filter(address__in=addresses).delete()
    MailedCode.objects.filter(address__in=addresses).delete()
    keys = UserSession.objects.filter(user=user).values_list("session_key", flat=True)
    Session.objects.filter(session_key__in=list(keys)).delete()
    UserSession.objects.filter(user=user).delete()
    anonymise_admin_log(user=user)
    return mails + notices
