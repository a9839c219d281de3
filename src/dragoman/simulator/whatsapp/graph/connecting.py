"""Looking up accounts and numbers, uploading media, and the two subscriptions."""

from typing import Any

from msgspec.structs import replace

from dragoman.simulator.messenger.errors import GraphError as HandshakeError
from dragoman.simulator.messenger.graph.subscribing import shake_hands
from dragoman.simulator.whatsapp.graph.call import GraphCall
from dragoman.simulator.whatsapp.graph.errors import GraphError, invalid_parameter, not_visible
from dragoman.simulator.whatsapp.media import described, is_alive, keep_media
from dragoman.simulator.whatsapp.model import Number

SUCCESS = {"success": True}
SCOPES = ["whatsapp_business_management", "whatsapp_business_messaging"]
OBJECT = "whatsapp_business_account"
UPLOADED_TYPES = frozenset({
    "audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg", "image/jpeg", "image/png", "image/webp",
    "video/mp4", "video/3gpp", "text/plain", "application/pdf",
})  # fmt: skip


async def subscribe_app(call: GraphCall, app_id: str) -> Any:
    app = call.app(app_id)
    url, verify_token = call.text("callback_url"), call.text("verify_token")
    if call.text("object") != OBJECT:
        raise invalid_parameter(f"object must be one of {{{OBJECT}}}")
    if not url or not verify_token:
        raise invalid_parameter("callback_url and verify_token are required")
    fields = [name for name in (call.text("fields") or "").split(",") if name]
    try:
        await shake_hands(call.office.client, url, verify_token, call.network.digits(10))
    except HandshakeError as failed:
        raise GraphError(failed.code, failed.message) from failed
    call.network.keep_app(replace(app, callback_url=url, verify_token=verify_token, fields=fields))
    for number_id in call.network.numbers:
        call.office.courier.wake(number_id)
    return SUCCESS


async def list_app_subscriptions(call: GraphCall, app_id: str) -> Any:
    app = call.app(app_id)
    if app.callback_url is None:
        return {"data": []}
    fields = [{"name": name, "version": "v26.0"} for name in app.fields]
    return {"data": [{"object": OBJECT, "callback_url": app.callback_url, "active": True, "fields": fields}]}


async def subscribe_account(call: GraphCall, account_id: str) -> Any:
    account, token = call.account(account_id)
    if token.app_id not in account.subscribed_apps:
        call.network.keep_account(replace(account, subscribed_apps=[*account.subscribed_apps, token.app_id]))
    return SUCCESS


async def list_account_subscriptions(call: GraphCall, account_id: str) -> Any:
    account, _ = call.account(account_id)
    apps = (call.network.apps[app_id] for app_id in account.subscribed_apps)
    return {"data": [{"whatsapp_business_api_data": {"id": app.id, "name": app.name}} for app in apps]}


async def unsubscribe_account(call: GraphCall, account_id: str) -> Any:
    account, token = call.account(account_id)
    left = [app_id for app_id in account.subscribed_apps if app_id != token.app_id]
    call.network.keep_account(replace(account, subscribed_apps=left))
    return SUCCESS


async def list_numbers(call: GraphCall, account_id: str) -> Any:
    account, _ = call.account(account_id)
    numbers = (one for one in call.network.numbers.values() if one.account_id == account.id)
    return {"data": [_number(number) for number in numbers]}


async def upload(call: GraphCall, number_id: str) -> Any:
    number, _ = call.number(number_id)
    if call.text("messaging_product") != "whatsapp" or call.upload is None:
        raise invalid_parameter("The parameters messaging_product and file are required.")
    mime_type = call.upload.mime_type.partition(";")[0]
    if mime_type not in UPLOADED_TYPES and not mime_type.startswith("application/"):
        raise invalid_parameter(
            f"Param file must be a file with one of the supported types, not {mime_type}."
        )
    return {"id": keep_media(call.office, number.id, call.upload, is_ours=True).id}


async def look_up(call: GraphCall, node: str) -> Any:
    """The app or account of the token, a number, or a media id."""
    if node == "debug_token":
        return debug_token(call)
    if node in call.network.apps:
        return {"id": node, "name": call.app(node).name}
    token = call.token()
    if node == token.account_id:
        account = call.account(node)[0]
        return {"id": account.id, "name": account.name, "account_review_status": account.review}
    if node == "app":
        return {"id": token.app_id, "name": call.network.apps[token.app_id].name}
    if node in call.network.numbers:
        return _number(call.number(node)[0])
    kept = call.network.uploads.get(node)
    if kept is None or not is_alive(call.office, kept):
        raise not_visible(node)
    call.number(kept.number_id)
    if (asked := call.text("phone_number_id")) is not None and asked != kept.number_id:
        raise not_visible(node)
    return described(call.office, kept)


def debug_token(call: GraphCall) -> Any:
    asked = call.network.tokens.get(call.text("input_token") or "")
    if asked is None:
        return {"data": {"is_valid": False, "error": {"code": 190, "message": "Invalid OAuth access token."}}}
    call.app(asked.app_id)
    scopes = [scope for scope in SCOPES if scope not in asked.lacks]
    is_valid = asked.revoked_subcode is None
    return {
        "data": {
            "app_id": asked.app_id,
            "type": "SYSTEM_USER",
            "is_valid": is_valid,
            "expires_at": 0,
            "scopes": scopes,
        }
    }


def _number(number: Number) -> dict[str, Any]:
    return {
        "id": number.id,
        "display_phone_number": number.display,
        "verified_name": number.name,
        "quality_rating": "GREEN",
    }
