import type { MessageId } from "../../messages/catalogue.ts";

/** Where a command stands on the sheet of keys. */
export const GROUPS = ["moving", "conversation", "writing", "places", "app"] as const;
export type Group = (typeof GROUPS)[number];

interface Described {
  readonly label: MessageId;
  /** Those of writing go by their keys only where one writes: see writing.ts. */
  readonly group: Group;
  /** What it listens to unless somebody chooses otherwise: chords (chords.ts), with blanks between those of a row. */
  readonly keys: readonly string[];
  /** Keys that it has besides, and keeps whatever is chosen. */
  readonly fixed?: readonly string[];
}

/**
 * Everything that has a key or stands in the palette. A new one is a line here, and what it does is bound by
 * `useCommands` where the screen knows it; keys are those of the whole app, so that no two mean the same.
 */
const DESCRIBED = {
  next: { label: "keys.next", group: "moving", keys: ["j"], fixed: ["ArrowDown"] },
  previous: { label: "keys.previous", group: "moving", keys: ["k"], fixed: ["ArrowUp"] },
  open: { label: "keys.open", group: "moving", keys: ["o"], fixed: ["Enter"] },
  back: { label: "keys.back", group: "moving", keys: ["u"], fixed: ["Escape"] },
  pick: { label: "keys.pick", group: "moving", keys: ["x"] },
  pick_range: { label: "keys.pick_range", group: "moving", keys: ["Shift+x"] },
  pick_all: { label: "keys.pick_all", group: "moving", keys: ["Shift+a"] },
  region_next: { label: "keys.region_next", group: "moving", keys: ["F6"] },
  region_previous: { label: "keys.region_previous", group: "moving", keys: ["Shift+F6"] },

  reply: { label: "keys.reply", group: "conversation", keys: ["r"] },
  note: { label: "keys.note", group: "conversation", keys: ["n"] },
  template: { label: "keys.template", group: "conversation", keys: ["Shift+t"] },
  close: { label: "keys.close", group: "conversation", keys: ["e"] },
  close_next: { label: "keys.close_next", group: "conversation", keys: ["]"] },
  close_previous: { label: "keys.close_previous", group: "conversation", keys: ["["] },
  reopen: { label: "keys.reopen", group: "conversation", keys: [] },
  assign: { label: "keys.assign", group: "conversation", keys: ["a"] },
  take: { label: "keys.take", group: "conversation", keys: ["i"] },
  hand_back: { label: "keys.hand_back", group: "conversation", keys: [] },
  label: { label: "keys.label", group: "conversation", keys: ["l"] },
  prioritise: { label: "keys.prioritise", group: "conversation", keys: ["p"] },
  snooze: { label: "keys.snooze", group: "conversation", keys: ["h"] },
  mark_unread: { label: "keys.mark_unread", group: "conversation", keys: ["Shift+u"] },
  details: { label: "keys.details", group: "conversation", keys: ["d"] },
  undo: { label: "keys.undo", group: "conversation", keys: ["z"] },

  send: { label: "keys.send", group: "writing", keys: ["Mod+Enter"] },
  send_and_close: { label: "keys.send_and_close", group: "writing", keys: ["Mod+Shift+Enter"] },
  emoji: { label: "keys.emoji", group: "writing", keys: ["Mod+e"] },
  attach: { label: "action.attach", group: "writing", keys: ["Mod+u"] },
  offer_choices: { label: "keys.offer_choices", group: "writing", keys: [] },
  add_location: { label: "keys.add_location", group: "writing", keys: [] },
  add_contact: { label: "keys.add_contact", group: "writing", keys: [] },
  expects_answer: { label: "keys.expects_answer", group: "writing", keys: ["Mod+?"] },

  go_waiting: { label: "keys.go_waiting", group: "places", keys: ["g w"] },
  go_mine: { label: "keys.go_mine", group: "places", keys: ["g m"] },
  go_unassigned: { label: "keys.go_unassigned", group: "places", keys: ["g u"] },
  go_at_risk: { label: "keys.go_at_risk", group: "places", keys: ["g r"] },
  go_window_closing: { label: "keys.go_window_closing", group: "places", keys: ["g e"] },
  go_snoozed: { label: "keys.go_snoozed", group: "places", keys: ["g h"] },
  go_mentions: { label: "keys.go_mentions", group: "places", keys: ["g t"] },
  go_alarms: { label: "keys.go_alarms", group: "places", keys: ["g n"] },
  go_shelf: { label: "keys.go_shelf", group: "places", keys: ["g s"] },
  go_all: { label: "keys.go_all", group: "places", keys: ["g a"] },
  go_closed: { label: "keys.go_closed", group: "places", keys: ["g c"] },

  palette: { label: "keys.palette", group: "app", keys: ["Mod+k"] },
  search: { label: "keys.search", group: "app", keys: ["/"] },
  filter: { label: "keys.filter", group: "app", keys: ["f"] },
  save_view: { label: "keys.save_view", group: "app", keys: [] },
  away: { label: "keys.away", group: "app", keys: [] },
  keys: { label: "keys.title", group: "app", keys: ["?"] },
} as const satisfies Record<string, Described>;

export type CommandId = keyof typeof DESCRIBED;
export interface Command extends Described {
  readonly id: CommandId;
}

export const COMMANDS: readonly Command[] = Object.entries(DESCRIBED).map(([id, described]) => ({
  ...described,
  id: id as CommandId,
}));

export function commandOf(id: CommandId): Command {
  return { ...DESCRIBED[id], id };
}
