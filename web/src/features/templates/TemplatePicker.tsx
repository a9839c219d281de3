import { useEffect, useState } from "react";
import type { Channel, Conversation, Template } from "../../api/shapes.ts";
import { nameOf } from "../../lib/people.ts";
import { type Begun, doneWithTemplate, useTemplateWanted } from "../../lib/templates-wanted.ts";
import { useText } from "../../lib/text.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { FillIn } from "./FillIn.tsx";
import { TemplateChoices } from "./TemplateChoices.tsx";
import "./Templates.css";

/** A template for one conversation: found by typing, chosen by Enter, filled in with a look at what comes of it, sent. */
export function TemplatePicker() {
  const wanted = useTemplateWanted();
  useEffect(() => doneWithTemplate, []);
  const rows = useInbox((inbox) => inbox.conversations);
  const channels = useInbox((inbox) => inbox.channels);
  const conversation = wanted && rows.get(wanted.conversationId);
  const channel = conversation && channels.find(({ id }) => id === conversation.channel_id);
  if (!conversation || !channel?.templates) return null;
  return (
    <Picker
      key={conversation.id}
      conversation={conversation}
      channel={channel}
      begun={wanted?.begun ?? null}
    />
  );
}

interface Props {
  readonly conversation: Conversation;
  readonly channel: Channel;
  readonly begun: Begun | null;
}

function Picker({ conversation, channel, begun }: Props) {
  const text = useText();
  const [chosen, setChosen] = useState<Template | null>(null);
  const isLooking = useBegun(channel, begun, setChosen);
  const name = nameOf(conversation.contact, text);
  if (isLooking) return null;
  return (
    <Dialog title={text("template.title", { name })} wide onClose={doneWithTemplate}>
      {chosen ? (
        <FillIn
          key={`${chosen.name} ${chosen.language}`}
          conversation={conversation}
          channel={channel}
          template={chosen}
          begun={begun?.name === chosen.name && begun.language === chosen.language ? begun : null}
          onOther={() => setChosen(null)}
        />
      ) : (
        <TemplateChoices channel={channel} onChoose={setChosen} />
      )}
    </Dialog>
  );
}

/** The one that was filled in already, as it stands now; it may be none of those any more that can be sent. */
function useBegun(channel: Channel, begun: Begun | null, onFound: (template: Template) => void): boolean {
  const { api } = useSession();
  const [isLooking, setLooking] = useState(begun !== null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each that was begun
  useEffect(() => {
    if (!begun) return;
    const { name, language } = begun;
    let isOver = false;
    api.templates.page(channel.id, { words: name, language, approved: true }, null).then(
      ({ items }) => {
        const found = items.find((each) => each.name === name);
        if (!isOver && found) onFound(found);
        if (!isOver) setLooking(false);
      },
      () => isOver || setLooking(false),
    );
    return () => {
      isOver = true;
    };
  }, [begun]);
  return isLooking;
}
