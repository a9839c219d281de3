"""The edge: one table from what went wrong to what a browser is told.

Every error is ``{"error": {"code": ..., "message": one plain sentence, ...details}}``.
"""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from psycopg import OperationalError
from starlette.exceptions import HTTPException

from dragoman.db.once import DoneBefore
from dragoman.kit.errors import Refused
from dragoman.sentences import wording_of
from dragoman.wrong_fields import problem_in_words

RETRY_AFTER_SECONDS = 5

_log = logging.getLogger(__name__)


def install_error_handlers(app: FastAPI) -> None:
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(DoneBefore, _done_before)
    app.add_exception_handler(RequestValidationError, _wrong_fields)
    app.add_exception_handler(HTTPException, _no_such_route)
    app.add_exception_handler(OperationalError, _no_database)
    app.add_exception_handler(Exception, _bug)


async def _refused(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refused)
    return _answer(error.status, error.code, error.message, **error.details, **_wordings(error))


async def _done_before(_: Request, _error: Exception) -> Response:
    """The answer that was lost is not kept: that it is done is what the browser needs to know."""
    return Response(status_code=204)


def _wordings(error: Refused) -> dict[str, Any]:
    """Beside the English sentences what a browser says them by in another language."""
    found: dict[str, Any] = {}
    if wording := wording_of(error.message):
        found["wording"] = wording
    if fields := error.details.get("fields"):
        found["field_wordings"] = {name: wording_of(sentence) for name, sentence in fields.items()}
    return found


async def _wrong_fields(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    fields = {_name_of(problem["loc"]): problem_in_words(problem) for problem in error.errors()}
    return await _refused(
        request, Refused("invalid", "Something in this request is missing or wrong.", 422, fields=fields)
    )


async def _no_such_route(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    if error.status_code == 400:
        return _answer(400, "invalid", "This request cannot be read.")
    code = {404: "not_found", 405: "method_not_allowed"}.get(error.status_code, "invalid")
    return _answer(error.status_code, code, "There is nothing here that would answer this request.")


async def _no_database(_: Request, error: Exception) -> JSONResponse:
    """Also when every connection is taken for longer than one waits for it."""
    _log.warning("the database did not answer: %s", error)
    sentence = "The database does not answer just now: try again in a moment."
    return _answer(503, "unavailable", sentence, retry_after_seconds=RETRY_AFTER_SECONDS)


async def _bug(_request: Request, _error: Exception) -> JSONResponse:
    """The server's log has the traceback."""
    return _answer(500, "internal", "Something went wrong on our side: it is in the server's log.")


def _answer(status: int, code: str, message: str, **details: Any) -> JSONResponse:
    wait = details.get("retry_after_seconds")
    headers = {} if wait is None else {"Retry-After": str(wait)}
    return JSONResponse(error_body(code, message, **details), status, headers)


def error_body(code: str, message: str, **details: Any) -> dict[str, Any]:
    return {"error": {"code": code, "message": message, **details}}


def _name_of(location: tuple[int | str, ...]) -> str:
    """Where in the request, without the word for body, path or query."""
    return ".".join(str(step) for step in location[1:]) or str(location[0])
