"""Every address needs sign-in, or is on a list that says why not."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

OPEN = {
    "home": "says what this is",
    "interface-texts": "words of scripts in one language; holds no data",
    "learners:reminders-off": "the secret token in the mail is the proof",
    "learners:join": "a code leads to what joining means; guesses are limited",
    "learners:join-link": "the secret of the link is the proof; joining asks for sign-in",
    "learners:language-choose": "everybody may choose the language of the pages",
    "privacy:guardian": "the secret token in the mail is the proof",
    "privacy:guardian-recordings": "the secret token in the mail is the proof",
    "privacy:guardian-export": "the secret token in the mail is the proof",
    "privacy:guardian-export-state": "the secret token in the mail is the proof",
    "privacy:guardian-export-file": "the secret token in the mail is the proof",
    "privacy:guardian-erase": "the secret token in the mail is the proof",
    "privacy:guardian-keep": "the secret token in the mail is the proof",
    "operations:announcement-dismiss": "remembers in the browser what was closed",
    "health": "asked by load balancers; holds no data",
    "ready": "asked by load balancers, kept inside by the proxy; holds no data",
    "metrics": "networks of the settings, kept inside by the proxy; holds no data of people",
    "account_login": "how one signs in",
    "account_signup": "how one joins",
    "account_logout": "sends who is not signed in back to the start",
    "account_inactive": "tells that an account is switched off",
    "account_email_verification_sent": "follows sign-up, before sign-in",
    "account_confirm_email": "the secret key in the mail is the proof",
    "account_reset_password": "for who cannot sign in",
    "account_reset_password_done": "follows the form before",
    "account_reset_password_from_key": "the secret key in the mail is the proof",
    "account_reset_password_from_key_done": "follows the form before",
    "account_confirm_login_code": "part of sign-in; sends others to it",
    "connect:api-docs": "describes the API for people; holds no data",
    "connect:api:openapi-json": "describes the API for programs; holds no data",
    "connect:lti-login": "how a learning platform begins to send somebody",
    "connect:lti-launch": "what a learning platform signed is the proof",
    "connect:lti-enter": "the secret ticket of an arrival is the proof",
    "connect:lti-choose": "the secret ticket of an arrival is the proof",
    "connect:lti-keys": "public keys, by which platforms check what this site signs",
    "connect:api:unknown": "says that there is no such address of the API",
    "admin:login": "how one signs in to the admin",
    "admin:logout": "sends who is not signed in back to the start",
    "admin:jsi18n": "words of Django's own scripts; holds no data",
}

# Other systems show a token; they are told so in JSON, never sent to a page.
API = "connect:api:"

ARGUMENTS = {
    "uuid": "11111111-1111-1111-1111-111111111111",
    "object_id": "1",
    "content_type_id": "1",
    "app_label": "learners",
    "uidb36": "1",
    "url": "x",
    "kind": "csv",
}
ARGUMENT_OF_CONVERTER = {"UUIDConverter": ARGUMENTS["uuid"], "IntConverter": 1}


def _patterns(
    resolver: URLResolver, namespace: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for item in resolver.url_patterns:
        if isinstance(item, URLResolver):
            inner = f"{namespace}{item.namespace}:" if item.namespace else namespace
            yield from _patterns(item, inner)
        else:
            yield f"{namespace}{item.name}", item


ALL = dict(_patterns(get_resolver()))


def _address(name: str, pattern: URLPattern) -> str:
    converters = pattern.pattern.converters
    arguments = {
        key: ARGUMENTS.get(key)
        or ARGUMENT_OF_CONVERTER.get(type(converter).__name__, "x")
        for key, converter in converters.items()
    }
    groups = getattr(pattern.pattern, "regex", None)
    for key in groups.groupindex if groups else ():
        arguments.setdefault(key, ARGUMENTS.get(key, "learners"))
    return reverse(name, kwargs=arguments)


def test_the_list_of_open_addresses_names_only_what_exists() -> None:
    assert set(OPEN) <= set(ALL)


def test_every_address_has_a_name() -> None:
    unnamed = [name for name in ALL if name.endswith("None")]
    # The admin's catch-all, which itself asks for sign-in, is the only one.
    assert unnamed == ["admin:None"]


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(n for n in ALL if n != "admin:None"))
def test_a_stranger_is_asked_to_sign_in(client: Client, name: str) -> None:
    if name in OPEN:
        return
    address = _address(name, ALL[name])
    for method in (client.get, client.post):
        response = method(address)
        if response.status_code == 405:
            continue
        if name.startswith(API):
            assert response.status_code == 401, f"{name} answers strangers"
            assert response.json()["error"]["code"] == "token.missing"
            continue
        assert response.status_code == 302, f"{name} answers strangers"
        sign_in = ("/accounts/login/", "/admin/login/", settings.LOGIN_URL)
        assert response["Location"].startswith(sign_in), name
