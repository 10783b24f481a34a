"""A real OpenID Connect provider in a process of its own, in the place of ORCID: `python identity_provider.py PORT FOLDER [CALLBACK…]`.

It is allauth's. Who comes by /be/<iD>/ is logged in there as that person; the client is "portal" with the secret
"secret", and its word is taken without asking for consent.
"""

import os
import sys
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

CALLBACK = "http://testserver/accounts/oidc/orcid/login/callback/"


def configure(folder: Path) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import rsa
    from django.conf import settings

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    middleware = "django.contrib"
    settings.configure(
        SECRET_KEY="the provider's own",
        ROOT_URLCONF="identity_provider",
        ALLOWED_HOSTS=["127.0.0.1"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "provider.sqlite3"}},
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "allauth",
            "allauth.account",
            "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            f"{middleware}.sessions.middleware.SessionMiddleware",
            f"{middleware}.auth.middleware.AuthenticationMiddleware",
            f"{middleware}.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
        IDP_OIDC_PRIVATE_KEY=pem.decode(),
        IDP_OIDC_ADAPTER="identity_provider.OrcidLike",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
        DEBUG_PROPAGATE_EXCEPTIONS=True,
    )


def prepare() -> None:
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.hashers import make_password
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    client = Client(id="portal", name="Portal", secret=make_password("secret"), skip_consent=True)
    client.set_redirect_uris([CALLBACK, *sys.argv[3:]])
    client.set_scopes(["openid", "email"])
    client.save()


class QuietHandler(WSGIRequestHandler):
    def log_message(self, *_what) -> None:
        pass


class ThreadedServer(ThreadingMixIn, WSGIServer):
    daemon_threads = True


if __name__ == "__main__":
    os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
    sys.modules["identity_provider"] = sys.modules["__main__"]
    configure(Path(sys.argv[2]))
    import django

    django.setup()
    prepare()

# What the provider's settings name: only read in its own process.
if "django.conf" in sys.modules and __name__ in {"__main__", "identity_provider"}:
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.adapter import DefaultOIDCAdapter
    from django.contrib.auth import get_user_model, login
    from django.http import HttpResponse
    from django.urls import include, path

    class OrcidLike(DefaultOIDCAdapter):
        def get_user_sub(self, client, user) -> str:
            return user.username

        def get_user_by_sub(self, client, sub):
            return get_user_model().objects.filter(username=sub).first()

        def get_claims(self, purpose, user, client, scopes, email=None, **more) -> dict:
            """Claims that an address is verified, which the portal must not believe."""
            claims = super().get_claims(purpose, user, client, scopes, email, **more)
            return claims | {"name": user.first_name, "email": user.email, "email_verified": True}

    def be(request, orcid, email):
        user, _is_new = get_user_model().objects.get_or_create(
            username=orcid, defaults={"first_name": "Ada Byron", "email": "" if email == "-" else email}
        )
        if user.email:  # several people have none, and an address is one person's
            EmailAddress.objects.get_or_create(user=user, email=user.email, verified=True, primary=True)
        login(request, user, backend="django.contrib.auth.backends.ModelBackend")
        return HttpResponse("ok")

    urlpatterns = [path("be/<str:orcid>/<str:email>/", be), path("", include("allauth.idp.urls"))]

if __name__ == "__main__":
    from django.core.wsgi import get_wsgi_application

    address = ("127.0.0.1", int(sys.argv[1]))
    with make_server(*address, get_wsgi_application(), ThreadedServer, QuietHandler) as server:
        server.serve_forever()
