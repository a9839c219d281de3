import { useEffect } from "react";
import type { Conversation, Label } from "../../api/shapes.ts";
import { donePicking, useLabelsPickedFor } from "../../lib/labels-picked.ts";
import { nameOf } from "../../lib/people.ts";
import { useText } from "../../lib/text.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { useLabels } from "../../sync/useLabels.ts";
import { Icon } from "../../ui/Icon.tsx";
import { LabelDot } from "../../ui/LabelChip.tsx";
import { PickDialog } from "../../ui/PickDialog.tsx";
import { type Choice, choicesFor } from "./choices.ts";
import "./LabelPicker.css";

const MOST_LETTERS = 40;

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
  const ids = conversations.map((conversation) => conversation.id);
  const only = conversations.length === 1 ? conversations[0] : undefined;

  const choose = (choice: Choice) => {
    if (choice.kind === "new") void labelling.create(ids, choice.name);
    else if (choice.on === "all") labelling.takeOff(ids, choice.label);
    else labelling.put(ids, choice.label);
  };
  const title = only
    ? text("labels.for_one", { name: nameOf(only.contact, text) })
    : text("labels.for_many", { count: conversations.length });
  return (
    <PickDialog
      several
      title={title}
      field={text("labels.find")}
      most={MOST_LETTERS}
      picksFor={(written) =>
        choicesFor(written, labels, conversations).map((choice) => ({
          key: choice.kind === "new" ? "new" : choice.label.id,
          choice,
          isOn: choice.kind === "label" && choice.on === "all",
          line: <ChoiceLine choice={choice} />,
        }))
      }
      onPick={choose}
      onClose={donePicking}
      nothing={text("labels.none")}
    />
  );
}

function ChoiceLine({ choice }: { choice: Choice }) {
  const text = useText();
  if (choice.kind === "new") {
    return (
      <>
        <Icon name="plus" />
        <span className="cut">{text("labels.create", { name: choice.name })}</span>
      </>
    );
  }
  return (
    <>
      <LabelDot colour={choice.label.colour} />
      <LabelName label={choice.label} />
      {choice.on === "all" && <Icon name="check" />}
      {choice.on === "some" && <span className="label-some">{text("labels.on_some")}</span>}
    </>
  );
}

function LabelName({ label }: { label: Label }) {
  return (
    <span className="grow cut" dir="auto">
      {label.name}
    </span>
  );
}
