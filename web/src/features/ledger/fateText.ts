import type { Fate } from "../../api/shapes.ts";
import { classText } from "../../lib/noise.ts";
import type { Text } from "../../lib/text.ts";

const STANDINGS = ["waiting", "expert", "answered", "snoozed", "closed", "unopened"] as const;
const PUT_ASIDE = ["dismissed", "not_for_us"] as const;
const PLAIN = ["duplicate", "imported", "blocked", "parked"] as const;
const KINDS = [
  "message",
  "postback",
  "edit",
  "deletion",
  "reaction",
  "receipt",
  "follow",
  "unfollow",
  "control",
  "profile",
  "account",
  "templates",
  "unrecognised",
] as const;

/** What became of it, in a few words. A server that is newer may know more. */
export function fateText({ outcome, detail }: Pick<Fate, "outcome" | "detail">, text: Text): string {
  if (outcome === "conversation") {
    const standing = STANDINGS.find((each) => each === detail);
    return standing ? text(`ledger.conversation.${standing}`) : detail;
  }
  if (outcome === "shelved") {
    const aside = PUT_ASIDE.find((each) => each === detail);
    return text("ledger.shelved", { why: aside ? text(`ledger.aside.${aside}`) : classText(detail, text) });
  }
  if (outcome === "applied") return text("ledger.applied", { kind: kindText(detail, text) });
  if (outcome === "in_progress")
    return text(detail === "overdue" ? "ledger.progress.overdue" : "ledger.progress.moving");
  if (outcome === "duplicate" && detail === "ours") return text("ledger.duplicate_ours");
  const plain = PLAIN.find((each) => each === outcome);
  return plain ? text(`ledger.${plain}`) : outcome;
}

export function kindText(kind: string, text: Text): string {
  const known = KINDS.find((each) => each === kind);
  return known ? text(`ledger.kind.${known}`) : kind;
}

/** What somebody has to see to. */
export function isTrouble({ outcome, detail }: Pick<Fate, "outcome" | "detail">): boolean {
  return outcome === "parked" || detail === "overdue";
}
