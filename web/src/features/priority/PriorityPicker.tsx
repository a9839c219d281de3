import { useEffect } from "react";
import type { Conversation, Priority } from "../../api/shapes.ts";
import { folded } from "../../lib/folded.ts";
import { nameOf } from "../../lib/people.ts";
import { donePrioritising, usePriorityAskedFor } from "../../lib/prioritising.ts";
import { useText } from "../../lib/text.ts";
import { PRIORITIES } from "../../sync/prioritising.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { Icon } from "../../ui/Icon.tsx";
import { PickDialog } from "../../ui/PickDialog.tsx";
import { PriorityMark } from "../../ui/PriorityMark.tsx";

const MOST_LETTERS = 40;

/** How urgent one conversation, or many, shall be: by typing a letter of it. */
export function PriorityPicker() {
  const asked = usePriorityAskedFor();
  useEffect(() => donePrioritising, []);
  const rows = useInbox((inbox) => inbox.conversations);
  const conversations = asked.flatMap((id) => rows.get(id) ?? []);
  if (conversations.length === 0) return null;
  return <Picker conversations={conversations} />;
}

function Picker({ conversations }: { conversations: readonly Conversation[] }) {
  const text = useText();
  const { prioritising } = useSession();
  const only = conversations.length === 1 ? conversations[0] : undefined;
  const picksFor = (written: string) =>
    PRIORITIES.filter((each) => folded(text(`priority.${each}`)).includes(folded(written))).map((each) => {
      const isOn = conversations.every(({ priority }) => priority === each);
      return { key: each, choice: each, isOn, line: <Line priority={each} isOn={isOn} /> };
    });
  return (
    <PickDialog
      title={
        only
          ? text("priority.for_one", { name: nameOf(only.contact, text) })
          : text("priority.for_many", { count: conversations.length })
      }
      field={text("priority.find")}
      most={MOST_LETTERS}
      picksFor={picksFor}
      onPick={(priority: Priority) => {
        donePrioritising();
        prioritising.give(
          conversations.map(({ id }) => id),
          priority,
        );
      }}
      onClose={donePrioritising}
      nothing={text("priority.none")}
    />
  );
}

function Line({ priority, isOn }: { priority: Priority; isOn: boolean }) {
  const text = useText();
  return (
    <>
      <PriorityMark priority={priority} />
      <span className="grow">{text(`priority.${priority}`)}</span>
      {isOn && <Icon name="check" />}
    </>
  );
}
