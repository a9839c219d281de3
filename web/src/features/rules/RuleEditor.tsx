import { useEffect, useRef, useState } from "react";
import type { Rule, RuleAction, RuleConflict, RuleContent, Rules } from "../../api/shapes.ts";
import { problemOf } from "../../lib/problems.ts";
import { useText } from "../../lib/text.ts";
import { useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Tabs } from "../../ui/Tabs.tsx";
import { Builder } from "./Builder.tsx";
import { Conflicts } from "./Conflicts.tsx";
import { DeedsDone } from "./DeedsDone.tsx";
import { RehearsalPanel } from "./RehearsalPanel.tsx";
import { RuleText } from "./RuleText.tsx";
import { useLook, useProblemsSaid } from "./useLook.ts";
import { useRuleWords } from "./useRuleWords.ts";
import { useSaving } from "./useSaving.ts";
import { Versions } from "./Versions.tsx";

interface Props {
  readonly rules: Rules;
  /** Null: a new one. */
  readonly rule: Rule | null;
  readonly begun: RuleContent;
  readonly conversationAddress: (conversation: string) => string;
  readonly onDone: () => void;
}

type Face = "sentence" | "text" | "deeds" | "versions";

const MINE = "00000000-0000-0000-0000-000000000000"; // a rule that has no id yet

/** One rule, new or changed: as a sentence or as text, with what is wrong at its place and what others make of it. */
export function RuleEditor({ rules, rule, begun, conversationAddress, onDone }: Props) {
  const text = useText();
  const { notices } = useSession();
  const [content, setContent] = useState(begun);
  const [face, setFace] = useState<Face>("sentence");
  const [written, setWritten] = useState<string | null>(null);
  const looked = useLook(content, rule?.id ?? null);
  const saving = useSaving(rule, onDone);
  const words = useRuleWords(rules.choices);
  const problems = useProblemsSaid(saving.tried ? looked : null);
  const isWritten = face === "sentence" || face === "text"; // else it is looked back at: there is nothing to save
  const faces = (["sentence", "text", ...(rule ? (["deeds", "versions"] as const) : [])] as const).map(
    (key) => ({
      key,
      label: text(`rules.face.${key}`),
    }),
  );
  const nameOf = (id: string) => rules.items.find((each) => each.id === id)?.content.name ?? content.name;
  /** What a text says takes the place of the sentence; null: it says none, and why stands beneath it. */
  const taken = async () => {
    if (written === null) return content;
    const read = await saving.read(written);
    if (read) {
      setContent(read);
      setWritten(null);
    }
    return read;
  };
  const show = async (next: Face) => {
    if (await taken()) setFace(next);
  };
  const save = async () => {
    const wanted = await taken();
    if (wanted) await saving.save(wanted);
  };
  const name = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!rule) name.current?.focus();
  }, [rule]);
  const told = (work: Promise<void>) => work.catch((error: unknown) => notices.tell(problemOf(error)));
  return (
    <form
      className="rule-editor"
      aria-label={text("rules.rule")}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void told(save());
      }}
    >
      <h2 dir="auto">{rule?.content.name ?? text("rules.new")}</h2>
      <Tabs label={text("rules.faces")} tabs={faces} chosen={face} onChoose={(next) => void told(show(next))}>
        {face === "sentence" && (
          <Builder
            content={content}
            choices={rules.choices}
            problems={problems}
            nameField={name}
            onChange={setContent}
          />
        )}
        {face === "text" && (
          <RuleText
            text={written ?? looked?.text ?? ""}
            most={rules.choices.text_max}
            problem={saving.wrongText}
            onChange={setWritten}
          />
        )}
        {face === "deeds" && rule && <DeedsDone ruleId={rule.id} addressOf={conversationAddress} />}
        {face === "versions" && rule && <Versions rule={rule} onRestored={onDone} />}
      </Tabs>
      {isWritten && (
        <div className="rule-foot">
          <Conflicts
            conflicts={
              looked?.conflicts.map(({ conflict, is_its_own }) =>
                is_its_own ? { ...conflict, rule_id: rule?.id ?? MINE } : conflict,
              ) ?? []
            }
            nameOf={nameOf}
            doesOf={(conflict) =>
              doesIn(conflict, rules, rule?.id ?? MINE, content)
                .map(words.action)
                .join(" · ")
            }
            of={rule?.id ?? MINE}
          />
          {looked?.at_once != null && (
            <p className="settings-quiet" role="status">
              {text("rules.at_once", { count: looked.at_once })}
            </p>
          )}
          {content.after === null && content.trigger !== "assigned" && (
            <RehearsalPanel content={content} ruleId={rule?.id ?? null} addressOf={conversationAddress} />
          )}
          <div className="settings-answers">
            <Button look="main" type="submit" aria-disabled={saving.isBusy}>
              {text(rule ? "action.save" : "rules.create")}
            </Button>
            <Button look="plain" onClick={onDone}>
              {text("action.cancel")}
            </Button>
          </div>
        </div>
      )}
    </form>
  );
}

/** The actions of the rule that a conflict is about, of the kind that is at odds. */
function doesIn(
  { rule_id, does }: RuleConflict,
  rules: Rules,
  mine: string,
  content: RuleContent,
): readonly RuleAction[] {
  const of = rule_id === mine ? content : rules.items.find(({ id }) => id === rule_id)?.content;
  return of?.actions.filter((each) => each.do === does) ?? [];
}
