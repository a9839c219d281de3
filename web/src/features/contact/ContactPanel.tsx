import type { ReactNode } from "react";
import type { Channel, Conversation } from "../../api/shapes.ts";
import { usePhone } from "../../lib/media.ts";
import { handleOf, nameOf } from "../../lib/people.ts";
import { allowanceAt } from "../../lib/reply-window.ts";
import { type Text, useText } from "../../lib/text.ts";
import { durationText, roughDurationText, secondsBetween, useNow, useTimes } from "../../lib/times.ts";
import { isVisible } from "../../lib/visible.ts";
import { isWaiting } from "../../sync/order.ts";
import { useInbox } from "../../sync/session.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Chip } from "../../ui/Chip.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { markOf } from "../../ui/icons.tsx";
import { ContactAvatar } from "./ContactAvatar.tsx";
import { LabelFact } from "./LabelFact.tsx";
import { LanguageFact } from "./LanguageFact.tsx";
import "./ContactPanel.css";

interface Props {
  readonly conversation: Conversation;
  readonly channel: Channel | undefined;
  readonly onHide: () => void;
  /** Who has it, and what else is known of it by other parts. */
  readonly children?: ReactNode;
}

/** Who this is, where they write to us, and how things stand with them. */
export function ContactPanel({ conversation, channel, onHide, children }: Props) {
  const text = useText();
  const isPhone = usePhone();
  const { contact } = conversation;
  const name = nameOf(contact, text);
  return (
    <aside className="contact" aria-label={text("contact.label")}>
      <div className="bar">
        {isPhone && <IconButton icon="back" flips label={text("action.back")} onClick={onHide} />}
        <h2 className="contact-title grow">{text("contact.label")}</h2>
        {!isPhone && <IconButton icon="panel" flips label={text("action.hide_panel")} onClick={onHide} />}
      </div>
      <div className="contact-scroll">
        <section className="contact-person">
          <ContactAvatar contact={contact} size="large" />
          <div className="grow">
            <b className="contact-name" dir="auto" title={name}>
              {name}
            </b>
            {channel?.simulated && <Chip>{text("channel.simulated")}</Chip>}
          </div>
        </section>
        <section className="contact-part">
          <h3>{text("contact.reached_as")}</h3>
          <p className="contact-identity">
            <Icon name={markOf(channel?.platform)} size={14} />
            <bdi className="cut">
              {handleOf(contact) ?? (isVisible(contact.name) ? contact.name : text("contact.no_username"))}
            </bdi>
          </p>
          {channel && (
            <p className="contact-quiet">
              <bdi>{text("contact.on_channel", { channel: channel.name })}</bdi>
              {channel.handle && (
                <>
                  {" · "}
                  <bdi>{channel.handle}</bdi>
                </>
              )}
            </p>
          )}
        </section>
        {children}
        <LanguageFact conversation={conversation} />
        <LabelFact conversation={conversation} />
        <Standing conversation={conversation} text={text} />
      </div>
    </aside>
  );
}

function Standing({ conversation, text }: { conversation: Conversation; text: Text }) {
  const now = useNow();
  const times = useTimes(text);
  const members = useInbox((inbox) => inbox.members);
  const { waiting_since, window, opened_at, closed_at, closed_by, contact } = conversation;
  const dayAndClock = (time: string) =>
    text("day.and_clock", { day: times.day(time), clock: times.clock(time) });
  const nameOfMember = (id: string | null) => members.find((member) => member.id === id)?.name;
  return (
    <section className="contact-part">
      <h3>{text("contact.how_it_stands")}</h3>
      <dl className="contact-facts">
        {waiting_since && isWaiting(conversation) && (
          <Fact name={text("contact.waits")}>{durationText(text, secondsBetween(waiting_since, now))}</Fact>
        )}
        {opened_at && <Fact name={text("contact.opened")}>{dayAndClock(opened_at)}</Fact>}
        {closed_at && conversation.status === "closed" && (
          <Fact name={text("contact.closed")}>
            {[dayAndClock(closed_at), nameOfMember(closed_by)].filter(Boolean).join(" · ")}
          </Fact>
        )}
        {window && <Fact name={text("contact.window")}>{windowText(text, allowanceAt(now, window))}</Fact>}
        {contact.blocked_us && <Fact name={text("contact.reachable")}>{text("row.blocked_us")}</Fact>}
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function windowText(text: Text, allowance: ReturnType<typeof allowanceAt>): string {
  if (allowance.state === "always") return text("window.always");
  if (allowance.state === "shut") return text("window.shut");
  const left = roughDurationText(text, allowance.secondsLeft);
  return text(allowance.state === "free" ? "window.left" : "window.extended", { left });
}
