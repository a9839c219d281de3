import type {
  Alarm,
  Channel,
  Conversation,
  Counts,
  Label,
  Member,
  Mention,
  Message,
  SavedDraft,
  SavedView,
  ServiceLevel,
  Setup,
  Team,
} from "../api/shapes.ts";

/** One step of the live stream: who stands at `from` stands at `to` once every change is applied. */
export interface Frame {
  readonly from: number;
  readonly to: number;
  readonly changes: readonly Change[];
}

export type Change =
  | { readonly kind: "conversation"; readonly row: Conversation }
  | { readonly kind: "conversation.gone"; readonly id: string }
  | { readonly kind: "message"; readonly message: Message }
  | { readonly kind: "message.gone"; readonly id: string; readonly conversation_id: string }
  | TurnSettled
  | { readonly kind: "counts"; readonly counts: Counts }
  | SnoozeOver
  | Given
  | { readonly kind: "read"; readonly conversation_id: string; readonly read_up_to: string }
  | { readonly kind: "drafts"; readonly conversation_id: string; readonly drafts: readonly SavedDraft[] }
  | { readonly kind: "channel"; readonly channel: Channel }
  | { readonly kind: "channel.gone"; readonly id: string }
  | { readonly kind: "member"; readonly member: Member }
  | { readonly kind: "setup"; readonly setup: Setup }
  | { readonly kind: "setup.gone"; readonly id: string }
  | AlarmChanged
  | { readonly kind: "alarm.gone"; readonly id: string }
  | { readonly kind: "label"; readonly label: Label }
  | { readonly kind: "label.gone"; readonly id: string }
  | { readonly kind: "team"; readonly team: Team }
  | { readonly kind: "team.gone"; readonly id: string }
  | { readonly kind: "mention"; readonly conversation_id: string; readonly mention: Mention | null }
  | { readonly kind: "mentions"; readonly unseen: number }
  | { readonly kind: "rules"; readonly version: number }
  | { readonly kind: "service_levels"; readonly items: readonly ServiceLevel[] }
  | { readonly kind: "saved_view"; readonly saved_view: SavedView }
  | { readonly kind: "saved_view.gone"; readonly id: string };

/** It began, or says something else than before. */
export interface AlarmChanged {
  readonly kind: "alarm";
  readonly alarm: Alarm;
}

/** The time has come until which somebody had snoozed it: told once, to whoever that was. */
export interface SnoozeOver {
  readonly kind: "snooze.over";
  readonly conversation_id: string;
  readonly snoozed_by: string | null;
}

/** Somebody has it now because of another: a colleague, or, null, a rule or routing. */
export interface Given {
  readonly kind: "given";
  readonly conversation_id: string;
  readonly to: string;
  readonly by: string | null;
}

/** The customer has come to the end of a burst: the one moment that notifies. */
export interface TurnSettled {
  readonly kind: "turn.settled";
  readonly conversation_id: string;
  readonly turn_id: string;
  readonly fragments: number;
  readonly language: string | null;
}
