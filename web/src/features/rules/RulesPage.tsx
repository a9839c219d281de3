import { useState } from "react";
import type { Rule, RuleContent, Rules } from "../../api/shapes.ts";
import { problemOf } from "../../lib/problems.ts";
import { useText } from "../../lib/text.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { useManagedChannels } from "../../sync/useManagedChannels.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { NoiseLink } from "../../ui/NoiseLink.tsx";
import { movedTo, newRule, type Starter, startedRule, startersLeft } from "./drafting.ts";
import { ImportDialog } from "./ImportDialog.tsx";
import { RuleEditor } from "./RuleEditor.tsx";
import { RuleRow } from "./RuleRow.tsx";
import { useRules } from "./useRules.ts";
import { useRuleWords } from "./useRuleWords.ts";
import "./Rules.css";

export const NEW_RULE = "new";

interface Props {
  /** The one that is open, `new`, or none: then all of them. */
  readonly open: string | null;
  readonly addressOf: (rule: string | null) => string;
  readonly conversationAddress: (conversation: string) => string;
  readonly onOpen: (rule: string | null) => void;
  readonly onNoise: (channel: string) => void;
  readonly onRouting: () => void;
}

/** What the workspace does by itself: all rules in their order, or one of them. */
export function RulesPage(props: Props) {
  const text = useText();
  const { rules, reload } = useRules();
  const [started, setStarted] = useState<RuleContent | null>(null);
  if (!rules) return null;
  const { open, onOpen } = props;
  const rule = rules.items.find(({ id }) => id === open) ?? null;
  const back = () => {
    setStarted(null);
    void reload();
    onOpen(null);
  };
  if (open !== null && open !== NEW_RULE && !rule)
    return (
      <>
        <p>{text("rules.no_such")}</p>
        <Button onClick={back}>{text("rules.all")}</Button>
      </>
    );
  if (open !== null) {
    const begun = rule?.content ?? started ?? newRule(rules.choices);
    return (
      <RuleEditor
        key={`${open} ${rule?.version}`}
        rules={rules}
        rule={rule}
        begun={begun}
        conversationAddress={props.conversationAddress}
        onDone={back}
      />
    );
  }
  const start = (starter: Starter) => {
    setStarted(startedRule(starter, text(starter)));
    onOpen(NEW_RULE);
  };
  return <AllRules {...props} rules={rules} reload={reload} onStart={start} />;
}

function AllRules({
  rules,
  reload,
  addressOf,
  onOpen,
  onNoise,
  onRouting,
  onStart,
}: Props & { rules: Rules; reload: () => Promise<void>; onStart: (starter: Starter) => void }) {
  const text = useText();
  const words = useRuleWords(rules.choices);
  const mayManage = useInbox((inbox) => inbox.me.rights.includes("manage_rules"));
  const managed = useManagedChannels();
  const [removing, setRemoving] = useState<Rule | null>(null);
  const [isImporting, setImporting] = useState(false);
  const { act, order, copy } = useRuleDeeds(rules, reload);
  const { api } = useSession();
  const ids = order ?? rules.items.map(({ id }) => id);
  const offered = startersLeft(rules.items.map(({ content }) => content));
  const shown = ids.flatMap((id) => rules.items.find((rule) => rule.id === id) ?? []);
  return (
    <section aria-label={text("settings.rules")}>
      <p className="settings-quiet">{text("rules.lead")}</p>
      {!mayManage && <p className="settings-quiet">{text("rules.ask_admin")}</p>}
      {shown.length === 0 && (
        <div className="settings-none">
          {text("rules.none")}
          <NoiseLink channels={managed} onNoise={onNoise}>
            {text("noise.open")}
          </NoiseLink>{" "}
          <Button look="link" onClick={onRouting}>
            {text("settings.routing")}
          </Button>
        </div>
      )}
      {offered.length > 0 && mayManage && (
        <ul className="rules-starters" aria-label={text("rules.starters")}>
          {offered.map((starter) => (
            <li key={starter}>
              <span>{text(starter)}</span>
              <Button
                small
                onClick={() => onStart(starter)}
                aria-label={text("rules.start_with", { name: text(starter) })}
              >
                {text("rules.start")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <ol className="rules" hidden={shown.length === 0}>
        {shown.map((rule, place) => (
          <RuleRow
            key={rule.id}
            rule={rule}
            place={place}
            rules={rules}
            words={words}
            mayManage={mayManage}
            deeds={{
              open: onOpen,
              addressOf,
              turn: (each, isOn) => act(() => api.rules.switch(each.id, isOn)),
              move: (each, to) => {
                const moved = movedTo(ids, each.id, to);
                act(() => api.rules.order(moved), moved);
              },
              copy: (each) => void copy([each.content]),
              remove: setRemoving,
            }}
          />
        ))}
      </ol>
      <p className="settings-answers rules-acts">
        {mayManage && (
          <Button look="main" icon="plus" onClick={() => onOpen(NEW_RULE)}>
            {text("rules.new")}
          </Button>
        )}
        {mayManage && <Button onClick={() => setImporting(true)}>{text("rules.import")}</Button>}
        {shown.length > 0 && (
          <Button look="plain" icon="copy" onClick={() => void copy(null)}>
            {text("rules.copy_all")}
          </Button>
        )}
      </p>
      {removing && (
        <Dialog
          title={text("rules.remove_one", { name: removing.content.name })}
          onClose={() => setRemoving(null)}
        >
          <p>{text("rules.remove_meaning")}</p>
          <p className="settings-answers">
            <Button
              onClick={() => {
                act(() => api.rules.remove(removing.id));
                setRemoving(null);
              }}
            >
              {text("action.remove")}
            </Button>
            <Button look="plain" onClick={() => setRemoving(null)}>
              {text("action.cancel")}
            </Button>
          </p>
        </Dialog>
      )}
      {isImporting && (
        <ImportDialog
          most={rules.choices.text_max}
          onClose={() => setImporting(false)}
          onDone={() => {
            setImporting(false);
            void reload();
          }}
        />
      )}
    </section>
  );
}

/** What is done to rules from their list; an order is shown at once. */
function useRuleDeeds(rules: Rules, reload: () => Promise<void>) {
  const { api, notices } = useSession();
  const [order, setOrder] = useState<readonly string[] | null>(null);
  const act = (ask: () => Promise<void>, wanted: readonly string[] | null = null) => {
    setOrder(wanted);
    ask()
      .catch((error: unknown) => notices.tell(problemOf(error)))
      .then(reload)
      .finally(() => setOrder(null));
  };
  const copy = async (some: readonly RuleContent[] | null) => {
    try {
      const [only] = some ?? [];
      const id = rules.items.find(({ content }) => content === only)?.id ?? null;
      const written = only ? (await api.rules.look(only, id)).text : await api.rules.text();
      await navigator.clipboard.writeText(written);
      notices.show("rules.copied", {});
    } catch (error) {
      notices.tell(problemOf(error));
    }
  };
  return { act, order, copy };
}
