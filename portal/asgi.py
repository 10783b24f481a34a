"""The portal as an ASGI application."""

from portal.start import prepare

prepare(role="web")

from django.core.asgi import get_asgi_application

application = get_asgi_application()
