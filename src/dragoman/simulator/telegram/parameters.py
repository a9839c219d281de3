"""A method's parameters, however they came: query string, form, multipart or JSON."""

import re
from dataclasses import dataclass
from typing import Any

import msgspec
from starlette.datastructures import UploadFile
from starlette.requests import Request

from dragoman.simulator.telegram.errors import BotApiError, bad_request

MAX_REQUEST_BYTES = 52 * 1024 * 1024  # 50 MB for a file, and room for the rest
INTEGER = re.compile(r"-?\d{1,19}")


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    mime_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Parameters:
    values: dict[str, Any]
    uploads: dict[str, Upload]

    def text(self, name: str) -> str | None:
        value = self.values.get(name)
        return None if value is None else str(value)

    def required_text(self, name: str, complaint: str) -> str:
        value = self.text(name)
        if not value:
            raise bad_request(complaint)
        return value

    def integer(self, name: str) -> int | None:
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if isinstance(value, str) and INTEGER.fullmatch(value):
            return int(value)
        raise bad_request(f"parameter {name} must be an integer")

    def flag(self, name: str) -> bool:
        return str(self.values.get(name, "")).lower() in ("true", "1", "yes")

    def structure(self, name: str) -> Any:
        """A list or object: given as such in a JSON body, as JSON text in a form."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return msgspec.json.decode(value)
        except msgspec.DecodeError as error:
            raise bad_request(f"can't parse {name} JSON object") from error


async def read_parameters(request: Request) -> Parameters:
    values: dict[str, Any] = dict(request.query_params)
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if int(request.headers.get("content-length", "0")) > MAX_REQUEST_BYTES:
        raise BotApiError(413, "Request Entity Too Large")
    if content_type == "application/json":
        return Parameters(values | await _json_object(request), {})
    if content_type in ("multipart/form-data", "application/x-www-form-urlencoded"):
        fields, uploads = await _form(request)
        return Parameters(values | fields, uploads)
    return Parameters(values, {})


async def _json_object(request: Request) -> dict[str, Any]:
    body = await request.body()
    if not body:
        return {}
    try:
        return msgspec.json.decode(body, type=dict[str, Any])
    except msgspec.DecodeError as error:
        raise bad_request("can't parse JSON object") from error


async def _form(request: Request) -> tuple[dict[str, Any], dict[str, Upload]]:
    fields: dict[str, Any] = {}
    uploads: dict[str, Upload] = {}
    async with request.form() as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                uploads[name] = Upload(
                    value.filename or "file",
                    value.content_type or "application/octet-stream",
                    await value.read(),
                )
            else:
                fields[name] = value
    return fields, uploads
