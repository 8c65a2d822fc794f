"""The figures at the site's own address, for a Prometheus on the inside."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from telemetry import metrics

# Whoever asks through a proxy is somewhere else, whatever address the proxy has.
_BY_PROXY = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")


@require_safe
@never_cache
def figures_of_process(request: HttpRequest) -> HttpResponse:
    """Answer with this process' figures to whom ``TUTOR_METRICS_FROM`` names, else 404."""
    if not may_read(request):
        raise Http404
    return HttpResponse(metrics.exposition(), content_type=CONTENT_TYPE_LATEST)


def may_read(request: HttpRequest) -> bool:
    """Whether somebody asks directly, from a network that may."""
    if any(name in request.headers for name in _BY_PROXY):
        return False
    try:
        asks = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    networks = [ip_network(one) for one in settings.OBSERVING["METRICS_FROM"]]
    return any(asks in network for network in networks)
