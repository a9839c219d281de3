"""What every new account has had approved, or not: enough to try every kind of template."""

import re

from dragoman.simulator.whatsapp.model import Account, Json, Template
from dragoman.simulator.whatsapp.network import WhatsAppNetwork

GAP = re.compile(r"\{\{(\w+)\}\}")


def give_starters(network: WhatsAppNetwork, account: Account) -> None:
    for name, language, category, status, reason, components in STARTERS:
        network.keep_template(
            Template(network.digits(16), account.id, name, language, category, status, components, reason)
        )


def component(template: Template, kind: str) -> Json:
    """The part of this type; empty where it has none."""
    return next((one for one in template.components if one["type"] == kind), {})


def gaps_in(words: str) -> list[str]:
    return list(dict.fromkeys(GAP.findall(words)))


def _body(words: str, *examples: str) -> Json:
    return {
        "type": "BODY",
        "text": words,
        **({"example": {"body_text": [list(examples)]}} if examples else {}),
    }


def _named_body(words: str, **examples: str) -> Json:
    named = [{"param_name": name, "example": example} for name, example in examples.items()]
    return {"type": "BODY", "text": words, "example": {"body_text_named_params": named}}


def _head(words: str, *examples: str) -> Json:
    given = {"example": {"header_text": list(examples)}} if examples else {}
    return {"type": "HEADER", "format": "TEXT", "text": words, **given}


def _foot(words: str) -> Json:
    return {"type": "FOOTER", "text": words}


def _reply(title: str) -> Json:
    return {"type": "QUICK_REPLY", "text": title}


def _buttons(*buttons: Json) -> Json:
    return {"type": "BUTTONS", "buttons": list(buttons)}


TRACKING = {
    "type": "URL",
    "url": "https://shop.example/track/{{1}}",
    "example": ["https://shop.example/track/K7-4711"],
}

STARTERS: list[tuple[str, str, str, str, str, list[Json]]] = [
    ("appointment_reminder", "en", "UTILITY", "APPROVED", "NONE", [
        _head("Your appointment"),
        _named_body("Hello {{customer_name}}, we expect you on {{day}} at {{time}}.",
                    customer_name="Ana", day="Friday", time="2 pm"),
        _foot("Espresso & Co."),
        _buttons(_reply("I will come"), _reply("Another day")),
    ]),
    ("order_on_its_way", "en_US", "UTILITY", "APPROVED", "NONE", [
        _head("Order {{1}}", "4711"),
        _body("Hello {{1}}, your order left us today and arrives on {{2}}.", "Ana", "Friday"),
        _buttons({**TRACKING, "text": "Follow it"}),
    ]),
    ("order_on_its_way", "de", "UTILITY", "APPROVED", "NONE", [
        _head("Bestellung {{1}}", "4711"),
        _body("Guten Tag {{1}}, Ihre Bestellung ist heute unterwegs und kommt am {{2}} an.", "Ana", "Freitag"),
        _buttons({**TRACKING, "text": "Verfolgen"}),
    ]),
    ("order_on_its_way", "zh_TW", "UTILITY", "APPROVED", "NONE", [
        _head("訂單 {{1}}", "4711"),
        _body("{{1}} 您好，您的訂單今天已寄出，預計 {{2}} 送達。", "美玲", "週五"),
        _buttons({**TRACKING, "text": "查看進度"}),
    ]),
    ("we_have_an_answer", "en_US", "UTILITY", "APPROVED", "NONE", [
        _body("We have an answer to your question. Would you like to hear it?"),
        _buttons(_reply("Yes, please"), _reply("No, thank you")),
    ]),
    ("spare_part", "en_US", "UTILITY", "APPROVED", "NONE", [
        {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": ["https://shop.example/part.jpg"]}},
        _body("Is this the part that you need, {{1}}?", "Ana"),
        _buttons(_reply("Yes"), _reply("No")),
    ]),
    ("your_invoice", "en_US", "UTILITY", "APPROVED", "NONE", [
        {"type": "HEADER", "format": "DOCUMENT"},
        _body("Here is the invoice for order {{1}}.", "4711"),
    ]),
    ("pick_it_up", "en_US", "UTILITY", "APPROVED", "NONE", [
        {"type": "HEADER", "format": "LOCATION"},
        _body("It waits for you here until {{1}}.", "Saturday"),
    ]),
    ("how_was_it", "en_US", "MARKETING", "PENDING", "NONE", [_body("How was it, {{1}}?", "Ana")]),
    ("summer_sale", "en_US", "UTILITY", "REJECTED", "PROMOTIONAL", [_body("Everything for half the price!")]),
    ("come_back", "en_US", "MARKETING", "PAUSED", "NONE", [_body("We miss you, {{1}}.", "Ana")]),
    ("sign_in_code", "en_US", "AUTHENTICATION", "APPROVED", "NONE", [_body("Your code is {{1}}.", "123456")]),
]  # fmt: skip
