"""A learning platform on this machine: lti1p3platform behind a small HTTP server.

The library of another learning platform makes the messages and checks what the site signs;
what tests change of a message before it is signed is done here.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from django.test import Client
from jwcrypto.jwk import JWK
from lti1p3platform.ltiplatform import LTI1P3PlatformConfAbstract
from lti1p3platform.message_launch import LTIAdvantageMessageLaunchAbstract
from lti1p3platform.registration import Registration
from lti1p3platform.request import Request

CLIENT_ID = "tutor-client"
DEPLOYMENT = "deployment-1"
LEARNER = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"
INSTRUCTOR = "http://purl.imsglobal.org/vocab/lis/v2/membership#Instructor"
Change = Callable[[dict[str, Any]], Any]

_KEY = JWK.generate(kty="RSA", size=2048)
_OTHER_KEY = JWK.generate(kty="RSA", size=2048)


class _Conf(LTI1P3PlatformConfAbstract):  # type: ignore[misc]
    def init_platform_config(self, **kwargs: Any) -> None:
        self._registration = kwargs["registration"]

    def get_registration_by_params(self, **kwargs: Any) -> Registration:
        return self._registration


class _Request(Request):  # type: ignore[misc]
    def build_metadata(self, request: Any) -> Any:
        return {"method": "GET", "get_data": request, "form_data": {}, "headers": {},
                "content_type": None, "path": "/", "json": None}  # fmt: skip


class _Launch(LTIAdvantageMessageLaunchAbstract):  # type: ignore[misc]
    def render_launch_form(self, launch_data: dict[str, Any], **kwargs: Any) -> Any:
        return launch_data


@dataclass
class Person:
    """Somebody of the platform."""

    sub: str
    name: str = "Ana"
    email: str | None = None
    roles: tuple[str, ...] = (LEARNER,)


@dataclass
class Platform:
    """A platform with one course, its gradebook and its roster."""

    url: str
    conf: _Conf
    members: list[dict[str, Any]] = field(default_factory=list)
    scores: list[dict[str, Any]] = field(default_factory=list)
    line_items: list[dict[str, Any]] = field(default_factory=list)
    refuses_scores: int = 0
    asked_scopes: list[str] = field(default_factory=list)
    # In a browser: who is signed in to the platform, what the link does, where it leads.
    visitor: Person | None = None
    visit: dict[str, Any] = field(default_factory=dict)
    tool: str = ""

    @property
    def registration(self) -> Registration:
        """What the platform knows of the tool, and of itself."""
        return self.conf.get_registration()

    def fields(self, **changes: str) -> dict[str, str]:
        """Return what a manager types in to register the platform."""
        return {
            "name": "Campus",
            "issuer": self.url,
            "client_id": CLIENT_ID,
            "deployment_id": DEPLOYMENT,
            "auth_url": f"{self.url}/auth",
            "token_url": f"{self.url}/token",
            "keyset_url": f"{self.url}/keys",
            "audience": "",
            **changes,
        }

    def ask(self, client: Client, **asked: str) -> Any:
        """Begin an arrival as the platform's page does; return the site's redirection."""
        given = {
            "iss": self.url,
            "login_hint": "someone",
            "target_link_uri": "http://testserver/lti/launch/",
            "client_id": CLIENT_ID,
            "lti_message_hint": "hint",
            **asked,
        }
        return client.post("/lti/login/", {k: v for k, v in given.items() if v})

    def answer(
        self,
        asked: Any,
        person: Person,
        *,
        course: str | None = "course-1",
        link: str = "link-1",
        custom: dict[str, str] | None = None,
        line_item: bool = True,
        deep_linking: bool = False,
        change: Change | None = None,
        key: JWK | None = None,
        header: dict[str, Any] | None = None,
    ) -> dict[str, str]:
        """Return the form that the platform posts: the state and the signed message."""
        return self.answer_question(
            dict(parse_qsl(urlsplit(asked["Location"]).query)),
            person,
            course=course,
            link=link,
            custom=custom,
            line_item=line_item,
            deep_linking=deep_linking,
            change=change,
            key=key,
            header=header,
        )

    def answer_question(
        self,
        question: dict[str, str],
        person: Person,
        *,
        course: str | None = "course-1",
        link: str = "link-1",
        custom: dict[str, str] | None = None,
        line_item: bool = True,
        deep_linking: bool = False,
        change: Change | None = None,
        key: JWK | None = None,
        header: dict[str, Any] | None = None,
    ) -> dict[str, str]:
        """Return the answer to what the site asked at the address of authentication."""
        launch = _Launch(_Request(question), self.conf)
        launch.set_user_data(person.sub, list(person.roles), person.name, person.email)
        launch.set_resource_link_claim(link, title="Speaking")
        if course is not None:
            launch.set_launch_context_claim(course, context_title="English 1")
        launch.set_launch_presentation_claim("iframe", f"{self.url}/back")
        launch.set_custom_parameters_claim(custom or {})
        launch.set_nrps(f"{self.url}/members")
        launch.set_ags(
            f"{self.url}/lineitems", f"{self.url}/lineitems/1" if line_item else None
        )
        if deep_linking:
            launch.set_dl(f"{self.url}/deep", extra_data={"course": 7})
        made: dict[str, Any] = launch.lti_launch()
        if change or key or header:
            made["id_token"] = self._changed(made["id_token"], change, key, header)
        return {"state": made["state"], "id_token": made["id_token"]}

    def launch(self, client: Client, person: Person, **how: Any) -> Any:
        """Send somebody to the site, as a browser goes there; return its last answer."""
        return client.post("/lti/launch/", self.answer(self.ask(client), person, **how))

    def read_links(self, client: Client, token: str) -> list[dict[str, Any]]:
        """Return what a deep linking answer places, once its signature was checked."""
        self.registration.set_tool_key_set(client.get("/lti/keys.json").json())
        found: list[dict[str, Any]] = self.conf.validate_deeplinking_resp(
            {"JWT": token}
        )
        return found

    def trust(self, client: Client) -> None:
        """Fetch the tool's keys, by which its requests for tokens are checked."""
        self.registration.set_tool_key_set(client.get("/lti/keys.json").json())

    def _changed(
        self, token: str, change: Change | None, key: JWK | None, header: Any
    ) -> str:
        claims = jwt.decode(token, options={"verify_signature": False})
        changed = change(claims) if change else None
        head = {"kid": self.registration.get_kid(), **(header or {})}
        pem = (key or _KEY).export_to_pem(private_key=True, password=None)
        algorithm = head.pop("alg", "RS256")
        return jwt.encode(
            changed or claims,
            "" if algorithm == "none" else pem,
            algorithm=algorithm,
            headers=head,
        )


OTHER_KEY = _OTHER_KEY


@contextmanager
def lti_platform(host: str = "127.0.0.1") -> Iterator[Platform]:
    """Serve a platform while a test runs; browsers tell sites apart by their host."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    url = f"http://{host}:{server.server_address[1]}"
    registration = (
        Registration()
        .set_iss(url)
        .set_client_id(CLIENT_ID)
        .set_deployment_id(DEPLOYMENT)
        .set_launch_url("http://testserver/lti/launch/")
        .set_deeplink_launch_url("http://testserver/lti/launch/")
        .set_oidc_login_url("http://testserver/lti/login/")
        .set_platform_public_key(_KEY.export_to_pem().decode())
        .set_platform_private_key(
            _KEY.export_to_pem(private_key=True, password=None).decode()
        )
    )
    platform = Platform(url, _Conf(registration=registration))
    server.platform = platform  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield platform
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    """What a platform answers to tools: keys, tokens, members, line items, scores."""

    @property
    def platform(self) -> Platform:
        found: Platform = self.server.platform  # type: ignore[attr-defined]
        return found

    def log_message(self, *args: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path == "/keys":
            return self._send(self.platform.conf.get_jwks())
        if parts.path == "/members" and self._allowed("contextmembership.readonly"):
            page = int(parse_qs(parts.query).get("Page", ["0"])[0])
            members = self.platform.members
            more = f'<{self.platform.url}/members?Page={page + 1}>; rel="next"'
            headers = {"Link": more} if (page + 1) * 2 < len(members) else {}
            shown = members[page * 2 : page * 2 + 2]
            return self._send({"id": "x", "members": shown}, headers=headers)
        if parts.path == "/course":
            asked = urlencode(
                {"iss": self.platform.url, "login_hint": "someone",
                 "target_link_uri": f"{self.platform.tool}/lti/launch/"}
            )  # fmt: skip
            frame = f'<iframe src="{self.platform.tool}/lti/login/?{asked}"></iframe>'
            style = "<style>iframe{width:100%;height:560px;border:0}</style>"
            return self._page(f"<h1>English 1</h1>{frame}{style}")
        if parts.path == "/auth":
            question = dict(parse_qsl(parts.query))
            visitor = self.platform.visitor or Person("nobody")
            form = self.platform.answer_question(
                question, visitor, **self.platform.visit
            )
            fields = "".join(
                f'<input type="hidden" name="{name}" value="{value}">'
                for name, value in form.items()
            )
            return self._page(
                f'<form method="post" action="{question["redirect_uri"]}">{fields}</form>'
                "<script>document.forms[0].submit()</script>"
            )
        return self._send({}, status=404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path == "/token":
            asked = {k: v[0] for k, v in parse_qs(body.decode()).items()}
            self.platform.asked_scopes.append(asked["scope"])
            return self._send(self.platform.conf.get_access_token(asked))
        if self.path == "/deep":
            return self._page(f"<h1>Placed</h1><p>{body.decode()[:4]}</p>")
        if self.path == "/lineitems" and self._allowed("ags/scope/lineitem"):
            item = json.loads(body) | {"id": f"{self.platform.url}/lineitems/2"}
            self.platform.line_items.append(item)
            return self._send(item, status=201)
        if self.path.endswith("/scores") and self._allowed("ags/scope/score"):
            if self.platform.refuses_scores:
                self.platform.refuses_scores -= 1
                return self._send({}, status=503)
            self.platform.scores.append({**json.loads(body), "at": self.path})
            return self._send({})
        return self._send({}, status=404)

    def _page(self, text: str) -> None:
        content = f"<!doctype html><title>Campus</title>{text}".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _allowed(self, scope: str) -> bool:
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        key = self.platform.registration.get_platform_public_key()
        claims = Registration.decode_and_verify(token, key)
        return scope in claims["scopes"]

    def _send(
        self, body: Any, *, status: int = 200, headers: dict[str, str] | None = None
    ) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
