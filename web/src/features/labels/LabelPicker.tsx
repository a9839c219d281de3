import { type KeyboardEvent, useEffect, useId, useState } from "react";
import type { Conversation, Label } from "../../api/shapes.ts";
import { donePicking, useLabelsPickedFor } from "../../lib/labels-picked.ts";
import { nameOf } from "../../lib/people.ts";
import { useText } from "../../lib/text.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { useLabels } from "../../sync/useLabels.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { LabelDot } from "../../ui/LabelChip.tsx";
import { type Choice, choicesFor } from "./choices.ts";
import "./LabelPicker.css";

/** Labels for one conversation, or for many: typing finds or makes one, Enter puts it on or takes it off. */
export function LabelPicker() {
  const picking = useLabelsPickedFor();
  useEffect(() => donePicking, []);
  const rows = useInbox((inbox) => inbox.conversations);
  const conversations = picking.flatMap((id) => rows.get(id) ?? []);
  if (conversations.length === 0) return null;
  return <Picker conversations={conversations} />;
}

function Picker({ conversations }: { conversations: readonly Conversation[] }) {
  const text = useText();
  const { labelling } = useSession();
  const labels = useLabels();
  const [written, setWritten] = useState("");
  const [at, setAt] = useState(0);
  const id = useId();
  const choices = choicesFor(written, labels, conversations);
  const active = Math.min(at, choices.length - 1);
  const ids = conversations.map((conversation) => conversation.id);
  const only = conversations.length === 1 ? conversations[0] : undefined;

  const choose = (choice: Choice) => {
    setWritten("");
    if (choice.kind === "new") void labelling.create(ids, choice.name);
    else if (choice.on === "all") labelling.takeOff(ids, choice.label);
    else labelling.put(ids, choice.label);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: choices.length - 1 }[event.key];
    const chosen = choices[active];
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (to !== undefined) setAt((to + choices.length) % Math.max(1, choices.length));
    else if (event.key === "Enter" && chosen) choose(chosen);
    else return;
    event.preventDefault();
  };

  const title = only
    ? text("labels.for_one", { name: nameOf(only.contact, text) })
    : text("labels.for_many", { count: conversations.length });
  return (
    <Dialog title={title} onClose={donePicking}>
      <input
        className="label-search"
        type="text"
        role="combobox"
        dir="auto"
        maxLength={40}
        aria-label={text("labels.find")}
        placeholder={text("labels.find")}
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={choices.length > 0 ? `${id}-${active}` : undefined}
        value={written}
        onChange={(event) => {
          setWritten(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className="label-choices" id={id} role="listbox" aria-multiselectable="true" aria-label={title}>
        {choices.map((choice, n) => (
          <ChoiceLine
            key={choice.kind === "new" ? "new" : choice.label.id}
            id={`${id}-${n}`}
            choice={choice}
            isActive={n === active}
            onPress={() => choose(choice)}
          />
        ))}
      </div>
      {choices.length === 0 && <p className="label-none">{text("labels.none")}</p>}
    </Dialog>
  );
}

interface LineProps {
  readonly id: string;
  readonly choice: Choice;
  readonly isActive: boolean;
  readonly onPress: () => void;
}

function ChoiceLine({ id, choice, isActive, onPress }: LineProps) {
  const text = useText();
  const on = choice.kind === "new" ? "none" : choice.on;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys, by aria-activedescendant
    <div
      id={id}
      className="label-choice"
      role="option"
      tabIndex={-1}
      aria-selected={on === "all"}
      data-active={isActive}
      ref={(line) => {
        if (isActive) line?.scrollIntoView?.({ block: "nearest" });
      }}
      onClick={onPress}
    >
      {choice.kind === "new" ? (
        <>
          <Icon name="plus" />
          <span className="cut">{text("labels.create", { name: choice.name })}</span>
        </>
      ) : (
        <>
          <LabelDot colour={choice.label.colour} />
          <LabelName label={choice.label} />
          {on === "all" && <Icon name="check" />}
          {on === "some" && <span className="label-some">{text("labels.on_some")}</span>}
        </>
      )}
    </div>
  );
}

function LabelName({ label }: { label: Label }) {
  return (
    <span className="grow cut" dir="auto">
      {label.name}
    </span>
  );
}
