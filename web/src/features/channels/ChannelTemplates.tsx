import { useState } from "react";
import type { Channel, Template } from "../../api/shapes.ts";
import { problemOf } from "../../lib/problems.ts";
import { useSaid, useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import { useSession } from "../../sync/session.ts";
import { useTemplates } from "../../sync/useTemplates.ts";
import { Button } from "../../ui/Button.tsx";
import { Chip } from "../../ui/Chip.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { LanguageBadge } from "../../ui/LanguageBadge.tsx";
import "./ChannelTemplates.css";

/** How many templates a channel has, and all of them with their state and why it is so. */
export function ChannelTemplates({ channel }: { channel: Channel }) {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  if (!channel.templates) return null;
  const { approved, others } = channel.templates;
  return (
    <>
      <Button small onClick={() => setOpen(true)}>
        {text("template.count", { count: approved + others })}
      </Button>
      {isOpen && <TemplatesDialog channel={channel} onClose={() => setOpen(false)} />}
    </>
  );
}

function TemplatesDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const text = useText();
  const [words, setWords] = useState("");
  const asked = { words: words.trim(), language: null, approved: false };
  const { items, isBroken, more, again } = useTemplates(channel, asked);
  return (
    <Dialog title={text("template.of_channel", { name: channel.name })} wide onClose={onClose}>
      <Looked channel={channel} />
      <input
        className="channel-templates-search"
        type="search"
        dir="auto"
        maxLength={200}
        data-first
        aria-label={text("template.find")}
        placeholder={text("template.find")}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <ul className="channel-templates">
        {items?.map((template) => (
          <TemplateLine key={`${template.name} ${template.language}`} template={template} />
        ))}
      </ul>
      {more && (
        <Button look="link" small onClick={more}>
          {text("template.more")}
        </Button>
      )}
      {isBroken && (
        <p role="alert">
          {text("problem.unreachable")}{" "}
          <Button look="link" small onClick={again}>
            {text("action.try_again")}
          </Button>
        </p>
      )}
      {items?.length === 0 && (
        <p className="channels-quiet">{text(words ? "template.none_found" : "template.none")}</p>
      )}
    </Dialog>
  );
}

/** As of when that is, what went wrong then, and another look. */
function Looked({ channel }: { channel: Channel }) {
  const text = useText();
  const say = useSaid();
  const times = useTimes(text);
  const { api, notices } = useSession();
  const [isBusy, setBusy] = useState(false);
  const { looked_at: at, trouble, trouble_wording: wording } = channel.templates ?? {};
  const look = () => {
    if (isBusy) return;
    setBusy(true);
    api.templates
      .look(channel.id)
      .catch((error: unknown) => notices.tell(problemOf(error)))
      .finally(() => setBusy(false));
  };
  return (
    <div className="channel-templates-looked">
      <p role="status">
        {isBusy
          ? text("template.looking")
          : at
            ? text("template.looked_at", { time: times.soon(at) })
            : text("template.not_looked")}
        {trouble && !isBusy && <span className="channel-trouble">{say({ english: trouble, wording })}</span>}
      </p>
      <Button small icon="retry" aria-disabled={isBusy} onClick={look}>
        {text("template.look_again")}
      </Button>
    </div>
  );
}

function TemplateLine({ template }: { template: Template }) {
  const text = useText();
  const say = useSaid();
  const { state, reason, reason_wording: wording } = template;
  return (
    <li>
      <p className="channel-templates-head">
        <b className="cut" dir="auto">
          {template.name.replaceAll("_", " ")}
        </b>
        <LanguageBadge language={template.language} />
        {state === "approved" || state === "pending" ? (
          <Chip>{text(`template.state.${state}`)}</Chip>
        ) : (
          <Chip tone="risk">{text(`template.state.${state}`)}</Chip>
        )}
      </p>
      <p className="channel-templates-words" dir="auto">
        {[template.head, template.body]
          .filter(Boolean)
          .join(" · ")
          .replace(/\{\{[\w.]+\}\}/g, "…")}
      </p>
      {reason && <p className="channel-templates-reason">{say({ english: reason, wording })}</p>}
    </li>
  );
}
