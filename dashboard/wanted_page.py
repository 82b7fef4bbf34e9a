"""The page asked for before signing in, kept by the browser for the way back, so that a link opens what it leads to."""

from __future__ import annotations

from urllib.parse import quote, unquote, urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response

COOKIE = "wanted"
# As long as signing in may take, and as much as a link of ours holds.
SECONDS = 600
LONGEST = 2000
FIRST_PAGE = "/"


def remember(answer: Response, asked: HTTPConnection) -> Response:
    """Have the browser keep the address that was asked for, unless that is plainly the first page."""
    address = quote(asked.url.path)
    if asked.url.query:
        address = f"{address}?{asked.url.query}"
    if address != FIRST_PAGE and len(address) <= LONGEST:
        kept = quote(address, safe="")
        answer.set_cookie(COOKIE, kept, max_age=SECONDS, httponly=True, samesite="lax")
    return answer


def way_back(asked: HTTPConnection, pages: set[str]) -> Response | None:
    """From the first page, where signing in ends, to the page that was wanted; None when there was none.

    Only a page of ours is gone to, whatever a cookie says, and once.
    """
    wanted = unquote(asked.cookies.get(COOKIE, ""))
    if not wanted or asked.url.path != FIRST_PAGE or asked.url.query:
        return None
    found = urlsplit(wanted)
    is_ours = found.path in pages and not found.netloc and not found.scheme
    query = f"?{found.query}" if found.query else ""
    answer = RedirectResponse(f"{found.path}{query}" if is_ours else FIRST_PAGE, 303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="lax")
    return answer
