"""HTTP and WebSockets; sockets pass origin, then sign-in checks."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tutorplatform.settings.local")
django_application = get_asgi_application()

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator

from sessions.routing import websocket_urlpatterns

from . import observing
from .lifespan import lifespan
from .site_figures import SITE
from .stopping import stop_with_the_process

stop_with_the_process()
observing.begin("web", *SITE)
application = ProtocolTypeRouter(
    {
        "http": django_application,
        "websocket": AllowedHostsOriginValidator(
            AuthMiddlewareStack(URLRouter(websocket_urlpatterns))  # type: ignore[arg-type]
        ),
        "lifespan": lifespan,
    }
)
