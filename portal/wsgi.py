"""The portal as a WSGI application, for Granian or any other server."""

from portal.start import prepare

prepare(role="web")

from django.core.wsgi import get_wsgi_application

from portal.warm import warm_up
from portal.web import with_peer

application = with_peer(get_wsgi_application())
warm_up()
