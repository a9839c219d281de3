"""One web application: the platforms, the control API and the page on which a person plays a customer."""

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.routing import Mount
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dragoman.simulator.control.routes import control_routes
from dragoman.simulator.instagram.routes import facebook_routes, instagram_routes
from dragoman.simulator.messenger.cdn import cdn_routes
from dragoman.simulator.page.routes import page_routes
from dragoman.simulator.telegram.api import telegram_routes
from dragoman.simulator.whatsapp.graph.api import whatsapp_routes
from dragoman.simulator.whatsapp.media import lookaside_routes
from dragoman.simulator.world import World

MOST_BODY_BYTES = 80 * 1024 * 1024  # the largest file as Base64 in an order


def create_app(world: World) -> ASGIApp:
    routes = [
        Mount("/telegram", routes=telegram_routes(world.telegram_office, world.faults)),
        Mount("/graph", routes=facebook_routes(world.messenger_office, world.instagram_office, world.faults)),
        Mount("/instagram", routes=instagram_routes(world.instagram_office, world.faults)),
        Mount("/cdn", routes=cdn_routes(world.messenger_office, world.faults)),
        Mount("/whatsapp", routes=whatsapp_routes(world.whatsapp_office, world.faults)),
        Mount("/lookaside", routes=lookaside_routes(world.whatsapp_office, world.faults)),
        Mount("/control", routes=control_routes(world)),
        *page_routes(world.files),
    ]
    return marked_as_simulated(limited(Starlette(routes=routes)))


def limited(app: ASGIApp) -> ASGIApp:
    """A body that goes on and on is cut off; those that tell their length are refused in the platform's words."""

    async def counted(scope: Scope, receive: Receive, send: Send) -> None:
        left = MOST_BODY_BYTES

        async def receive_counted() -> Message:
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            return message if left >= 0 else {"type": "http.disconnect"}

        await app(scope, receive_counted, send)

    return counted


def marked_as_simulated(app: ASGIApp) -> ASGIApp:
    """Every answer says that it is not the real platform's."""

    async def marked(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["X-Simulated"] = "1"
            await send(message)

        await app(scope, receive, send_marked)

    return marked
