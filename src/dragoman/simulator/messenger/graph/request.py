"""One call of the Graph API: parameters however they came, and the token that speaks."""

import hmac
import re
from dataclasses import dataclass
from typing import Any

import msgspec
from starlette.datastructures import UploadFile
from starlette.requests import Request

from dragoman.simulator.media.kinds import Media
from dragoman.simulator.messenger.errors import GraphError, invalid_parameter, invalid_token
from dragoman.simulator.messenger.model import App, Page, Token
from dragoman.simulator.messenger.network import MessengerNetwork
from dragoman.simulator.messenger.office import Office
from dragoman.simulator.messenger.signing import app_secret_proof

MOST_BYTES = 27 * 1024 * 1024  # 25 MB for a file, and room for the rest
BEARER = re.compile(r"(?:Bearer|OAuth)\s+(.+)", re.IGNORECASE)

SESSION_EXPIRED = 463


@dataclass(frozen=True, slots=True)
class GraphCall:
    office: Office
    parameters: dict[str, Any]
    upload: Media | None
    access_token: str

    @property
    def network(self) -> MessengerNetwork:
        return self.office.network

    def text(self, name: str) -> str | None:
        value = self.parameters.get(name)
        return None if value is None else str(value)

    def structure(self, name: str) -> Any:
        """An object: given as such in a JSON body, as JSON text in a form."""
        value = self.parameters.get(name)
        if not isinstance(value, str):
            return value
        try:
            return msgspec.json.decode(value)
        except msgspec.DecodeError as error:
            raise invalid_parameter(f"param {name} must be valid JSON.") from error

    def names(self, name: str) -> list[str]:
        """A list of names: an array, or joined with commas."""
        value = self.parameters.get(name)
        if isinstance(value, list):
            return [str(one) for one in value]
        return [one.strip() for one in str(value).split(",") if one.strip()] if value else []

    def token(self) -> Token:
        """Raises: GraphError 190 for a token that is unknown or no longer valid, 104 for none."""
        if not self.access_token:
            raise GraphError(104, "(#104) An access token is required to request this resource.")
        token = self.network.tokens.get(self.access_token)
        if token is None:
            raise invalid_token()
        if token.revoked_subcode is not None:
            raise invalid_token(token.revoked_subcode)
        if token.expires_at is not None and token.expires_at <= self.network.clock.steady_seconds():
            raise invalid_token(SESSION_EXPIRED)
        self._check_proof(token)
        return token

    @property
    def is_app(self) -> bool:
        """Whether an app itself speaks (`id|secret`)."""
        return "|" in self.access_token

    def app(self, app_id: str) -> App:
        """The app whose own token (`id|secret`) this is."""
        app = self.network.apps.get(app_id)
        if app is None or not hmac.compare_digest(self.access_token, f"{app.id}|{app.secret}"):
            raise invalid_token()
        return app

    def page(self, page_id: str) -> tuple[Page, Token]:
        """The page, by its own token. `me` is the page of the token."""
        token = self.token()
        if token.page_id is None or page_id not in ("me", token.page_id):
            raise GraphError(
                200, "(#200) Requires pages_messaging permission to manage the object", status=403
            )
        return self.network.pages[token.page_id], token

    def _check_proof(self, token: Token) -> None:
        proof = self.text("appsecret_proof")
        secret = self.network.apps[token.app_id].secret
        if proof is not None and not hmac.compare_digest(proof, app_secret_proof(secret, token.token)):
            raise GraphError(
                100, "Invalid appsecret_proof provided in the API argument", kind="GraphMethodException"
            )


def token_in(request: Request) -> str:
    """The token of the header, or of the address."""
    bearer = BEARER.fullmatch(request.headers.get("authorization", ""))
    return bearer[1] if bearer else request.query_params.get("access_token", "")


async def read_call(office: Office, request: Request) -> GraphCall:
    parameters: dict[str, Any] = dict(request.query_params)
    if int(request.headers.get("content-length", "0")) > MOST_BYTES:
        raise invalid_parameter("Attachment size exceeds allowable limit", 2018109)
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    upload: Media | None = None
    if content_type == "application/json":
        parameters |= await _json_object(request)
    elif content_type in ("multipart/form-data", "application/x-www-form-urlencoded"):
        fields, upload = await _form(request)
        parameters |= fields
    token = token_in(request) or str(parameters.get("access_token", ""))
    parameters.pop("access_token", None)
    return GraphCall(office, parameters, upload, token)


async def _json_object(request: Request) -> dict[str, Any]:
    body = await request.body()
    if not body:
        return {}
    try:
        return msgspec.json.decode(body, type=dict[str, Any])
    except msgspec.DecodeError as error:
        raise GraphError(2500, "(#2500) The request body is not valid JSON.") from error


async def _form(request: Request) -> tuple[dict[str, Any], Media | None]:
    fields: dict[str, Any] = {}
    upload: Media | None = None
    async with request.form() as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                mime_type = value.content_type or "application/octet-stream"
                upload = Media(value.filename or "file", mime_type, await value.read())
            else:
                fields[name] = value
    return fields, upload
