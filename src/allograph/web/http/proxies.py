"""Know the address by which readers reach the service, and believe nobody else about it.

Whole addresses (in citations, snippets, descriptions) are made of it. It is the setting ``url``;
else what trusted proxies say; else the ``Host`` of the request, if that is an IP address, this
machine or the host that is listened on. Any other ``Host`` is what a client made up, or a name that
nobody told us of: then the address at which the request came in stands for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from werkzeug.middleware.proxy_fix import ProxyFix

from allograph.errors import SettingError
from allograph.settings import Settings
from allograph.text.addresses import is_address, name_in_host

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HOST = "HTTP_HOST"
LOCAL = "localhost"


def reached_as(app: WSGIApplication, settings: Settings) -> WSGIApplication:
    """The application as readers reach it; raises ``SettingError`` for a ``url`` of none."""
    if settings.url:
        return behind_proxies(at_url(app, settings.url), settings.proxy)
    if settings.proxy:
        return behind_proxies(with_sound_host(app), settings.proxy)
    return with_known_host(app, settings.host)


def behind_proxies(app: WSGIApplication, number: int) -> WSGIApplication:
    """The application as it is reached through so many proxies; 0 trusts none.

    Without the setting, ``X-Forwarded-…`` is what any client may write, and is ignored.
    """
    if not number:
        return app
    return ProxyFix(app, x_for=number, x_proto=number, x_host=number, x_prefix=number)


def at_url(app: WSGIApplication, url: str) -> WSGIApplication:
    """The application at one address, whatever a request says."""
    try:
        parts = urlsplit(url)
        is_sound = parts.scheme in ("http", "https") and bool(name_in_host(parts.netloc))
    except ValueError:
        is_sound = False
    if not is_sound or parts.query or parts.fragment:
        raise SettingError(
            f"ALLOGRAPH_URL is the address of the service, as in https://data.example/allograph,"
            f" not '{url}'"
        )
    fixed = {
        "wsgi.url_scheme": parts.scheme,
        HOST: parts.netloc,
        "SCRIPT_NAME": parts.path.rstrip("/"),
    }

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return app(environ | fixed, start_response)

    return answer


def with_known_host(app: WSGIApplication, host: str) -> WSGIApplication:
    """The application without any ``Host`` but an IP address, this machine or ``host``."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        name = name_in_host(environ.get(HOST, ""))
        is_local = name in (LOCAL, host.lower()) or (name or "").endswith(f".{LOCAL}")
        if not name or not (is_local or is_address(name)):
            environ.pop(HOST, None)
        return app(environ, start_response)

    return answer


def with_sound_host(app: WSGIApplication) -> WSGIApplication:
    """The application without a ``Host`` that is none, whoever sent it."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not name_in_host(environ.get(HOST, "")):
            environ.pop(HOST, None)
        return app(environ, start_response)

    return answer
