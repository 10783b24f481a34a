"""What we take from allauth that it does not promise to keep. A new release is looked at here, and nowhere else."""

from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.email_verification_by_code import EMAIL_VERIFICATION_CODE_SESSION_KEY
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.manage_email import sync_user_email_address
from allauth.account.internal.flows.password_reset_by_code import PASSWORD_RESET_VERIFICATION_SESSION_KEY
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY, unstash_login
from allauth.account.internal.userkit import filter_users_by_email

__all__ = [
    "EMAIL_VERIFICATION_CODE_SESSION_KEY",
    "LOGIN_SESSION_KEY",
    "PASSWORD_RESET_VERIFICATION_SESSION_KEY",
    "AbstractCodeVerificationProcess",
    "filter_users_by_email",
    "get_authentication_records",
    "record_authentication",
    "resume_request",
    "sync_user_email_address",
    "unstash_login",
]
