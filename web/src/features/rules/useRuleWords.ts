import { useMemo } from "react";
import { useIntl } from "react-intl";
import type {
  RuleAction,
  RuleChoices,
  RuleCondition,
  RuleContent,
  RuleHours,
  RuleTakes,
} from "../../api/shapes.ts";
import { filled, SOMEBODY, saidBack } from "../../lib/gaps.ts";
import { kindText } from "../../lib/kinds.ts";
import { languageOptions } from "../../lib/spoken-languages.ts";
import { type Text, useText } from "../../lib/text.ts";
import { dayClock } from "../../lib/times.ts";
import { isMessageId } from "../../messages/catalogue.ts";
import { useInbox } from "../../sync/session.ts";
import { useLabels } from "../../sync/useLabels.ts";
import type { Choice } from "../../ui/Choices.tsx";
import { isHours, takenBy, takesOf, type Value } from "./drafting.ts";

const SKILL = "skill:";

/** One of several is enough for a condition; an action is about all of them. */
export type Joined = "disjunction" | "conjunction";

export interface RuleWords {
  /** What may be chosen where such a value stands. */
  readonly options: (takes: RuleTakes) => readonly Choice[];
  readonly value: (takes: RuleTakes, value: Value, joined?: Joined) => string;
  readonly trigger: (content: RuleContent) => string;
  readonly condition: (condition: RuleCondition) => string;
  readonly action: (action: RuleAction) => string;
  /** What is said, as somebody reads it. */
  readonly filled: (written: string) => string;
}

/** Rules in the reader's words, with the names of what they name. */
export function useRuleWords(choices: RuleChoices): RuleWords {
  const text = useText();
  const { locale } = useIntl();
  const channels = useInbox((inbox) => inbox.channels);
  const members = useInbox((inbox) => inbox.members);
  const teams = useInbox((inbox) => inbox.teams);
  const labels = useLabels();
  return useMemo(() => {
    const optionsBy: Partial<Record<RuleTakes, readonly Choice[]>> = {
      channels: channels.map(({ id, name }) => ({ value: id, label: name })),
      platforms: choices.platforms.map(({ platform, title }) => ({ value: platform, label: title })),
      labels: labels.map(({ id, name }) => ({ value: id, label: name })),
      owners: [
        { value: "nobody", label: text("rules.nobody") },
        ...members.filter(({ has_left }) => !has_left).map(({ id, name }) => ({ value: id, label: name })),
      ],
      teams: [
        { value: "nobody", label: text("rules.no_team") },
        ...teams.map(({ id, name }) => ({ value: id, label: name })),
      ],
      assignee: [
        { value: "speaker", label: text("rules.speaker") },
        ...members.filter(({ has_left }) => !has_left).map(({ id, name }) => ({ value: id, label: name })),
        ...choices.skills.map((skill) => ({
          value: `${SKILL}${skill}`,
          label: text("rules.has_skill", { skill }),
        })),
        ...teams.map(({ id, name }) => ({ value: id, label: name })),
      ],
      webhooks: choices.webhooks.map(({ id, name }) => ({ value: id, label: name })),
      languages: [{ value: "unknown", label: text("rules.unknown_language") }, ...languageOptions(locale)],
      noises: choices.noises.map((value) => ({ value, label: noiseText(value, text) })),
      kinds: choices.kinds.map((value) => ({ value, label: kindOfMessage(value, text) })),
      members: [
        { value: "owner", label: text("rules.its_owner") },
        ...members.filter(({ has_left }) => !has_left).map(({ id, name }) => ({ value: id, label: name })),
      ],
      priorities: priorityOptions(choices, text),
      priority: priorityOptions(choices, text),
      statuses: choices.statuses.map((value) => ({ value, label: statusText(value, text) })),
      yes_no: [
        { value: "true", label: text("rules.yes") },
        { value: "false", label: text("rules.no") },
      ],
    };
    const options = (takes: RuleTakes) => optionsBy[takes] ?? [];
    const value = (takes: RuleTakes, given: Value, joined: Joined = "disjunction") =>
      valueText(takes, given, options(takes), joined, locale, text);
    return {
      options,
      value,
      trigger: ({ trigger, after }) =>
        after === null
          ? text(`rules.trigger.${trigger}`)
          : text("rules.trigger_after", {
              trigger: text(`rules.trigger.${trigger}`),
              time: minutesText(after ?? 0, text),
            }),
      condition: (each) =>
        text("rules.condition", {
          fact: text(`rules.fact.${each.fact}`),
          op: text(`rules.op.${each.op}`),
          value: value(takesOf(choices, each), each.value),
        }),
      action: (each) => {
        const takes = takenBy(choices, each.do);
        const does = text(`rules.do.${each.do}`);
        return takes === "nothing"
          ? does
          : text("rules.action", { action: does, value: value(takes, each.value, "conjunction") });
      },
      filled: (written) => filled(written, { name: SOMEBODY, back: saidBack(locale, choices.back) }),
    };
  }, [channels, members, teams, labels, choices, locale, text]);
}

function valueText(
  takes: RuleTakes,
  value: Value,
  options: readonly Choice[],
  joined: Joined,
  locale: string,
  text: Text,
): string {
  if (isHours(value)) return hoursText(value, locale, text);
  if (Array.isArray(value)) {
    if (value.length === 0) return "…";
    const names = value.map(
      (each) => options.find((option) => option.value === each)?.label ?? shown(each, takes, text),
    );
    return new Intl.ListFormat(locale, { type: joined }).format(names);
  }
  if (takes === "priority") return options.find((option) => option.value === value)?.label ?? "…";
  if (takes === "minutes") return minutesText(Number(value), text);
  if (takes === "share") return new Intl.NumberFormat(locale, { style: "percent" }).format(Number(value));
  if (takes === "yes_no") return text(value ? "rules.yes" : "rules.no");
  if (takes === "pattern") return `/${value}/`;
  return takes === "words" ? `“${value}”` : String(value ?? "");
}

/** Words stand in quotes; what is named by an id that is gone is said to be gone. */
function shown(each: string, takes: RuleTakes, text: Text): string {
  if (takes === "phrases") return `“${each}”`;
  if (takes === "assignee" && each.startsWith(SKILL))
    return text("rules.has_skill", { skill: each.slice(SKILL.length) });
  return takes === "platforms" || takes === "languages" ? each : text("choices.gone");
}

export function minutesText(minutes: number, text: Text): string {
  if (minutes % 1440 === 0) return text("rules.days", { count: minutes / 1440 });
  if (minutes % 60 === 0) return text("rules.hours", { count: minutes / 60 });
  return text("rules.minutes", { count: minutes });
}

const MONDAY = Date.UTC(2024, 0, 1);
const DAY = 86_400_000;

function hoursText({ days, start, end, zone }: RuleHours, locale: string, text: Text): string {
  const name = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  const named = [...days].sort().map((day) => name.format(MONDAY + (day - 1) * DAY));
  const isRow = days.length > 2 && Math.max(...days) - Math.min(...days) === days.length - 1;
  const first = named[0] ?? "";
  const which = isRow ? `${first}–${named.at(-1)}` : new Intl.ListFormat(locale).format(named);
  return text("rules.hours_of", {
    days: which,
    from: dayClock(locale, start),
    to: dayClock(locale, end),
    zone,
  });
}

function priorityOptions({ priorities }: RuleChoices, text: Text): readonly Choice[] {
  return priorities.map((value) => {
    const id = `priority.${value}`;
    return { value, label: isMessageId(id) ? text(id) : value };
  });
}

function noiseText(noise: string, text: Text): string {
  const id = `rules.noise.${noise}`;
  return isMessageId(id) ? text(id) : noise;
}

function statusText(status: string, text: Text): string {
  const id = `rules.status.${status}`;
  return isMessageId(id) ? text(id) : status;
}

function kindOfMessage(kind: string, text: Text): string {
  const id = `rules.kind.${kind}`;
  return isMessageId(id) ? text(id) : kindText(kind, text);
}
