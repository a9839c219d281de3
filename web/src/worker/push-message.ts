/** What a push says, as docs/browser-contract.md has it. */
export type PushMessage = TurnMessage | GivenMessage | AlarmMessage | TestMessage;

export interface TurnMessage {
  readonly about: "turn";
  readonly workspace: string;
  readonly conversation: string;
  readonly locale: string;
  readonly name?: string;
  readonly words?: string;
  readonly kind?: string;
  readonly count?: number;
  readonly silent?: boolean;
  readonly sound?: boolean;
  readonly waiting?: number;
  readonly standing?: readonly string[];
}

/** Of one its customer's name, as the member wants it; of several their number. */
export interface GivenMessage {
  readonly about: "given";
  readonly workspace: string;
  readonly locale: string;
  readonly conversation?: string;
  readonly name?: string;
  readonly count?: number;
  readonly sound?: boolean;
}

export interface AlarmMessage {
  readonly about: "alarm";
  readonly workspace: string;
  readonly locale: string;
  readonly alarm: string;
  readonly what: string;
  readonly conversation?: string;
  readonly name?: string;
  readonly sound?: boolean;
}

interface TestMessage {
  readonly about: "test";
  readonly workspace: string;
  readonly locale: string;
}

/** Null for what an older or newer server says in a way that this worker does not know. */
export function pushMessageOf(json: unknown): PushMessage | null {
  if (typeof json !== "object" || json === null) return null;
  const { about, workspace, conversation } = json as Partial<TurnMessage>;
  if (typeof workspace !== "string") return null;
  if ((about as string) === "test") return json as TestMessage;
  if ((about as string) === "given") return json as GivenMessage;
  if ((about as string) === "alarm") return json as AlarmMessage;
  return about === "turn" && typeof conversation === "string" ? (json as TurnMessage) : null;
}
