"""The one cookie of the staff's program, and the form token that only its holder can make."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from hashlib import sha256
from http.cookies import CookieError, SimpleCookie
from typing import Final

from flask import Response, request

TOKEN_BYTES: Final = 32
_FORM: Final = b"Helpline 1.0 form"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffCookie:
    """Holds a sign-in's token. Before the sign-in it holds a random value that opens nothing, for the form token.

    Args:
        secure: the pages are served over https, so the name may carry `__Host-`.
    """

    secure: bool

    @property
    def name(self) -> str:
        """The cookie's name; with `__Host-` no other host can set it."""
        return "__Host-staff" if self.secure else "staff"

    def read(self) -> str:
        """Return what this request's browser holds, empty if nothing."""
        return request.cookies.get(self.name, "")

    def read_header(self, header: str) -> str:
        """Return the token in a Cookie header, empty if there is none: for the sockets' handshake."""
        try:
            morsel = SimpleCookie(header).get(self.name)
        except CookieError:
            return ""
        return morsel.value if morsel else ""

    def give(self, response: Response, token: str) -> None:
        """Let the browser hold this token until it is closed."""
        response.set_cookie(self.name, token, httponly=True, samesite="Strict", secure=self.secure, path="/")

    def take(self, response: Response) -> None:
        """Let the browser forget it."""
        response.delete_cookie(self.name, httponly=True, samesite="Strict", secure=self.secure, path="/")


def new_token() -> str:
    """Return a value for a browser that has none; nothing is kept of it here."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def form_token(cookie: str) -> str:
    """Return what a form must bring: no other site can read the cookie, so none can make it."""
    return hmac.new(cookie.encode("utf-8", "surrogatepass"), _FORM, sha256).hexdigest()


def is_form_token(given: str, cookie: str) -> bool:
    """Tell whether a form brought the token of this browser's cookie."""
    return bool(cookie) and hmac.compare_digest(given.encode("utf-8", "surrogatepass"), form_token(cookie).encode())
