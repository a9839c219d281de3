/** The server's shapes by the names that we use; the types are generated, see schema.ts and `npm run api`. */
import type { TextLimit } from "../lib/splitting.ts";
import type { components } from "./schema.ts";

type Schemas = components["schemas"];

export type ViewName = Snapshot["view"];
export type Side = Message["side"];

/** One row of a list, whole. In the stream it comes without `read_up_to`, which is a change of its own. */
export type Conversation = Omit<Schemas["Conversation"], "read_up_to" | "mention"> &
  Partial<Pick<Schemas["Conversation"], "read_up_to" | "mention">>;
export type Contact = Schemas["Contact"];
export type Preview = Schemas["Preview"];
export type PreviewText = Schemas["PreviewText"];
export type ReplyWindow = Schemas["Window"];

export type Message = Schemas["Message"];
export type Part = Message["parts"][number];
export type Attachment = Extract<Part, { type: "attachment" }>;
export type LocationPart = Extract<Part, { type: "location" }>;
export type MediaKind = Attachment["kind"];
export type Delivery = NonNullable<Message["delivery"]>;
export type DeliveryState = Delivery["state"];
/** One stretch of a conversation, from opening to closing. */
export type Episode = Schemas["Episode"];
export type Quoted = NonNullable<Message["reply_to"]>;

/** What this member is writing, as the server keeps it. */
export type SavedDraft = Schemas["Draft"];
export type DraftWritten = Schemas["DraftWritten"];

export type Channel = Omit<Schemas["Channel"], "capabilities"> & { readonly capabilities: Capabilities };
export type Member = Schemas["MemberShown"];
export type Mention = NonNullable<Schemas["Conversation"]["mention"]>;
export type Filter = Required<Schemas["Filter"]>;
export type SavedView = Omit<Schemas["SavedView"], "filter"> & { readonly filter: Filter };
export type BaseView = SavedView["base"];
export type ViewWanted = Schemas["ViewAsked"];
export type ViewCount = Schemas["ViewCount"];
export type ChannelHealth = Schemas["ChannelHealth"];
export type Alarm = Schemas["Alarm"];
export type OpenQuestion = Schemas["OpenQuestion"];
export type TrailEntry = Schemas["TrailEntry"];
export type ShelfItem = Schemas["ShelfItem"];
export type ShelfClass = Schemas["ShelfClass"];
export type NoiseSettings = Schemas["NoiseSettings"];
export type Alarms = Schemas["Alarms"];
export type Rules = Schemas["Rules"];
export type Rule = Schemas["RuleShown"];
export type RuleContent = Schemas["RuleContent"];
export type RuleChoices = Schemas["Choices"];
export type RuleCondition = Schemas["ConditionShown"];
export type RuleAction = Schemas["ActionShown"];
export type RuleFact = Schemas["Fact"];
export type RuleOp = Schemas["Op"];
export type RuleDo = Schemas["Do"];
export type RuleTakes = Schemas["Takes"];
export type RuleHours = Schemas["HoursShown"];
export type RuleConflict = Schemas["ConflictShown"];
export type RuleLooked = Schemas["Looked"];
export type Rehearsal = Schemas["RehearsalShown"];
export type Hits = Schemas["Hits"];
export type PastHit = Schemas["HitShown"];
export type RuleDeeds = Schemas["Deeds"];
export type RuleDeed = Schemas["DeedShown"];
export type RuleVersion = Schemas["VersionShown"];
export type Webhook = Schemas["WebhookShown"];
export type Webhooks = Schemas["Webhooks"];
export type WebhookContent = Schemas["WebhookContent"];
export type WebhookMade = Schemas["WebhookMade"];
export type WebhookSecret = Schemas["WebhookSecret"];
export type WebhookTried = Schemas["WebhookTried"];
export type WebhookCall = Schemas["WebhookCall"];
export type WebhookCalls = Schemas["WebhookCalls"];
export type Label = Schemas["Label"];
export type LabelColour = Label["colour"];
export type LabelUsed = Schemas["LabelUsed"];
/** Members who share a queue. */
export type Team = Schemas["Team"];
export type TeamWanted = Schemas["TeamAsked"];
/** What a member speaks, when they work, how much at once. */
export type Work = Required<Schemas["WorkShown"]>;
export type Person = Required<Schemas["PersonShown"]>;
export type House = Schemas["HouseShown"];
export type People = Omit<Schemas["People"], "items"> & { readonly items: readonly Person[] };
/** What is said by itself: greetings and away messages. */
export type Automatic = Schemas["AutomaticShown"];
export type AutomaticWanted = Schemas["AutomaticMessages"];
export type AutomaticMessage = Schemas["AutomaticMessage"];
export type WaitingForSpeaker = Schemas["WaitingForSpeaker"];
export type LanguageSeen = Schemas["LanguageSeen"];
export type Counts = Schemas["Counts"];
export type Day = Schemas["Today"];
export type EveningTime = Schemas["EveningShape"];
export type LedgerDays = Schemas["LedgerDays"];
export type LedgerDay = Schemas["LedgerDay"];
export type LedgerArrival = Schemas["ArrivalShown"];
export type ChannelFates = Schemas["ChannelFates"];
export type Fate = Schemas["Fate"];
export type MyEvening = Schemas["MyEvening"];

/** What the platform takes in the gaps of a template, and at its head. */
export interface TemplateRule {
  readonly words: number;
  readonly spaces: number;
  readonly head_files: Readonly<
    Record<string, { readonly max_bytes: number; readonly types?: readonly string[] }>
  >;
}

/**
 * What a channel can carry, with numbers. The server's description leaves this open, since it is printed from the
 * same declaration that sending reads; fields at their default are left out.
 */
export interface Capabilities {
  readonly text?: TextLimit;
  readonly files?: Readonly<
    Record<string, { readonly max_bytes: number; readonly types?: readonly string[] }>
  >;
  readonly reply_to?: boolean;
  readonly reacts_with?: readonly string[];
  readonly typing?: { readonly lasts_seconds: number } | null;
  readonly templates?: TemplateRule;
  readonly choices?: { readonly most: number; readonly title_max: number; readonly text?: TextLimit };
  readonly location?: { readonly name_max: number; readonly address_max: number };
  readonly contact?: { readonly name_max: number };
  readonly reply_window?: { readonly free_seconds: number; readonly extended_seconds?: number } | null;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next_cursor: string | null;
}

/** A page of a conversation that can be read on both ways. */
export type MessagePage = Schemas["MessagePage"];

export type Snapshot = Omit<
  Schemas["Snapshot"],
  "channels" | "rows" | "conversation" | "saved_views" | "filter"
> & {
  readonly saved_views: readonly SavedView[];
  readonly filter: Filter;
  readonly channels: readonly Channel[];
  readonly rows: Page<Conversation>;
  readonly conversation: Conversation | null;
};

/** The answer to opening one conversation: exact at `seq`. */
export type OpenedConversation = Omit<Schemas["OneConversation"], "conversation"> & {
  readonly conversation: Conversation;
};

/** One of the server's sentences by its code, with what fills its gaps. */
export type Wording = Schemas["Wording"];

/** What a search found: messages with the piece where the words stand, and people. */
export type Hit = Schemas["Hit"];
export type Found = Omit<Schemas["Found"], "conversations"> & {
  readonly conversations: readonly Conversation[];
};

/** One thing done to one of many conversations, and what became of it. */
export type Step = Schemas["StepAsked"];
export type Act = Step["act"];
export type Service = NonNullable<Conversation["service"]>;
export type ServiceLevel = Schemas["ServiceLevelShown"];
export type ServiceLevelWanted = Schemas["ServiceLevelAsked"];
export type Priority = Conversation["priority"];
export type StepsTaken = Schemas["BulkTaken"];

export type Me = Schemas["Me"];
export type Right = Schemas["Right"];
export type Preferences = Me["preferences"];
export type Membership = Schemas["MembershipShown"];
export type Platform = Schemas["Platform"];
export type PlatformField = Platform["fields"][number];
export type GuideStep = Platform["steps"][number];
export type Sentence = Platform["first_word"];
export type Backfill = Schemas["Backfill"];
export type Setup = Schemas["Setup"];
export type SetupCheck = Setup["checks"][number];
export type OneSetup = Schemas["OneSetup"];
export type Template = Schemas["TemplateShown"];
export type TemplateGap = Template["gaps"][number];
export type TemplatePage = Schemas["TemplatePage"];
export type Checked = Schemas["Checked"];
export type Role = Member["role"];
export type Invitation = Schemas["InvitationShown"];
export type MySession = Schemas["SessionShown"];
export type Profile = Schemas["ProfileGiven"];
export type NewPassword = Schemas["PasswordGiven"];
export type Link = Schemas["LinkShown"];
export type NewAccount = Schemas["NewcomerFields"];
export type LocationGiven = Schemas["LocationGiven"];
export type ContactGiven = Schemas["ContactGiven"];
export type NewReply = Schemas["ReplyAsked"];
export type MyNotifications = Schemas["MyNotifications"];
export type NotificationSettings = Schemas["NotificationSettings"];
export type PushDeviceShown = Schemas["DeviceShown"];
export type BrowserGiven = Schemas["BrowserGiven"];
export type Tried = Schemas["Tried"];
