import { useCallback } from "react";
import { useIntl } from "react-intl";
import type { TrailEntry } from "../../api/shapes.ts";
import { languageName } from "../../lib/languages.ts";
import { classText } from "../../lib/noise.ts";
import { type Text, useText } from "../../lib/text.ts";
import { PRIORITIES } from "../../sync/prioritising.ts";
import { useInbox } from "../../sync/session.ts";

type Names = (id: string | null | undefined) => string;

type Languages = (code: string | null | undefined) => string;

/** What the entries of each kind hold; see the places where they are written. */
interface What {
  readonly class?: string;
  readonly language?: string | null;
  readonly confidence?: number;
  readonly how?: string;
  readonly reason?: string;
  readonly owner?: string | null;
  readonly team?: string | null;
  readonly member?: string | null;
  readonly labels?: readonly string[];
  readonly on_shift?: boolean;
  readonly online?: boolean;
  readonly open?: number;
  readonly skills?: readonly string[];
  readonly priority?: string;
  /** What was taken back. */
  readonly kind?: string;
  readonly source?: "greeting" | "away";
  readonly why?: string;
  readonly members?: readonly string[];
  /** Why nothing was said. */
  readonly silence?: string;
  readonly level?: string;
  /** What webhooks were called, by then. */
  readonly names?: readonly string[];
}

/** What an entry of a trail says, in the reader's words. */
export function useEntryText(): (entry: TrailEntry) => string {
  const text = useText();
  const { locale } = useIntl();
  const members = useInbox((inbox) => inbox.members);
  const teams = useInbox((inbox) => inbox.teams);
  const labels = useInbox((inbox) => inbox.labels);
  const levels = useInbox((inbox) => inbox.serviceLevels);
  return useCallback(
    (entry) => {
      const nameOf: Names = (id) =>
        [...members, ...teams, ...labels, ...levels].find((each) => each.id === id)?.name ??
        text("trail.somebody");
      const language: Languages = (code) => languageName(code ?? "", locale);
      return textOf(entry, text, nameOf, language);
    },
    [text, locale, members, teams, labels, levels],
  );
}

function textOf(entry: TrailEntry, text: Text, nameOf: Names, language: Languages): string {
  const { kind } = entry;
  const what: What = entry.what;
  const by = entry.member_id ? nameOf(entry.member_id) : text("trail.dragoman");
  switch (kind) {
    case "assigned":
      return assignedText(entry, text, nameOf);
    case "routed":
      return routedText(entry, text, nameOf, language);
    case "opened_from_shelf":
    case "put_back_on_shelf":
      return text(`trail.${kind}`, { name: by, why: classText(what.class ?? "", text) });
    case "service_at_risk":
    case "service_overdue":
      return text(`trail.${kind}`, { level: what.level ? nameOf(what.level) : "" });
    case "prioritised":
      return text("trail.prioritised", { name: by, priority: priorityText(what.priority, text) });
    case "said":
      return text(what.source === "away" ? "trail.said.away" : "trail.said.greeting");
    case "unsaid":
      return text(what.source === "away" ? "trail.unsaid.away" : "trail.unsaid.greeting", {
        why: silenceText(what.why, text),
      });
    case "reverted":
      return revertedText(by, what, text, nameOf);
    case "language":
      return text("trail.language", { name: by, language: language(what.language) });
  }
  if (entry.cause === "rule") return ruleText(entry, text, nameOf);
  return kind;
}

function priorityText(priority: string | undefined, text: Text): string {
  const known = PRIORITIES.find((each) => each === priority) ?? "normal";
  return text(`priority.${known}`);
}

/** Why the house said nothing. */
function silenceText(silence: string | undefined, text: Text): string {
  return text(`trail.silence.${SILENCES.find((each) => each === silence) ?? "other"}`);
}

const SILENCES = [
  "said_already",
  "not_open",
  "no_news",
  "answered",
  "answering",
  "no_words",
  "window_shut",
  "not_connected",
  "trouble",
  "blocked",
  "held_elsewhere",
  "too_long",
  "no_opening",
] as const;

function assignedText(entry: TrailEntry, text: Text, nameOf: Names): string {
  const { member_id } = entry;
  const what: What = entry.what;
  const to = what.owner ?? what.team;
  const values = { name: member_id ? nameOf(member_id) : text("trail.dragoman"), to: to ? nameOf(to) : "" };
  if (what.how === "replied") return text("trail.assigned_replied", values);
  if (!to) return text("trail.handed_back", values);
  return text(to === member_id ? "trail.taken" : "trail.given", values);
}

const NOBODYS = ["language_unknown", "nobody_speaks", "all_away", "all_full"] as const;
const SKILLED = ["nobody_skilled", "nobody_speaks", "all_away", "all_full"] as const;

/** "To Aylin: repairs, Korean 97 %, on shift, 3 open" */
function routedText(entry: TrailEntry, text: Text, nameOf: Names, language: Languages): string {
  const what: What = entry.what;
  if (what.owner) {
    return text("trail.routed", {
      to: nameOf(what.owner),
      why: [...(what.skills ?? []), ...spokenIn(what, text, language)].join(", "),
      presence: text(presenceOf(what)),
      open: what.open ?? 0,
    });
  }
  const why = whyNobodys(what, text, language);
  return what.team ? text("trail.queued", { to: nameOf(what.team), why }) : why;
}

/** Whoever was found by their skills alone may not speak the language: then it is no reason. */
function spokenIn({ language: code, level, confidence }: What, text: Text, language: Languages) {
  return code && level ? [text("trail.speaks", { language: language(code), share: confidence ?? 0 })] : [];
}

function whyNobodys(what: What, text: Text, language: Languages): string {
  const skilled = SKILLED.find((each) => each === what.reason);
  if (what.skills && skilled) return text(`trail.skilled.${skilled}`, { skills: what.skills.join(", ") });
  const reason = NOBODYS.find((each) => each === what.reason) ?? "language_unknown";
  return text(`trail.why.${reason}`, { language: language(what.language) });
}

function presenceOf(what: What) {
  if (!what.on_shift) return "trail.off_shift";
  return what.online ? "trail.on_shift_online" : "trail.on_shift";
}

const RULE_ACTS = [
  "shelve",
  "open",
  "assign",
  "label",
  "unlabel",
  "prioritise",
  "reply",
  "answer",
  "close",
  "snooze",
  "notify",
  "note",
  "call",
] as const;

function ruleText(entry: TrailEntry, text: Text, nameOf: Names): string {
  const what: What = entry.what;
  const rule = entry.rule_name ?? text("trail.gone_rule");
  const act = what.silence
    ? text("trail.unsaid.rule", { why: silenceText(what.silence, text) })
    : actText(entry.kind, what, text, nameOf);
  return text("trail.rule", { rule, act });
}

/** "labelled it refund" */
function actText(kind: string, what: What, text: Text, nameOf: Names): string {
  const act = RULE_ACTS.find((each) => each === (kind === "routed" ? "assign" : kind));
  if (!act) return kind;
  return text(`trail.act.${act}`, { to: namesIn(what, nameOf), priority: priorityText(what.priority, text) });
}

function namesIn(what: What, nameOf: Names): string {
  const ids = what.labels ?? what.members ?? [what.owner ?? what.team ?? what.member];
  return (what.names ?? ids.flatMap((id) => (id ? [nameOf(id)] : []))).join(", ");
}

const TAKEN_BACK = ["assign", "label", "unlabel", "prioritise", "close", "snooze", "shelve", "note"] as const;

/** "Maria took back the assignment to Jonas" */
function revertedText(name: string, what: What, text: Text, nameOf: Names): string {
  const to = namesIn(what, nameOf);
  const kind = TAKEN_BACK.find((each) => each === (what.kind === "routed" ? "assign" : what.kind));
  const isNobodys = kind === "assign" && to === "";
  return text(`trail.reverted.${isNobodys ? "routing" : (kind ?? "other")}`, {
    name,
    to,
    priority: priorityText(what.priority, text),
  });
}
