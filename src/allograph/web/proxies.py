"""Believe the proxies in front, if there are any: client, scheme, host and path prefix.

Without the setting, ``X-Forwarded-…`` is what any client may write, and is ignored.
"""

from typing import TYPE_CHECKING

from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


def behind_proxies(app: "WSGIApplication", number: int) -> "WSGIApplication":
    """Return the application as it is reached through so many proxies; 0 trusts none."""
    if not number:
        return app
    return ProxyFix(app, x_for=number, x_proto=number, x_host=number, x_prefix=number)
