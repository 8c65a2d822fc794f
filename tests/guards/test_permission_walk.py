"""Every address as every role, with things of a school that really are there.

Who may stands in ``permission_table``. Everybody else is sent to sign in, or told that there
is no such thing, whether they follow a link or send something.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from channels.testing import WebsocketCommunicator
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, reverse
from pytest_django import Settings

from schools.models import School
from sessions.consumers import TutoringConsumer
from sessions.routing import websocket_urlpatterns
from sessions.wire.errors import CLOSE_NOT_FOUND, CLOSE_NOT_SIGNED_IN, SUBPROTOCOL
from tests.factories.connect import api_client
from tests.factories.responses import closed
from tests.factories.schools import SchoolFactory
from tests.factories.world import ROLES, World, make_world
from tests.guards.permission_arguments import (
    API,
    API_ABOUT,
    API_FOR_ALL_SCOPES,
    API_LISTS,
    API_LOOKS_FIRST,
    API_OPEN,
    ARGUMENTS,
    DJANGO_ADMIN,
    LITERALS,
    MAY_LACK,
    NAMED_WHEN_SENT,
    OTHERS,
)
from tests.guards.permission_table import NOBODY, SIGNED_IN, TABLE, Row
from tests.guards.test_access import ALL

pytestmark = pytest.mark.django_db

PEOPLE = ("stranger", *ROLES)


def listed() -> dict[str, Row]:
    """Return the row of each address."""
    return {name: row for row in TABLE for name in row.names.split()}


def address(name: str, pattern: URLPattern, row: Row, world: World) -> str:
    """Return the address with the things of the first school in it."""
    groups = getattr(pattern.pattern, "regex", None)
    keys = [*pattern.pattern.converters, *(groups.groupindex if groups else ())]
    arguments = {}
    for key in keys:
        thing = (row.about or {}).get(key, ARGUMENTS.get(key, ""))
        value = world.things.get(thing) or LITERALS.get(key, "")
        other = OTHERS.get(name, {}).get(key)
        if other is not None:
            value = world.things[other[1:]] if other[:1] == "=" else other
        arguments[key] = value
    return reverse(name, kwargs=arguments)


def answer(client: Client, method: str, path: str) -> HttpResponseBase:
    """Ask, and take back whatever that changed."""
    with transaction.atomic():
        response: HttpResponseBase = getattr(client, method)(path)
        transaction.set_rollback(True)
    return closed(response)


def outcome(response: HttpResponseBase) -> str:
    """Return what became of a request, in one word."""
    status = response.status_code
    if status == 302 and response["Location"].startswith(
        ("/accounts/login/", "/admin/login/")
    ):
        return "sign in"
    if status in {401, 403, 404, 405}:
        return {401: "sign in", 405: "other method"}.get(status, "refused")
    return "broken" if status >= 500 and status != 503 else "open"


def roles_to_try(row: Row) -> tuple[str, ...]:
    """Return all roles, or some where everybody gets there who is signed in."""
    if row.who >= SIGNED_IN:
        return ("stranger", "learner", "admin")
    return PEOPLE


def wanted(role: str, row: Row) -> str:
    """Return what the table says."""
    if role in row.who:
        return "open"
    return "sign in" if role == "stranger" else "refused"


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def clients(world: World, settings: Settings) -> dict[str, Client]:
    """Return a signed-in client for each; what serves files would take half of the time."""
    settings.MIDDLEWARE = [
        name
        for name in settings.MIDDLEWARE
        if not name.startswith(("servestatic.", "django.middleware.gzip."))
    ]
    found = {role: Client(raise_request_exception=False) for role in PEOPLE}
    for role, user in world.people.items():
        found[role].force_login(user)
    return found


def test_the_table_names_every_address_once() -> None:
    names = [name for row in TABLE for name in row.names.split()]
    assert len(names) == len(set(names))
    walked = {n for n in ALL if not n.startswith((DJANGO_ADMIN, API))}
    missing = sorted(walked - set(names))
    assert not missing, (
        f"Nobody says who may open {missing}. Put each into the row of TABLE with those "
        "who may, or make a row; what it is about must be in tests/factories/world.py."
    )
    gone = sorted(set(names) - set(ALL))
    assert not gone, f"There is no address {gone} any more: take it out of TABLE."


@pytest.mark.urls("tests.guards.plain_errors")
def test_everybody_gets_exactly_where_the_table_says(
    world: World, clients: Mapping[str, Client]
) -> None:
    wrong = []
    for name, row in listed().items():
        path = address(name, ALL[name], row, world)
        for role in roles_to_try(row):
            should = wanted(role, row)
            found = outcome(answer(clients[role], "get", path))
            if found == "other method" or should != "open":
                sent = outcome(answer(clients[role], "post", path))
                found = found if sent in {should, "other method"} else sent
                found = sent if found == "other method" else found
            lacks = found == "refused" and name in MAY_LACK | NAMED_WHEN_SENT
            if found not in {should, "other method"} and not (
                lacks and should == "open"
            ):
                wrong.append(f"{name} as {role}: {found}, not {should}")
    assert not wrong, "\n".join(wrong)


def test_sockets_are_those_that_are_walked() -> None:
    routes = [str(pattern.pattern) for pattern in websocket_urlpatterns]
    assert routes == ["ws/sessions/<uuid:session_uuid>/"]


# A socket asks the database through a connection that it closes and opens by itself.
@pytest.mark.django_db(transaction=True)
def test_only_its_learner_gets_into_a_talk(world: World) -> None:
    async def closed_with(user: Any) -> int | None:
        socket = WebsocketCommunicator(
            TutoringConsumer.as_asgi(), "/ws/sessions/x/", subprotocols=[SUBPROTOCOL]
        )
        scope: dict[str, Any] = socket.scope  # type: ignore[assignment]
        scope["user"] = user
        scope["url_route"] = {"kwargs": {"session_uuid": world.things["talk"]}}
        await socket.connect()
        nothing = await socket.receive_nothing(timeout=0.05)
        code = None if nothing else (await socket.receive_output())["code"]
        await socket.disconnect()
        return code

    codes = {
        role: async_to_sync(closed_with)(user) for role, user in world.people.items()
    }
    refused = dict.fromkeys(ROLES, CLOSE_NOT_FOUND)
    assert codes == refused | {"learner": None}
    assert async_to_sync(closed_with)(AnonymousUser()) == CLOSE_NOT_SIGNED_IN


def api_answers(
    world: World, name: str, headers: Mapping[str, str], client: Client | None = None
) -> set[str]:
    """Return what became of asking an address of the API in every way."""
    row = Row(NOBODY, name, {"uuid": API_ABOUT.get(name, "classroom")})
    path = address(name, ALL[name], row, world)
    found = set()
    for method in ("GET", "POST", "DELETE"):
        with transaction.atomic():
            response = (client or Client()).generic(
                method, path, "{}", content_type="application/json", headers=headers
            )
            transaction.set_rollback(True)
        found.add(outcome(response))
    return found - {"other method"}


def test_the_api_opens_to_tokens_of_the_school_only(
    world: World, clients: Mapping[str, Client]
) -> None:
    school = School.objects.get(uuid=world.things["school"])
    ours = api_client(school)
    theirs = api_client(SchoolFactory.create())
    weak = api_client(school, scopes=())
    wrong = []
    for name in sorted(n for n in ALL if n.startswith(API) and n not in API_OPEN):
        asked = {
            "nobody": api_answers(world, name, {}),
            "a cookie": api_answers(world, name, {}, clients["manager"]),
            "a false token": api_answers(world, name, bearer("tutor_x")),
            "no scope": api_answers(world, name, bearer(weak.secret)),
            "another school": api_answers(world, name, bearer(theirs.secret)),
            "the school": api_answers(world, name, bearer(ours.secret)),
        }
        should = {
            "nobody": {"sign in"},
            "a cookie": {"sign in"},
            "a false token": {"sign in"},
            "no scope": {"open"} if name in API_FOR_ALL_SCOPES else {"refused"},
            "another school": {"open"}
            if name in API_LISTS | API_LOOKS_FIRST
            else {"refused"},
            "the school": {"open"},
        }
        wrong += [
            f"{name} with {who}: {sorted(found)}"
            for who, found in asked.items()
            if found != should[who]
        ]
    assert not wrong, "\n".join(wrong)
    for name in sorted(API_LISTS):
        listed = Client().get(reverse(name), headers=bearer(theirs.secret)).text
        assert not any(
            len(thing) == 36 and thing in listed for thing in world.things.values()
        )


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}
