"""One call of the Graph API for WhatsApp: parameters however they came, and the token that speaks."""

import hmac
from dataclasses import dataclass
from typing import Any

import msgspec
from starlette.datastructures import UploadFile
from starlette.requests import Request

from dragoman.simulator.media.kinds import Media
from dragoman.simulator.messenger.signing import app_secret_proof
from dragoman.simulator.whatsapp.graph.errors import GraphError, invalid_parameter, not_visible
from dragoman.simulator.whatsapp.model import Account, App, Number, Token
from dragoman.simulator.whatsapp.network import WhatsAppNetwork
from dragoman.simulator.whatsapp.office import Office

MOST_BYTES = 102 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class GraphCall:
    office: Office
    parameters: dict[str, Any]
    upload: Media | None
    access_token: str

    @property
    def network(self) -> WhatsAppNetwork:
        return self.office.network

    def text(self, name: str) -> str | None:
        value = self.parameters.get(name)
        return None if value is None else str(value)

    def structure(self, name: str) -> dict[str, Any]:
        """An object. Raises: GraphError 131008 where there is none."""
        value = self.parameters.get(name)
        if not isinstance(value, dict):
            raise GraphError(131008, f"(#131008) Required parameter is missing: {name}")
        return value

    def token(self) -> Token:
        """Raises: GraphError 190 for a token that is unknown or no longer valid."""
        token = self.network.tokens.get(self.access_token)
        if token is None:
            raise GraphError(190, "Invalid OAuth access token - Cannot parse access token", status=401)
        if token.revoked_subcode is not None:
            words = "Error validating access token: The session has been invalidated."
            raise GraphError(190, words, subcode=token.revoked_subcode, status=401)
        proof, secret = self.text("appsecret_proof"), self.network.apps[token.app_id].secret
        if proof is not None and not hmac.compare_digest(proof, app_secret_proof(secret, token.token)):
            raise invalid_parameter("Invalid appsecret_proof provided in the API argument")
        return token

    def app(self, app_id: str) -> App:
        """The app whose own token (`id|secret`) this is."""
        app = self.network.apps.get(app_id)
        if app is None or not hmac.compare_digest(self.access_token, f"{app.id}|{app.secret}"):
            raise GraphError(190, "Invalid OAuth access token signature.", status=401)
        return app

    def account(self, account_id: str) -> tuple[Account, Token]:
        token = self.token()
        if account_id != token.account_id:
            raise not_visible(account_id)
        return self.network.accounts[account_id], token

    def number(self, number_id: str) -> tuple[Number, Token]:
        token, number = self.token(), self.network.numbers.get(number_id)
        if number is None or number.account_id != token.account_id:
            raise not_visible(number_id)
        return number, token


async def read_call(office: Office, request: Request) -> GraphCall:
    parameters: dict[str, Any] = dict(request.query_params)
    if int(request.headers.get("content-length", "0")) > MOST_BYTES:
        raise invalid_parameter("The file is too big.")
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    upload: Media | None = None
    if content_type == "application/json":
        parameters |= await _json_object(request)
    elif content_type in ("multipart/form-data", "application/x-www-form-urlencoded"):
        fields, upload = await _form(request)
        parameters |= fields
    token = request.headers.get("authorization", "").removeprefix("Bearer ")
    return GraphCall(office, parameters, upload, token)


async def _json_object(request: Request) -> dict[str, Any]:
    try:
        return msgspec.json.decode(await request.body() or b"{}", type=dict[str, Any])
    except msgspec.DecodeError as error:
        raise invalid_parameter("The request body is not valid JSON.") from error


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
