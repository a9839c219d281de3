import { type DragEvent, type KeyboardEvent, useState } from "react";
import type { Rule, Rules } from "../../api/shapes.ts";
import { useSaid, useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Switch } from "../../ui/Checkbox.tsx";
import { Chip } from "../../ui/Chip.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { Conflicts } from "./Conflicts.tsx";
import { GROUPS } from "./drafting.ts";
import { groupText } from "./groupText.ts";
import type { RuleWords } from "./useRuleWords.ts";

export interface RuleDeeds {
  readonly open: (ruleId: string) => void;
  readonly addressOf: (ruleId: string) => string;
  readonly turn: (rule: Rule, isOn: boolean) => void;
  readonly move: (rule: Rule, to: number) => void;
  readonly copy: (rule: Rule) => void;
  readonly remove: (rule: Rule) => void;
}

interface Props {
  readonly rule: Rule;
  readonly place: number;
  readonly rules: Rules;
  readonly words: RuleWords;
  readonly mayManage: boolean;
  readonly deeds: RuleDeeds;
}

/** One rule in its order: what it does in a sentence, whether it is on, and what is to be known of it. */
export function RuleRow({ rule, place, rules, words, mayManage, deeds }: Props) {
  const text = useText();
  const [isOver, setOver] = useState(false);
  const { content } = rule;
  const isOn = content.enabled && rule.parked === null;
  const nameOf = (id: string) => rules.items.find((each) => each.id === id)?.content.name ?? "";
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const moved = rules.items.find(({ id }) => id === event.dataTransfer.getData(DRAGGED));
    if (moved && moved.id !== rule.id) deeds.move(moved, place);
  };
  return (
    <li
      className="rule-row"
      data-off={!isOn}
      data-over={isOver}
      onDragOver={(event) => {
        if (!mayManage || !event.dataTransfer.types.includes(DRAGGED)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {mayManage && <Handle rule={rule} place={place} count={rules.items.length} onMove={deeds.move} />}
      <div className="rule-said">
        <a
          className="rule-name"
          dir="auto"
          href={deeds.addressOf(rule.id)}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            deeds.open(rule.id);
          }}
        >
          {content.name}
        </a>
        <Summary rule={rule} words={words} />
        <Marks rule={rule} />
        <Conflicts
          conflicts={rules.conflicts.filter(({ rule_id }) => rule_id === rule.id)}
          nameOf={nameOf}
          doesOf={({ does }) =>
            content.actions
              .filter((each) => each.do === does)
              .map(words.action)
              .join(" · ")
          }
          of={null}
        />
      </div>
      <Switch
        checked={isOn}
        disabled={!mayManage}
        aria-label={text("rules.switch", { name: content.name })}
        onChange={(turned) => deeds.turn(rule, turned)}
      >
        {null}
      </Switch>
      {mayManage && <RowMenu rule={rule} place={place} count={rules.items.length} deeds={deeds} />}
    </li>
  );
}

const DRAGGED = "application/x-dragoman-rule";

interface HandleProps {
  readonly rule: Rule;
  readonly place: number;
  readonly count: number;
  readonly onMove: RuleDeeds["move"];
}

/** Dragged, or moved with the arrows while it has the focus. */
function Handle({ rule, place, count, onMove }: HandleProps) {
  const text = useText();
  const press = (event: KeyboardEvent) => {
    const to = { ArrowUp: place - 1, ArrowDown: place + 1 }[event.key];
    if (to === undefined || to < 0 || to >= count) return;
    event.preventDefault();
    event.stopPropagation();
    onMove(rule, to);
  };
  return (
    <button
      type="button"
      className="rule-handle"
      draggable
      aria-label={text("rules.handle", { name: rule.content.name, place: place + 1, count })}
      onKeyDown={press}
      onDragStart={(event) => event.dataTransfer.setData(DRAGGED, rule.id)}
    >
      <Icon name="grip" />
    </button>
  );
}

function Summary({ rule: { content }, words }: { rule: Rule; words: RuleWords }) {
  const text = useText();
  const groups = GROUPS.filter((group) => content[group].length > 0);
  return (
    <p className="rule-summary" dir="auto">
      <span className="rule-word">{text("rules.when")}</span> {words.trigger(content)}
      {groups.map((group, nth) => (
        <span key={group}>
          {", "}
          <span className="rule-word">{text(groupText(group, content, nth === 0))}</span>{" "}
          {content[group].map(words.condition).join(" · ")}
        </span>
      ))}
      {" → "}
      <strong>{content.actions.map(words.action).join(" · ")}</strong>
      {content.stop && <> · {text("rules.stops")}</>}
    </p>
  );
}

function Marks({ rule }: { rule: Rule }) {
  const text = useText();
  const say = useSaid();
  const times = useTimes(text);
  const gone = rule.problems[0];
  return (
    <p className="rule-marks">
      {rule.parked && (
        <Chip tone="failed" icon="pause">
          {rule.parked.reason
            ? say({ english: rule.parked.reason, wording: rule.parked.reason_wording })
            : text("rules.parked")}
        </Chip>
      )}
      {gone && (
        <Chip tone="risk" icon="warn">
          {say({ english: gone.sentence, wording: gone.wording })}
        </Chip>
      )}
      <span className="settings-detail">
        {rule.acted_at
          ? text("rules.acted", { time: `${times.day(rule.acted_at)}, ${times.clock(rule.acted_at)}` })
          : text("rules.never_acted")}
      </span>
    </p>
  );
}

function RowMenu({
  rule,
  place,
  count,
  deeds,
}: Pick<Props, "rule" | "place" | "deeds"> & { readonly count: number }) {
  const text = useText();
  return (
    <Menu
      end
      trigger={(props) => (
        <IconButton icon="more" label={text("rules.more", { name: rule.content.name })} {...props} />
      )}
      items={[
        { key: "open", label: text("action.edit"), icon: "pencil", run: () => deeds.open(rule.id) },
        { key: "copy", label: text("rules.copy"), icon: "copy", run: () => deeds.copy(rule) },
        {
          key: "up",
          label: text("rules.up"),
          icon: "up",
          isDisabled: place === 0,
          startsGroup: true,
          run: () => deeds.move(rule, place - 1),
        },
        {
          key: "down",
          label: text("rules.down"),
          icon: "down",
          isDisabled: place === count - 1,
          run: () => deeds.move(rule, place + 1),
        },
        {
          key: "remove",
          label: text("action.remove"),
          icon: "cross",
          startsGroup: true,
          run: () => deeds.remove(rule),
        },
      ]}
    />
  );
}
