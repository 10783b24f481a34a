"""What a browser sends of a passkey, looked at before allauth reads it: a malformed one raises in its parser."""

import json

from django.http import HttpRequest
from fido2.webauthn import AuthenticationResponse, RegistrationResponse


def has_malformed_credential(request: HttpRequest) -> bool:
    """Whether a form brings a credential that is neither an answer to a login nor a new key."""
    text = request.POST.get("credential", "")
    return bool(text) and not (_is_read_by(AuthenticationResponse, text) or _is_read_by(RegistrationResponse, text))


def _is_read_by(kind: type[AuthenticationResponse] | type[RegistrationResponse], text: str) -> bool:
    try:
        kind.from_dict(json.loads(text))
    except (AttributeError, KeyError, LookupError, RecursionError, TypeError, ValueError):
        return False
    return True
