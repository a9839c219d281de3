"""The control API: makes bots, pages and customers, lets customers act, asks for troubles, reads notes."""

from starlette.routing import Route

from dragoman.simulator.control.answers import Handler, answered
from dragoman.simulator.control.numbers import NumbersControl
from dragoman.simulator.control.pages import PagesControl
from dragoman.simulator.control.people import PeopleControl
from dragoman.simulator.control.storms import StormControl
from dragoman.simulator.control.world import WorldControl
from dragoman.simulator.world import World


def control_routes(world: World) -> list[Route]:
    storms = StormControl(world)
    people, pages, whole = PeopleControl(world), PagesControl(world), WorldControl(world)
    numbers = NumbersControl(world)
    return [
        _route("GET", "/whoami", whole.whoami),
        _route("GET", "/everybody", people.everybody),
        _route("POST", "/bots", people.new_bot),
        _route("POST", "/webhook", people.set_webhook),
        _route("POST", "/pages", pages.new_page),
        _route("POST", "/instagrams", pages.new_instagram),
        _route("POST", "/app-webhook", pages.set_webhook),
        _route("POST", "/together", pages.set_entries_per_post),
        _route("POST", "/revoke", pages.revoke),
        _route("POST", "/lack", pages.lack),
        _route("POST", "/past", pages.remember_past),
        _route("POST", "/age", pages.age),
        _route("POST", "/unsubscribe", pages.unsubscribe),
        _route("POST", "/page-inbox", pages.answer_in_page_inbox),
        _route("POST", "/thread-owner", pages.give_thread),
        _route("GET", "/psid", pages.psid),
        _route("POST", "/numbers", numbers.new_number),
        _route("POST", "/numbers/together", numbers.set_changes_per_post),
        _route("POST", "/numbers/revoke", numbers.revoke),
        _route("POST", "/numbers/lack", numbers.lack),
        _route("POST", "/numbers/review", numbers.review),
        _route("POST", "/numbers/template", numbers.judge),
        _route("POST", "/numbers/past", numbers.hand_over_past),
        _route("POST", "/numbers/phone-app", numbers.answer_in_app),
        _route("GET", "/numbers/person", numbers.person),
        _route("POST", "/customers", people.new_customer),
        _route("POST", "/says", people.says),
        _route("POST", "/does", people.does),
        _route("POST", "/connect-account", people.connect_account),
        _route("POST", "/disconnect-account", people.disconnect_account),
        _route("POST", "/owner-does", people.owner_does),
        _route("GET", "/phone", people.phone),
        _route("POST", "/storm", storms.start),
        _route("GET", "/storms/{id:int}", storms.show),
        _route("GET", "/journal", whole.journal),
        _route("GET", "/under-way", whole.under_way),
        _route("POST", "/faults", whole.new_fault),
        _route("GET", "/faults", whole.standing_faults),
        _route("DELETE", "/faults", whole.end_faults),
        _route("DELETE", "/faults/{id:int}", whole.end_fault),
        _route("POST", "/limits", whole.limit),
        _route("POST", "/clock", whole.set_clock),
        _route("POST", "/patience", whole.set_patience),
        _route("POST", "/retry-now", whole.retry_now),
        _route("POST", "/die", whole.die),
    ]


def _route(method: str, path: str, handler: Handler) -> Route:
    return Route(path, answered(handler), methods=[method])
