/** What the server says, in the words of docs/browser-contract.md. All times are ISO 8601 in UTC. */

export type ViewName = "waiting" | "all" | "closed";
export type Side = "customer" | "team";

export interface PreviewText {
  readonly text: string | null;
  readonly kind: string | null;
  readonly deleted: boolean;
}

export interface Preview {
  readonly side: Side;
  readonly count: number;
  readonly at: string;
  readonly first: PreviewText;
  readonly last: PreviewText | null;
}

export interface Contact {
  readonly id: string;
  readonly identity_id: string;
  readonly name: string | null;
  readonly username: string | null;
  readonly blocked_us: boolean;
}

export interface ReplyWindow {
  readonly free_until: string | null;
  readonly extended_until: string | null;
  readonly extended_as: string;
}

/** One row of a list, whole. In the stream it comes without `read_up_to`, which is a change of its own. */
export interface Conversation {
  readonly id: string;
  readonly channel_id: string;
  readonly contact: Contact;
  readonly status: "open" | "snoozed" | "closed";
  readonly waiting_for: "us" | "expert" | "them" | "nobody";
  readonly waiting_since: string | null;
  readonly answering: boolean;
  readonly preview: Preview | null;
  readonly last_message_at: string | null;
  readonly last_arrived_at: string | null;
  readonly read_up_to?: string | null;
  readonly owner_id: string | null;
  readonly window: ReplyWindow | null;
  readonly held_elsewhere: boolean;
  readonly opened_at: string | null;
  readonly closed_at: string | null;
  readonly closed_by: string | null;
}

export type MediaKind = "image" | "animation" | "video" | "audio" | "voice" | "file" | "sticker";

export interface Attachment {
  readonly type: "attachment";
  readonly id: string;
  readonly kind: MediaKind;
  readonly state: "waiting" | "stored" | "linked" | "failed" | "refused";
  readonly reason: string | null;
  readonly name: string | null;
  readonly mime_type: string | null;
  readonly size_bytes: number | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly duration_seconds: number | null;
  readonly emoji: string | null;
}

export interface LocationPart {
  readonly type: "location";
  readonly latitude: number;
  readonly longitude: number;
  readonly title?: string | null;
  readonly address?: string | null;
  readonly live?: boolean;
}

export type OtherPart =
  | { readonly type: "contact"; readonly name: string; readonly phone?: string | null }
  | {
      readonly type: "link";
      readonly url?: string | null;
      readonly title?: string | null;
      readonly kind?: string;
    }
  | { readonly type: "choice"; readonly title: string }
  | {
      readonly type: "context";
      readonly kind: string;
      readonly text?: string | null;
      readonly url?: string | null;
    }
  | { readonly type: "unsupported"; readonly kind: string; readonly text?: string | null };

export type Part = Attachment | LocationPart | OtherPart;

export type DeliveryState = "queued" | "sending" | "sent" | "delivered" | "read" | "failed" | "unknown";

export interface Delivery {
  readonly state: DeliveryState;
  readonly hold_until: string | null;
  readonly reason: string | null;
  readonly idempotency_key: string | null;
}

export interface Quoted {
  readonly id: string | null;
  readonly side: Side | null;
  readonly text: string | null;
  readonly kind: string | null;
}

export interface Message {
  readonly id: string;
  readonly conversation_id: string;
  readonly turn_id: string;
  readonly side: Side;
  readonly origin: "customer" | "member" | "elsewhere" | "automatic";
  readonly author_id: string | null;
  readonly sent_at: string;
  readonly order: number;
  readonly arrived_at: string;
  readonly text: string | null;
  readonly parts: readonly Part[];
  readonly reply_to: Quoted | null;
  readonly edited: boolean;
  readonly deleted: boolean;
  readonly late: boolean;
  readonly reactions: readonly { readonly side: Side; readonly emoji: string }[];
  readonly delivery: Delivery | null;
}

/** What a channel can carry, with numbers: fields at their default are left out by the server. */
export interface Capabilities {
  readonly text?: { readonly max: number; readonly unit?: string };
  readonly files?: Readonly<
    Record<string, { readonly max_bytes: number; readonly types?: readonly string[] }>
  >;
  readonly reply_to?: boolean;
  readonly reply_window?: { readonly free_seconds: number; readonly extended_seconds?: number } | null;
  readonly delivery_receipts?: boolean;
  readonly read_receipts?: boolean;
  readonly notes?: Readonly<Record<string, string>>;
}

export interface Channel {
  readonly id: string;
  readonly platform: string;
  readonly name: string;
  readonly handle: string | null;
  readonly state: "testing" | "live" | "attention";
  readonly trouble: string | null;
  readonly simulated: boolean;
  readonly capabilities: Capabilities;
}

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly role: "owner" | "admin" | "member";
}

export interface Counts {
  readonly waiting: number;
  readonly open: number;
  readonly closed: number;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next_cursor: string | null;
}

export interface Today {
  readonly answered: number;
  readonly longest_wait_seconds: number;
}

export interface Snapshot {
  readonly seq: number;
  readonly me: string;
  readonly members: readonly Member[];
  readonly channels: readonly Channel[];
  readonly counts: Counts;
  readonly view: ViewName;
  readonly rows: Page<Conversation>;
  readonly conversation: Conversation | null;
  readonly timeline: Page<Message> | null;
  readonly today: Today;
  readonly settings: { readonly undo_seconds: number };
}

/** The answer to opening one conversation: exact at `seq`. */
export interface OpenedConversation {
  readonly seq: number;
  readonly conversation: Conversation;
  readonly timeline: Page<Message>;
}

export interface Me {
  readonly account: { readonly id: string; readonly name: string; readonly email: string };
  readonly csrf_token: string;
  readonly memberships: readonly Membership[];
}

export interface Membership {
  readonly workspace_id: string;
  readonly workspace_name: string;
  readonly member_id: string;
  readonly role: Member["role"];
  readonly kind: string;
}

export interface Platform {
  readonly platform: string;
  readonly title: string;
  readonly fields: readonly PlatformField[];
  readonly steps: readonly string[];
}

export interface PlatformField {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly secret: boolean;
  readonly optional: boolean;
}

export interface Link {
  readonly purpose: "first_owner" | "invitation" | "sign_in";
  readonly email: string | null;
  readonly name: string | null;
  readonly workspace_name: string | null;
  readonly has_account: boolean;
}
