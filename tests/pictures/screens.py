"""Every screen in every state that somebody can come to: which scene of `web/dev`, where, after what."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from playwright.async_api import Page

from tests.pictures import acts

HOME = "/w/workspace-aster"
WAITING = f"{HOME}/waiting"
INGRID = f"{WAITING}/ingrid"
LIST, MAIN, COMPOSER, DIALOG, FLOATING = ".list", "main", ".composer", ".dialog", ".floating"
PALETTE, LINE = ".palette", ".connection-line"
HEIGHTS = {1440: 900, 1024: 768, 390: 844, 360: 740}
PHONE = 640  # up to so wide it is one column


Act = Callable[[Page], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Screen:
    scene: str
    path: str
    act: Act | None = None
    part: str | None = None  # what is new on it, where all else is looked at on another screen
    flag: str | None = None
    on_desk: bool = True
    on_phone: bool = True

    def is_for(self, width: int) -> bool:
        return self.on_phone if width <= PHONE else self.on_desk

    @property
    def query(self) -> str:
        flags = {self.flag: ""} if self.flag else {}
        return urlencode({"scene": self.scene, "path": self.path} | flags)


def on_desk(scene: str, path: str, act: Act | None = None, part: str | None = None) -> Screen:
    return Screen(scene, path, act, part, on_phone=False)


def on_phone(scene: str, path: str, act: Act | None = None, part: str | None = None) -> Screen:
    return Screen(scene, path, act, part, on_desk=False)


DOORS = {
    "sign-in": Screen("nobody", "/sign-in"),
    "sign-in-refused": Screen("nobody", "/sign-in", acts.sign_in_refused),
    "first-owner": Screen("first-owner", "/welcome#first-owner"),
    "invited": Screen("invited", "/welcome#invited"),
    "invited-known": Screen("known", "/welcome#known"),
    "link-spent": Screen("link-spent", "/welcome#link-spent"),
    "link-broken": Screen("link-broken", "/welcome#link-broken"),
    "loading": Screen("asking", "/"),
    "unreachable": Screen("unreachable", "/"),
    "no-workspace": Screen("homeless", "/"),
    "broken": Screen("busy", "/", flag="broken"),
}
LISTS = {
    "welcome": Screen("no-channel", WAITING, part=LIST),
    "empty": Screen("empty", WAITING),
    "last-days": Screen("empty", WAITING, acts.last_days, part=FLOATING),
    "one": Screen("one", WAITING, part=LIST),
    "list": Screen("busy", WAITING),
    "list-loading": Screen("slow-list", WAITING, acts.go_to_closed, part=LIST),
    "list-lost": Screen("lost-list", WAITING, acts.go_to_closed, part=LIST),
    "list-still": on_desk("busy", WAITING, acts.hold_still, part=LIST),
    "all": Screen("full", f"{HOME}/all", part=LIST),
    "closed-view": Screen("full", f"{HOME}/closed", part=LIST),
    "snoozed": Screen("busy", f"{HOME}/snoozed", part=LIST),
    "at-risk": Screen("service", f"{HOME}/at_risk/ingrid"),
    "mine": Screen("teams", f"{HOME}/mine", part=LIST),
    "mine-none": Screen("empty", f"{HOME}/mine", part=LIST),
    "unassigned": Screen("teams", f"{WAITING}?owner=none"),
    "queue-of-team": Screen("teams", f"{WAITING}?team=long", part=LIST),
    "mentions": Screen("views", f"{HOME}/mentions/ingrid"),
    "mentions-list": on_phone("views", f"{HOME}/mentions", part=LIST),
    "mentions-none": Screen("empty", f"{HOME}/mentions", part=LIST),
    "tail": Screen("busy", WAITING, acts.tail, part=LIST),
    "picked": Screen("busy", WAITING, acts.pick, part=LIST),
    "picked-beside": on_desk("busy", INGRID, acts.pick, part=LIST),
    "search": on_desk("busy", INGRID, acts.search, part=LIST),
    "search-list": on_phone("busy", WAITING, acts.search),
    "search-nothing": Screen("busy", WAITING, acts.search_nothing, part=LIST),
    "search-lost": Screen("lost-search", WAITING, acts.search, part=LIST),
    "filter": Screen(
        "views", f"{WAITING}?label=shipping&priority=normal&unread=true", acts.filter_panel, part=FLOATING
    ),
    "filtered": on_desk("views", f"{INGRID}?label=invoice&label=broken&channel=telegram", part=LIST),
    "filtered-list": on_phone("views", f"{WAITING}?label=invoice&unread=true", part=LIST),
    "filtered-nothing": Screen("views", f"{HOME}/snoozed?label=how-to&channel=old", part=LIST),
    "view": Screen("views", f"{HOME}/view/view-2", acts.view_menu, part=FLOATING),
    "view-altered": Screen("views", f"{HOME}/view/view-0?label=shipping&unread=true", part=LIST),
    "view-save": Screen("views", f"{WAITING}?label=shipping&unread=true", acts.view_save, part=DIALOG),
    "view-gone": Screen("views", f"{HOME}/view/gone"),
}
CONVERSATIONS = {
    "conversation": Screen("busy", INGRID),
    "deliveries": Screen("deliveries", INGRID, part=MAIN),
    "parts": Screen("parts", f"{WAITING}/parts", part=MAIN),
    "chinese": Screen("full", f"{WAITING}/chen", part=MAIN),
    "from-arabia": Screen("full", f"{WAITING}/hanan", part=MAIN),
    "long-name": Screen("busy", f"{WAITING}/long#contact", part=".contact"),
    "owner": Screen("teams", f"{WAITING}/hanan#contact", part=".contact"),
    "contact": Screen("busy", f"{INGRID}#contact", part=".contact"),
    "closed": Screen("busy", INGRID, acts.close, part=".toast"),
    "closed-conversation": Screen("full", f"{HOME}/closed/closed-c", part=MAIN),
    "read-above": Screen("long", INGRID, acts.scroll_up, part=MAIN),
    "missing": Screen("busy", f"{WAITING}/nobody-of-this-name"),
    "viewer": Screen("full", f"{WAITING}/chen", acts.viewer, part="dialog.viewer"),
}
WRITING = {
    "writing": Screen("busy", INGRID, acts.write, part=COMPOSER),
    "refused": Screen("busy", INGRID, acts.refused, part=COMPOSER),
    "too-long": Screen("busy", INGRID, acts.write_too_much, part=COMPOSER),
    "send-menu": Screen("busy", INGRID, acts.send_menu, part=FLOATING),
    "held": Screen("busy", INGRID, acts.held, part=COMPOSER),
    "quote": Screen("busy", INGRID, acts.quote, part=COMPOSER),
    "window-shut": Screen("written", f"{WAITING}/lucia", part=COMPOSER),
    "window-shut-template": on_phone("templates", f"{WAITING}/lucia", part=MAIN),
    "templates": on_desk("templates", f"{WAITING}/lucia", acts.templates, part=DIALOG),
    "templates-none": on_phone("no-templates", f"{WAITING}/lucia", acts.templates, part=DIALOG),
    "template-filled": Screen("templates", f"{WAITING}/lucia", acts.fill_in_template, part=DIALOG),
    "template-wrong": on_phone("templates", f"{WAITING}/lucia", acts.fill_in_wrongly, part=DIALOG),
    "offers": Screen("offers", INGRID, acts.offer_choices, part=MAIN),
    "offer-menu": Screen("offers", INGRID, acts.more_to_send, part=FLOATING),
    "location": Screen("offers", INGRID, acts.give_location, part=DIALOG),
    "contact-card": Screen("offers", INGRID, acts.give_contact, part=DIALOG),
    "drafts": Screen("written", INGRID, part=COMPOSER),
    "note": Screen("views", INGRID, acts.note, part=MAIN),
    "reaction": Screen("busy", INGRID, acts.reaction, part=FLOATING),
    "emoji": Screen("busy", INGRID, acts.emoji, part=FLOATING),
    "uploads": Screen("busy", INGRID, acts.uploads, part=COMPOSER),
}
OVER_THE_SCREEN = {
    "me": on_desk("full", INGRID, acts.me, part=FLOATING),
    "workspaces": on_desk("full", INGRID, acts.workspaces, part=FLOATING),
    "more": on_phone("views", WAITING, acts.more, part=FLOATING),
    "keys": Screen("busy", INGRID, acts.keys, part=DIALOG),
    "palette": Screen("busy", INGRID, acts.palette, part=PALETTE),
    "palette-words": Screen("busy", INGRID, acts.palette_words, part=PALETTE),
    "palette-nothing": Screen("busy", INGRID, acts.palette_nothing, part=PALETTE),
    "snooze": Screen("busy", INGRID, acts.snooze, part=DIALOG),
    "assign": Screen("teams", INGRID, acts.assign, part=DIALOG),
    "labels": Screen("busy", INGRID, acts.labels, part=DIALOG),
    "offline": Screen("busy", INGRID, acts.offline, part=LINE),
    "offline-list": on_phone("busy", WAITING, acts.offline, part=LINE),
    "queue": Screen("busy", INGRID, acts.queue, part=DIALOG),
    "new-version": Screen("busy", INGRID, flag="newer", part=".new-version"),
}
THE_HOUSE = {
    "channels": Screen("channels", f"{HOME}/channels"),
    "channel-templates": Screen("templates", f"{HOME}/channels", acts.channel_templates, part=DIALOG),
    "channels-none": Screen("no-channel", f"{HOME}/channels", part=MAIN),
    "channel-removed": Screen("channels", f"{HOME}/channels", acts.remove_channel, part=DIALOG),
    "channels-past": Screen("past", f"{HOME}/channels", part=MAIN),
    "unanswered": Screen("past", f"{HOME}/channels/unanswered/messenger", part=MAIN),
    "unanswered-none": Screen("channels", f"{HOME}/channels/unanswered/messenger", part=MAIN),
    "connect": Screen("channels", f"{HOME}/channels", acts.connect, part=MAIN),
    "shelf": Screen("busy", f"{HOME}/shelf"),
    "shelf-none": Screen("empty", f"{HOME}/shelf", part=MAIN),
    "alarms": Screen("alarms", f"{HOME}/alarms"),
    "alarms-none": Screen("empty", f"{HOME}/alarms", part=MAIN),
    "profile": Screen("full", f"{HOME}/profile"),
    "notifications": Screen("full", f"{HOME}/notifications", part=MAIN),
    "ledger": Screen("full", f"{HOME}/ledger", acts.ledger_of_yesterday, part=MAIN),
    "ledger-behind": Screen("full", f"{HOME}/ledger", acts.behind_a_number, part=DIALOG),
    "evening": Screen("full", f"{HOME}/notifications", acts.evening, part=MAIN),
    "settings-keys": Screen("busy", f"{HOME}/keys", acts.record, part=MAIN),
    "sessions": Screen("full", f"{HOME}/sessions", part=MAIN),
    "members": Screen("full", f"{HOME}/members", part=MAIN),
    "invite": Screen("full", f"{HOME}/members", acts.invite, part=MAIN),
    "member-removed": Screen("full", f"{HOME}/members", acts.remove_member, part=DIALOG),
    "members-at-work": Screen("teams", f"{HOME}/members", part=MAIN),
    "work": Screen("teams", f"{HOME}/members", acts.work, part=DIALOG),
    "teams": Screen("teams", f"{HOME}/teams", part=MAIN),
    "teams-none": Screen("busy", f"{HOME}/teams", part=MAIN),
    "team-removed": Screen("teams", f"{HOME}/teams", acts.remove_team, part=DIALOG),
    "hours": Screen("teams", f"{HOME}/hours", part=MAIN),
    "automatic": Screen("teams", f"{HOME}/automatic", part=MAIN),
    "routing": Screen("teams", f"{HOME}/routing"),
    "routing-nothing": Screen("busy", f"{HOME}/routing", part=MAIN),
    "settings-labels": Screen("full", f"{HOME}/labels", part=MAIN),
    "service": Screen("service", f"{HOME}/service", part=MAIN),
    "service-new": Screen("service", f"{HOME}/service", acts.begin_service_level, part=DIALOG),
    "rules": Screen("rules", f"{HOME}/rules", part=MAIN),
    "rules-none": Screen("no-rules", f"{HOME}/rules", part=MAIN),
    "rule": Screen("rules", f"{HOME}/rules/refunds", acts.look_at_rule, part=MAIN),
    "rule-waits": Screen("rules", f"{HOME}/rules/waits", acts.look_at_rule, part=MAIN),
    "rule-new": Screen("rules", f"{HOME}/rules/new", acts.begin_rule, part=MAIN),
    "rehearsal": Screen("rules", f"{HOME}/rules/refunds", acts.rehearse, part=MAIN),
    "rule-deeds": Screen("rules", f"{HOME}/rules/refunds", acts.look_at_deeds, part=MAIN),
    "webhooks": Screen("webhooks", f"{HOME}/webhooks", part=MAIN),
    "webhooks-none": Screen("no-webhooks", f"{HOME}/webhooks", part=MAIN),
    "webhook": Screen("webhooks", f"{HOME}/webhooks/crm", part=MAIN),
    "webhook-new": Screen("webhooks", f"{HOME}/webhooks", acts.begin_webhook, part=DIALOG),
    "webhook-secret": Screen("no-webhooks", f"{HOME}/webhooks", acts.make_webhook, part=DIALOG),
    "rule-choice": Screen("rules", f"{HOME}/rules/refunds", acts.choose_in_rule, part=FLOATING),
}
SCREENS: dict[str, Screen] = {
    **DOORS, **LISTS, **CONVERSATIONS, **WRITING, **OVER_THE_SCREEN, **THE_HOUSE,
}  # fmt: skip
