"""The headers every answer carries."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, Response

FEATURES_OFF = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
    "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
    "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking",
)  # only what Chromium knows: it would say on the console of her page that it does not know another
ALWAYS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HTML = "text/html"


def socket_of(origin: str) -> str:
    """Return the origin of the sockets that belong to pages of `origin`: ws for http, wss for https."""
    return "ws" + origin.removeprefix("http")


def content_security_policy(origin: str, *, forms: bool) -> str:
    """Return the policy of a program's pages: its own files and its own socket, and nothing else."""
    forms_to = "'self'" if forms else "'none'"
    return "; ".join((
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        f"connect-src 'self' {socket_of(origin)}",
        "base-uri 'none'",
        f"form-action {forms_to}",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ))


def page_headers(origin: str, *, forms: bool = False) -> dict[str, str]:
    """Return the headers that pages carry beside those of every answer."""
    return {
        "Content-Security-Policy": content_security_policy(origin, forms=forms),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
        "Permissions-Policy": ", ".join(f"{feature}=()" for feature in FEATURES_OFF),
        "Integrity-Policy": "blocked-destinations=(script)",
        "X-Frame-Options": "DENY",
    }


def protect(app: Flask, origin: str, *, forms: bool = False) -> None:
    """Give every answer of a program its headers; `forms` allows forms that post to the program itself."""
    app.after_request(_guard(page_headers(origin, forms=forms)))


def _guard(page: dict[str, str]) -> Callable[[Response], Response]:
    def guard(response: Response) -> Response:
        response.headers.update(ALWAYS)
        if response.mimetype == HTML:
            response.headers.update(page)
        return response

    return guard
