"""What every answer of the API has in common."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from .problems import ApiProblem, not_found

View = Callable[..., HttpResponseBase]


def in_envelope(view: View, queries: Mapping[str, Collection[str]]) -> View:
    """Wrap a view: errors of the address are JSON too, nobody keeps a copy of answers.

    ``queries`` names what each method takes after the question mark: a misspelt filter
    would otherwise quietly show everything. Tokens are the only way in, so there is
    nothing for a forged form to use.
    """

    @csrf_exempt
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        known = queries.get(request.method or "", tuple(request.GET))
        if strange := sorted(set(request.GET) - set(known)):
            return _query_refused(strange)
        response = view(request, *args, **kwargs)
        if isinstance(response, HttpResponseNotAllowed):
            response = _method_refused(response["Allow"])
        caller = getattr(request, "api_caller", None)
        headers = {
            "Cache-Control": "no-store",
            "Vary": "Authorization",
            **(caller.allowance.headers() if caller else {}),
            **getattr(request, "api_headers", {}),
        }
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        return response

    return wrapped


@csrf_exempt
def unknown_address(request: HttpRequest, rest: str = "") -> HttpResponseBase:
    """Say in JSON that there is no such address."""
    return not_found().response()


def _query_refused(strange: list[str]) -> HttpResponseBase:
    words = _("This address does not know that.")
    problem = ApiProblem(
        422,
        "query.unknown",
        _("The address has something after the question mark that is not known."),
        fields={f"query.{name[:80]}": [words] for name in strange[:10]},
    )
    return problem.response()


def _method_refused(allowed: str) -> HttpResponseBase:
    problem = ApiProblem(
        405,
        "method.refused",
        _("This address does not take that method."),
        headers={"Allow": allowed},
    )
    return problem.response()
