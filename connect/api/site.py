"""The API as a whole: its addresses, its description, its errors."""

from __future__ import annotations

import logging
import re
from typing import Any, cast

from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, re_path
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from .envelope import in_envelope, unknown_address
from .problems import ApiProblem, failed, malformed, not_found, wrong_fields
from .routes_results import router as results
from .routes_rosters import router as rosters
from .routes_statements import router as statements
from .routes_work import router as work

PREFIX = "/api/v1/"
logger = logging.getLogger(__name__)

DESCRIPTION = """Rosters, set work and results of a school, for its other systems.

Send `Authorization: Bearer` and a token with each request. A token opens one school, and of
it what its scopes allow. Errors are always `{"error": {"code", "message", "fields"?}}`.
"""

api = NinjaAPI(
    title="Tutor",
    version="1.0.0",
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url=None,
    openapi_url=None,
)
api.add_router("", rosters, tags=["Rosters"])
api.add_router("", work, tags=["Set work"])
api.add_router("", results, tags=["Results"])
api.add_router("", statements, tags=["Learning records"])


@api.exception_handler(ApiProblem)
def _refused(request: HttpRequest, problem: ApiProblem) -> HttpResponse:
    return problem.response()


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    return wrong_fields(problem).response()


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, problem: HttpError) -> HttpResponse:
    # Ninja itself raises these for a body that is no JSON, and for nothing else here.
    return malformed().response()


@api.exception_handler(Http404)
def _missing(request: HttpRequest, problem: Http404) -> HttpResponse:
    return not_found().response()


@api.exception_handler(Exception)
def _failed(request: HttpRequest, problem: Exception) -> HttpResponse:
    got_request_exception.send(sender=None, request=request)
    logger.error("%s failed", request.resolver_match, exc_info=problem)
    return failed().response()


def openapi(request: HttpRequest) -> JsonResponse:
    """Describe the API for programs."""
    return JsonResponse(described())


def described() -> dict[str, Any]:
    """Return the description of the API (OpenAPI 3.1)."""
    schema = api.get_openapi_schema(path_prefix=PREFIX)
    return cast("dict[str, Any]", schema)


def _queries() -> dict[str, dict[str, set[str]]]:
    """Return what each address takes after the question mark, by method."""
    return {
        address: {
            method.upper(): {
                parameter["name"]
                for parameter in operation["parameters"]
                if parameter["in"] == "query"
            }
            for method, operation in operations.items()
        }
        for address, operations in described()["paths"].items()
    }


def _addresses() -> list[URLPattern]:
    queries = _queries()
    found = [path("openapi.json", openapi, name="openapi-json")]
    for pattern in api.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name != "api-root":
            address = PREFIX + re.sub(r"<\w+:uuid>", "{uuid}", str(pattern.pattern))
            pattern.callback = in_envelope(pattern.callback, queries[address])
            found.append(pattern)
    return [*found, re_path(r"^(?P<rest>.*)$", unknown_address, name="unknown")]


urlpatterns = _addresses()
