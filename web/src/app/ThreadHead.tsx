import type { Channel, Conversation } from "../api/shapes.ts";
import { RowLabels } from "../features/conversations/RowLabels.tsx";
import { OwnerButton } from "../features/team/OwnerButton.tsx";
import { obey } from "../lib/commands/bound.ts";
import { usePhone } from "../lib/media.ts";
import { nameOf } from "../lib/people.ts";
import { scriptOf } from "../lib/script.ts";
import { useText } from "../lib/text.ts";
import { durationText, secondsBetween, useNow, useTimes } from "../lib/times.ts";
import { isWaiting } from "../sync/order.ts";
import { useSession } from "../sync/session.ts";
import { Button, IconButton } from "../ui/Button.tsx";
import { Chip } from "../ui/Chip.tsx";
import { Icon } from "../ui/Icon.tsx";
import { type IconName, markOf } from "../ui/icons.tsx";

interface Props {
  readonly conversation: Conversation;
  readonly channel: Channel | undefined;
  readonly isPanelOpen: boolean;
  readonly onPanel: () => void;
  readonly onBack: () => void;
}

/** Who is being answered, on which channel, how long they have waited; and closing. */
export function ThreadHead({ conversation, channel, isPanelOpen, onPanel, onBack }: Props) {
  const text = useText();
  const now = useNow();
  const times = useTimes(text);
  const isPhone = usePhone();
  const { actions } = useSession();
  const name = nameOf(conversation.contact, text);
  // On a phone the list with its heading is out of sight.
  const Title = isPhone ? "h1" : "h2";
  const isClosed = conversation.status === "closed";
  const simulated = channel?.simulated && <Chip>{text("channel.simulated")}</Chip>;

  const close = () => {
    void actions.close(conversation);
    if (isPhone) onBack();
  };
  return (
    <header className="bar thread-head">
      <span className="thread-back">
        <IconButton icon="back" flips label={text("action.back")} onClick={onBack} />
      </span>
      <div className="grow thread-who">
        <Title className="thread-name">
          <span className="cut" dir="auto" lang={scriptOf(name)}>
            {name}
          </span>
          {!isPhone && simulated}
        </Title>
        <p className="thread-where">
          {isPhone && simulated}
          <Icon name={markOf(channel?.platform)} size={12} />
          <span className="thread-channel cut" dir="auto">
            {channel?.name}
          </span>
          {conversation.status === "snoozed" && conversation.snoozed_until && (
            <>
              <span aria-hidden="true">·</span>
              <span className="num thread-waits">
                {text("thread.snoozed", { time: times.soon(conversation.snoozed_until) })}
              </span>
            </>
          )}
          {conversation.waiting_since && isWaiting(conversation) && (
            <>
              <span aria-hidden="true">·</span>
              <span className="num thread-waits">
                {text("thread.waits", {
                  wait: durationText(text, secondsBetween(conversation.waiting_since, now)),
                })}
              </span>
            </>
          )}
          {!isPhone && !isPanelOpen && <RowLabels conversation={conversation} />}
        </p>
      </div>
      {conversation.status !== "unopened" && (
        <>
          <OwnerButton conversation={conversation} />
          <IconButton
            icon="snooze"
            label={text("action.snooze")}
            aria-pressed={conversation.status === "snoozed"}
            onClick={() => obey("snooze")}
          />
          <CloseButton
            icon={isClosed ? "retry" : isPhone ? "closed" : "check"}
            label={text(isClosed ? "action.reopen" : "action.close")}
            isPhone={isPhone}
            onPress={isClosed ? () => void actions.reopen(conversation) : close}
          />
        </>
      )}
      <IconButton
        icon="panel"
        flips
        label={text(isPanelOpen ? "action.hide_panel" : "action.show_panel")}
        aria-pressed={isPanelOpen}
        onClick={onPanel}
      />
    </header>
  );
}

interface CloseProps {
  readonly icon: IconName;
  readonly label: string;
  readonly isPhone: boolean;
  readonly onPress: () => void;
}

/** With its word where there is room for it. */
function CloseButton({ icon, label, isPhone, onPress }: CloseProps) {
  if (isPhone) return <IconButton icon={icon} label={label} onClick={onPress} />;
  return (
    <Button icon={icon} onClick={onPress}>
      {label}
    </Button>
  );
}
