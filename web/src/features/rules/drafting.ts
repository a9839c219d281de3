import type {
  RuleAction,
  RuleChoices,
  RuleCondition,
  RuleContent,
  RuleDo,
  RuleFact,
  RuleHours,
  RuleOp,
  RuleTakes,
} from "../../api/shapes.ts";
import { zoneHere } from "../../ui/HoursFields.tsx";

export type Value = RuleCondition["value"];
export type Group = "all" | "any" | "none";
export const GROUPS: readonly Group[] = ["all", "any", "none"];

const NINE = 9 * 60;
const SEVENTEEN = 17 * 60;
const WORKDAYS = [1, 2, 3, 4, 5];

function blankRule(name: string): RuleContent {
  return {
    name,
    trigger: "turn_settled",
    after: null,
    enabled: true,
    all: [],
    any: [],
    none: [],
    actions: [],
    stop: false,
  };
}

/** With a condition and a deed to choose: what a rule is made of is seen before anything is pressed. */
export function newRule(choices: RuleChoices): RuleContent {
  const blank = blankRule("");
  return { ...blank, all: [firstCondition(choices)], actions: [nextAction(choices, blank)] };
}

/** What most teams want first: begun by a press, and theirs to change. */
const STARTERS = {
  "rules.starter.noise": {
    all: [{ fact: "noise", op: "is", value: ["story_mention", "story_reaction", "emoji_only", "sticker"] }],
    actions: [{ do: "shelve", value: null }],
  },
  "rules.starter.language": {
    all: [{ fact: "language", op: "is_not", value: ["en", "unknown"] }],
    actions: [{ do: "assign", value: ["speaker"] }],
  },
} as const;
export type Starter = keyof typeof STARTERS;

export function startedRule(starter: Starter, name: string): RuleContent {
  const { all, actions } = structuredClone(STARTERS[starter]);
  return { ...blankRule(name), all: [...all], actions: [...actions] };
}

/** Those that nobody has made yet, until there are as many rules: then people know what they want. */
export function startersLeft(rules: readonly RuleContent[]): readonly Starter[] {
  const starters = Object.keys(STARTERS) as Starter[];
  if (rules.length >= starters.length) return [];
  return starters.filter((starter) => !rules.some((rule) => isAlike(rule, STARTERS[starter])));
}

/** Asks about the same and does the same, whatever it names. */
function isAlike(rule: RuleContent, { all, actions }: (typeof STARTERS)[Starter]): boolean {
  return (
    all.every(({ fact }) => rule.all.some((each) => each.fact === fact)) &&
    actions.every((action) => rule.actions.some((each) => each.do === action.do))
  );
}

const HALF_AN_HOUR = 30;
const A_WEEK = 7 * 24 * 60;

/** With another trigger: a time where it waits for one, and without what cannot be done then. */
export function triggeredBy(
  choices: RuleChoices,
  content: RuleContent,
  trigger: RuleContent["trigger"],
): RuleContent {
  const usual = trigger === "silent" ? A_WEEK : HALF_AN_HOUR;
  const after = choices.timed.includes(trigger) ? (content.after ?? usual) : null;
  const possible = doneAt(choices, trigger);
  const actions = content.actions.filter((each) => possible.some((other) => other.do === each.do));
  return { ...content, trigger, after, actions };
}

/** What can be done when this has happened. */
export function doneAt(choices: RuleChoices, trigger: RuleContent["trigger"]): RuleChoices["actions"] {
  return choices.actions.filter(({ not_at }) => !not_at.includes(trigger));
}

/** What stands as the value: a pattern is one, words are many. */
export function takesOf(choices: RuleChoices, { fact, op }: Pick<RuleCondition, "fact" | "op">): RuleTakes {
  if (op === "matches" || op === "matches_not") return "pattern";
  return choices.facts.find((each) => each.fact === fact)?.takes ?? "phrases";
}

export function opsOf(choices: RuleChoices, fact: RuleFact): readonly RuleOp[] {
  return choices.facts.find((each) => each.fact === fact)?.ops ?? [];
}

export function takenBy(choices: RuleChoices, action: RuleDo): RuleTakes {
  return choices.actions.find((each) => each.do === action)?.takes ?? "nothing";
}

export function conditionOf(choices: RuleChoices, fact: RuleFact): RuleCondition {
  const op = opsOf(choices, fact)[0] ?? "is";
  return { fact, op, value: emptyValue(takesOf(choices, { fact, op })) };
}

/** What a further condition asks about until somebody has chosen. */
export function firstCondition(choices: RuleChoices): RuleCondition {
  return conditionOf(choices, choices.facts[0]?.fact ?? "channel");
}

/** What a further deed is until somebody has chosen: the first that is not there yet. */
export function nextAction(choices: RuleChoices, { trigger, actions }: RuleContent): RuleAction {
  const free = doneAt(choices, trigger).find((each) => !actions.some((action) => action.do === each.do));
  return actionOf(choices, free?.do ?? "label");
}

export function actionOf(choices: RuleChoices, action: RuleDo): RuleAction {
  return { do: action, value: emptyValue(takenBy(choices, action)) };
}

/** With another comparison: its value stays where it still means something. */
export function comparedBy(choices: RuleChoices, condition: RuleCondition, op: RuleOp): RuleCondition {
  const takes = takesOf(choices, { ...condition, op });
  const isSame = takes === takesOf(choices, condition);
  return { ...condition, op, value: isSame ? condition.value : emptyValue(takes) };
}

function emptyValue(takes: RuleTakes): Value {
  switch (takes) {
    case "nothing":
      return null;
    case "pattern":
    case "words":
      return "";
    case "priority":
      return "high";
    case "count":
      return 2;
    case "share":
      return 0.9;
    case "minutes":
      return 60;
    case "yes_no":
      return true;
    case "hours":
      return { days: WORKDAYS, start: NINE, end: SEVENTEEN, zone: zoneHere() };
    default:
      return [];
  }
}

export function isHours(value: Value): value is RuleHours {
  return typeof value === "object" && value !== null && "zone" in value;
}

export function listed(value: Value): readonly string[] {
  return Array.isArray(value) ? value : [];
}

const BETWEEN_WORDS = /[,،、，;\n]/;

/** Words as they are written on one line. */
export function phrasesIn(written: string): readonly string[] {
  return written
    .split(BETWEEN_WORDS)
    .map((phrase) => phrase.trim())
    .filter(Boolean);
}

/** The ids in another order: one of them moved to that place among the others. */
export function movedTo(ids: readonly string[], moved: string, place: number): readonly string[] {
  const others = ids.filter((id) => id !== moved);
  return [...others.slice(0, place), moved, ...others.slice(place)];
}
