import type { Message, Part } from "../../api/shapes.ts";
import { kindText } from "../../lib/kinds.ts";
import { isWebAddress } from "../../lib/linked.ts";
import type { Said } from "../../lib/said.ts";
import { useSaid, useText } from "../../lib/text.ts";
import { Icon } from "../../ui/Icon.tsx";
import type { IconName } from "../../ui/icons.tsx";
import { Pressables } from "../../ui/Pressables.tsx";
import { TemplateMark } from "../../ui/TemplateMark.tsx";
import { AttachmentView } from "./AttachmentView.tsx";
import { LocationCard } from "./LocationCard.tsx";
import "./PartView.css";

/** Everything in a message that is not its text. */
export function PartView({ part, message }: { part: Part; message: Message }) {
  const text = useText();
  switch (part.type) {
    case "attachment":
      return <AttachmentView attachment={part} side={message.side} />;
    case "location":
      return <LocationCard location={part} />;
    case "contact":
      return <PartCard icon="person" title={part.name} detail={part.phone ?? null} />;
    case "link":
      return (
        <PartCard icon="link" title={part.title ?? part.url ?? ""} detail={null} address={part.url ?? null} />
      );
    case "choice":
      return (
        <div className="bubble choice" data-side={message.side}>
          <span className="unseen">{text("part.choice")} </span>
          <bdi>{part.title}</bdi>
        </div>
      );
    case "choices":
      return <Pressables titles={part.titles} label={text("choices.label")} />;
    case "context":
      return (
        <ContextCard
          kind={part.kind}
          words={part.text ? { english: part.text, wording: part.wording } : null}
          address={part.url ?? null}
        />
      );
    case "template":
      return <TemplateMark name={part.name} language={part.language} buttons={part.buttons} />;
    case "unsupported":
      return (
        <div className="bubble bubble-gone" data-side={message.side}>
          {text("part.unsupported", { kind: part.kind })}
          {part.text && <span dir="auto"> {part.text}</span>}
        </div>
      );
  }
}

interface CardProps {
  readonly icon: IconName;
  readonly title: string;
  readonly detail: string | null;
  readonly address?: string | null;
}

export function PartCard({ icon, title, detail, address = null }: CardProps) {
  const words = (
    <>
      <Icon name={icon} />
      <span className="grow">
        <b className="cut" dir="auto">
          {title}
        </b>
        {detail && (
          <span className="cut" dir="auto">
            {detail}
          </span>
        )}
      </span>
    </>
  );
  if (!address || !isWebAddress(address)) return <div className="part-card">{words}</div>;
  return (
    <a className="part-card" href={address} target="_blank" rel="noopener noreferrer nofollow">
      {words}
    </a>
  );
}

function ContextCard({ kind, words, address }: { kind: string; words: Said | null; address: string | null }) {
  const text = useText();
  const say = useSaid();
  return (
    <div className="context-card">
      <Icon name="image" size={14} />
      <span className="grow">
        <b>{kindText(`context_${kind}`, text)}</b>
        {words && (
          <span className="context-words" dir="auto">
            {say(words)}
          </span>
        )}
        {address && isWebAddress(address) && (
          <a href={address} target="_blank" rel="noopener noreferrer nofollow">
            {text("part.look_there")}
          </a>
        )}
      </span>
    </div>
  );
}
