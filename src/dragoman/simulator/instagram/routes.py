"""Instagram's two doors: graph.instagram.com for its own tokens, graph.facebook.com for those of linked Pages."""

from starlette.requests import Request
from starlette.routing import Route

from dragoman.simulator.faults import Faults
from dragoman.simulator.instagram.looking_up import look_up
from dragoman.simulator.instagram.renewing import renew
from dragoman.simulator.instagram.ways import INSTAGRAM
from dragoman.simulator.messenger.graph.api import Host, routes_of
from dragoman.simulator.messenger.graph.looking_up import look_up as look_up_on_messenger
from dragoman.simulator.messenger.graph.request import token_in
from dragoman.simulator.messenger.model import BY_PAGE
from dragoman.simulator.messenger.office import Office


def facebook_routes(messenger: Office, instagram: Office, faults: Faults) -> list[Route]:
    """Both networks behind one address: whose a call is, its token says."""
    of_messenger, of_instagram = Host(messenger, look_up_on_messenger), Host(instagram, look_up)

    def host(request: Request) -> Host:
        token = token_in(request)
        by_page = token.startswith(BY_PAGE) and token in instagram.network.tokens
        by_app = token.partition("|")[0] in instagram.network.apps
        return of_instagram if by_page or by_app else of_messenger

    return routes_of(host, faults)


def instagram_routes(instagram: Office, faults: Faults) -> list[Route]:
    own = Host(instagram, look_up, tokens_begin=INSTAGRAM.tokens_begin, renew=renew)
    return routes_of(lambda _: own, faults)
