"""What a browser must make of a snapshot and frames, written straight from docs/browser-contract.md.

Slow and plain on purpose: nothing of the product's code is used, so that a mistake there is seen here.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime
from typing import Any

Row = dict[str, Any]
Key = tuple[datetime, int, str]


class Gap(Exception):
    """The stream goes on somewhere else than where this client stands."""


class Inbox:
    """The state of a client that loaded one page of a view and, perhaps, one conversation."""

    def __init__(self, snapshot: Row) -> None:
        self.view: str = snapshot["view"]
        self.seq: int = snapshot["seq"]
        self.counts: Row = snapshot["counts"]
        self.channels = {row["id"]: row for row in snapshot["channels"]}
        self.members = {row["id"]: row for row in snapshot["members"]}
        self.setups = {row["id"]: row for row in snapshot["setups"]}
        self.alarms = {row["id"]: row for row in snapshot["alarms"]["items"]}
        self.last_alarm = _last_alarm(snapshot["alarms"])
        self.labels = {row["id"]: row for row in snapshot["labels"]}
        self.teams = {row["id"]: row for row in snapshot["teams"]}
        self.saved_views = {row["id"]: row for row in snapshot["saved_views"]}
        self.rules_version: int = snapshot["rules_version"]
        self.service_levels: list[Row] = snapshot["service_levels"]
        self.mentions_unseen: int = snapshot["mentions_unseen"]
        self.filter: Row = snapshot["filter"]
        self.me: str = snapshot["me"]
        self.rows = {row["id"]: _unmarked(row) for row in snapshot["rows"]["items"]}
        self.marks = {row["id"]: row["read_up_to"] for row in snapshot["rows"]["items"]}
        self.mentions = {row["id"]: row["mention"] for row in snapshot["rows"]["items"]}
        self.end = self._last_key(snapshot["rows"])
        self.opened: Row | None = None
        self.timeline: dict[str, Row] = {}
        self.start: Key | None = None
        self.drafts: list[Row] = snapshot["drafts"]
        if snapshot["conversation"] is not None:
            self._open(snapshot["conversation"], snapshot["timeline"])

    def _last_key(self, rows: Row) -> Key | None:
        """How far this client has loaded; None: to the very end."""
        return self._place(rows["items"][-1]) if rows["next_cursor"] else None

    def _open(self, row: Row, timeline: Row) -> None:
        self.opened = _unmarked(row)
        self.marks[row["id"]] = row["read_up_to"]
        self.mentions[row["id"]] = row["mention"]
        self.timeline = {message["id"]: message for message in timeline["items"]}
        self.start = place_of(timeline["items"][0]) if timeline["next_cursor"] else None

    def apply(self, frame: Row) -> None:
        """Raises Gap."""
        if frame["to"] <= self.seq:
            return
        if frame["from"] != self.seq:
            raise Gap(f"this client stands at {self.seq}, the frame goes from {frame['from']}")
        for change in frame["changes"]:
            CHANGES[change["kind"]](self, deepcopy(change))
        self.seq = frame["to"]

    def _conversation(self, change: Row) -> None:
        row = _unmarked(change["row"])
        self._put(row)
        if self.opened is not None and self.opened["id"] == row["id"]:
            self.opened = row

    def _put(self, row: Row) -> None:
        self.rows.pop(row["id"], None)
        key = self._place(row)
        if key is not None and not self.is_beyond(key):
            self.rows[row["id"]] = row

    def _place(self, row: Row) -> Key | None:
        """A row's place in this client's view, if what it filters by leaves it there."""
        if self.view == "mentions":
            mention = self.mentions.get(row["id"])
            return (_moment(mention["at"]), 0, row["id"]) if mention else None
        if self.view == "mine" and row["owner_id"] != self.me:
            return None
        return place_in(self.view, row) if self._is_left(row) else None

    def _is_left(self, row: Row) -> bool:
        wanted, mark = self.filter, self.marks.get(row["id"])
        owner = {"me": self.me, "none": None}.get(wanted["owner"], row["owner_id"])
        arrived = row["last_arrived_at"]
        is_unread = arrived is not None and (mark is None or _moment(arrived) > _moment(mark))
        return (
            (not wanted["channel_ids"] or row["channel_id"] in wanted["channel_ids"])
            and (not wanted["label_ids"] or bool(set(wanted["label_ids"]) & set(row["label_ids"])))
            and row["owner_id"] == owner
            and (not wanted["team_ids"] or row["team_id"] in wanted["team_ids"])
            and (not wanted["priorities"] or row["priority"] in wanted["priorities"])
            and (is_unread or not wanted["unread"])
        )

    def is_beyond(self, key: Key) -> bool:
        if self.end is None:
            return False
        return key > self.end if self.view in RISING else key < self.end

    def _conversation_gone(self, change: Row) -> None:
        self.rows.pop(change["id"], None)
        if self.opened is not None and self.opened["id"] == change["id"]:
            self.opened, self.timeline, self.drafts = None, {}, []

    def _message(self, change: Row) -> None:
        message = change["message"]
        if self.opened is None or message["conversation_id"] != self.opened["id"]:
            return
        self.timeline.pop(message["id"], None)
        if self.start is None or place_of(message) >= self.start:
            self.timeline[message["id"]] = message

    def _message_gone(self, change: Row) -> None:
        self.timeline.pop(change["id"], None)

    def _turn_settled(self, change: Row) -> None:
        for message_id, message in self.timeline.items():
            if message["turn_id"] == change["turn_id"]:
                self.timeline[message_id] = {**message, "language": change["language"]}

    def _counts(self, change: Row) -> None:
        self.counts = change["counts"]

    def _read(self, change: Row) -> None:
        self.marks[change["conversation_id"]] = change["read_up_to"]
        self._put_again(change["conversation_id"])

    def _mention(self, change: Row) -> None:
        self.mentions[change["conversation_id"]] = change["mention"]
        self._put_again(change["conversation_id"])

    def _put_again(self, conversation: str) -> None:
        known = [*self.rows.values(), *([self.opened] if self.opened else [])]
        for row in [row for row in known if row["id"] == conversation]:
            self._put(row)

    def _mentions(self, change: Row) -> None:
        self.mentions_unseen = change["unseen"]

    def _rules(self, change: Row) -> None:
        self.rules_version = change["version"]

    def _service_levels(self, change: Row) -> None:
        self.service_levels = change["items"]

    def _saved_view(self, change: Row) -> None:
        self.saved_views[change["saved_view"]["id"]] = change["saved_view"]

    def _saved_view_gone(self, change: Row) -> None:
        self.saved_views.pop(change["id"], None)

    def _channel(self, change: Row) -> None:
        self.channels[change["channel"]["id"]] = change["channel"]

    def _channel_gone(self, change: Row) -> None:
        self.channels.pop(change["id"], None)

    def _member(self, change: Row) -> None:
        self.members[change["member"]["id"]] = change["member"]

    def _setup(self, change: Row) -> None:
        self.setups[change["setup"]["id"]] = change["setup"]

    def _setup_gone(self, change: Row) -> None:
        self.setups.pop(change["id"], None)

    def _alarm(self, change: Row) -> None:
        alarm = change["alarm"]
        self.alarms.pop(alarm["id"], None)
        if self._is_alarm_loaded(alarm):
            self.alarms[alarm["id"]] = alarm

    def _alarm_gone(self, change: Row) -> None:
        self.alarms.pop(change["id"], None)

    def _is_alarm_loaded(self, alarm: Row) -> bool:
        is_of_all = alarm["conversation_id"] is None or self.last_alarm is None
        return is_of_all or _place_of_alarm(alarm) <= _required(self.last_alarm)

    def _label(self, change: Row) -> None:
        self.labels[change["label"]["id"]] = change["label"]

    def _label_gone(self, change: Row) -> None:
        """It goes from every row that carries it, too."""
        self.labels.pop(change["id"], None)
        opened = [] if self.opened is None else [self.opened]
        for row in [*self.rows.values(), *opened]:
            row["label_ids"] = [each for each in row["label_ids"] if each != change["id"]]
        for row in list(self.rows.values()):
            self._put(row)

    def _team(self, change: Row) -> None:
        self.teams[change["team"]["id"]] = change["team"]

    def _team_gone(self, change: Row) -> None:
        self.teams.pop(change["id"], None)

    def _drafts(self, change: Row) -> None:
        if self.opened is not None and change["conversation_id"] == self.opened["id"]:
            self.drafts = change["drafts"]

    def _nothing(self, change: Row) -> None:
        """What only notifies: it changes nothing that is shown."""

    def shown(self) -> Row:
        """Everything that stands on this client's screen."""
        rows = sorted(self.rows.values(), key=lambda row: _required(self._place(row)))
        if self.view not in RISING:
            rows.reverse()
        return {
            "seq": self.seq,
            "counts": self.counts,
            "channels": self.channels,
            "members": self.members,
            "setups": self.setups,
            "alarms": self.alarms,
            "labels": self.labels,
            "teams": self.teams,
            "saved_views": self.saved_views,
            "rules_version": self.rules_version,
            "service_levels": self.service_levels,
            "mentions_unseen": self.mentions_unseen,
            "rows": [self._marked(row) for row in rows],
            "conversation": None if self.opened is None else self._marked(self.opened),
            "timeline": sorted(self.timeline.values(), key=place_of),
            "drafts": self.drafts,
        }

    def _marked(self, row: Row) -> Row:
        return {**row, "read_up_to": self.marks.get(row["id"]), "mention": self.mentions.get(row["id"])}

    def fresh(self, snapshot: Row) -> Row:
        """What a new snapshot shows of the ranges that this client has loaded."""
        items = [row for row in snapshot["rows"]["items"] if not self.is_beyond(_key_in(self.view, row))]
        timeline = snapshot["timeline"]["items"] if snapshot["timeline"] else []
        return {
            "seq": snapshot["seq"],
            "counts": snapshot["counts"],
            "channels": {row["id"]: row for row in snapshot["channels"]},
            "members": {row["id"]: row for row in snapshot["members"]},
            "setups": {row["id"]: row for row in snapshot["setups"]},
            "alarms": {row["id"]: row for row in snapshot["alarms"]["items"] if self._is_alarm_loaded(row)},
            "labels": {row["id"]: row for row in snapshot["labels"]},
            "teams": {row["id"]: row for row in snapshot["teams"]},
            "saved_views": {row["id"]: row for row in snapshot["saved_views"]},
            "rules_version": snapshot["rules_version"],
            "service_levels": snapshot["service_levels"],
            "mentions_unseen": snapshot["mentions_unseen"],
            "rows": items,
            "conversation": snapshot["conversation"],
            "timeline": [m for m in timeline if self.start is None or place_of(m) >= self.start],
            "drafts": snapshot["drafts"],
        }


CHANGES = {
    "conversation": Inbox._conversation,
    "conversation.gone": Inbox._conversation_gone,
    "message": Inbox._message,
    "message.gone": Inbox._message_gone,
    "counts": Inbox._counts,
    "read": Inbox._read,
    "channel": Inbox._channel,
    "channel.gone": Inbox._channel_gone,
    "member": Inbox._member,
    "setup": Inbox._setup,
    "setup.gone": Inbox._setup_gone,
    "alarm": Inbox._alarm,
    "alarm.gone": Inbox._alarm_gone,
    "label": Inbox._label,
    "label.gone": Inbox._label_gone,
    "team": Inbox._team,
    "team.gone": Inbox._team_gone,
    "drafts": Inbox._drafts,
    "mention": Inbox._mention,
    "mentions": Inbox._mentions,
    "saved_view": Inbox._saved_view,
    "saved_view.gone": Inbox._saved_view_gone,
    "rules": Inbox._rules,
    "service_levels": Inbox._service_levels,
    "turn.settled": Inbox._turn_settled,
    "snooze.over": Inbox._nothing,
    "given": Inbox._nothing,
}


RISING = ("waiting", "mine", "snoozed", "snoozed_waiting", "window_closing", "at_risk")


def place_in(view: str, row: Row) -> Key | None:
    """A row's place in a view; None where it does not belong there."""
    if row["status"] == "unopened":
        return None
    if view == "all":
        return _moment(row["last_message_at"]), 0, row["id"]
    if view == "closed":
        return (_moment(row["closed_at"]), 0, row["id"]) if row["status"] == "closed" else None
    waits = row["status"] == "open" and row["waiting_for"] == "us"
    if view == "mine":
        if row["status"] != "open":
            return None
        last = _moment(row["last_message_at"])
        return _moment(row["waiting_since"]) if waits else last.replace(year=last.year + 400), 0, row["id"]
    if view == "snoozed":
        until = None if waits else row["snoozed_until"]
        return (_moment(until), 0, row["id"]) if until else None
    if view == "snoozed_waiting":
        since = row["waiting_since"] if row["status"] == "snoozed" else None
        return (_moment(since), 0, row["id"]) if since else None
    if view == "window_closing":
        until = row["window"]["closing_until"] if row["window"] and row["waiting_since"] else None
        return (_moment(until), 0, row["id"]) if until else None
    if view == "at_risk":
        is_urgent = row["service"] and row["service"]["state"] != "running"
        return (_moment(row["service"]["due_at"]), 0, row["id"]) if is_urgent else None
    return (_moment(row["waiting_since"]), 0, row["id"]) if waits else None


def place_of(message: Row) -> Key:
    return _moment(message["sent_at"]), message["order"], message["id"]


def _last_alarm(alarms: Row) -> Key | None:
    """The last one about a conversation that this client knows; None: it knows all of them."""
    about = [alarm for alarm in alarms["items"] if alarm["conversation_id"] is not None]
    return _place_of_alarm(about[-1]) if alarms["more"] else None


def _place_of_alarm(alarm: Row) -> Key:
    return _moment(alarm["until"]), 0, alarm["id"]


def _key_in(view: str, row: Row) -> Key:
    """The place of a row of a fresh snapshot, which brings this member's own marks along."""
    if view == "mentions":
        return _moment(row["mention"]["at"]), 0, row["id"]
    return _required(place_in(view, row))


def _required(key: Key | None) -> Key:
    assert key is not None, "this row stands in a view to which it does not belong"
    return key


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written)


def _unmarked(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in ("read_up_to", "mention")}


def differences(shown: Any, wanted: Any, at: str = "") -> str:
    """Where two values differ, for whoever reads a failure."""
    if shown == wanted:
        return ""
    if isinstance(shown, dict) and isinstance(wanted, dict):
        keys = [*shown, *(key for key in wanted if key not in shown)]
        found = [differences(shown.get(key), wanted.get(key), f"{at}.{key}") for key in keys]
    elif isinstance(shown, list) and isinstance(wanted, list) and len(shown) == len(wanted):
        found = [
            differences(*pair, f"{at}[{nth}]") for nth, pair in enumerate(zip(shown, wanted, strict=True))
        ]
    else:
        found = [f"{at}: {shown!r}, but freshly {wanted!r}"]
    return "\n".join(each for each in found if each)
