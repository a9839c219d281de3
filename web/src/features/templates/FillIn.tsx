import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import type { Attachment, Channel, Conversation, Template, TemplateGap } from "../../api/shapes.ts";
import { type Fault, type Filling, faultOf, prefilled, tooManyIn } from "../../lib/filling.ts";
import { type Begun, doneWithTemplate } from "../../lib/templates-wanted.ts";
import { useText } from "../../lib/text.ts";
import { useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";
import { HeadFile } from "./HeadFile.tsx";
import { Preview } from "./Preview.tsx";

interface Props {
  readonly conversation: Conversation;
  readonly channel: Channel;
  readonly template: Template;
  readonly begun: Begun | null;
  readonly onOther: () => void;
}

/** Every gap of a template, and what the customer will read. */
export function FillIn({ conversation, channel, template, begun, onOther }: Props) {
  const text = useText();
  const { replies, store } = useSession();
  const { gaps } = template;
  const [filling, setFilling] = useState<Filling>(
    () => begun?.values ?? prefilled(template, conversation.contact.name),
  );
  const [head, setHead] = useState<Attachment | null>(begun?.head ?? null);
  const [seenSeq] = useState(() => begun?.refused?.seq ?? store.seq);
  const [isTried, setTried] = useState(false);
  const hintId = useId();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>("[data-first], input:not([type=file])")?.focus();
  }, []);
  const rule = channel.capabilities.templates;
  if (!rule) return null;

  const faultIn = (gap: TemplateGap): Fault | null => faultOf(gap, filling[gap.name] ?? "", rule);
  const isEmpty = ({ name }: TemplateGap) => (filling[name] ?? "").trim() === "";
  const tooMany = tooManyIn(template, filling, rule);
  const hindrance: Fault | null =
    gaps.some(isEmpty) || (template.head_file && !head)
      ? { text: "template.gap_empty", values: {} }
      : gaps.some(faultIn)
        ? { text: "template.gap_wrong", values: {} }
        : tooMany > 0
          ? { text: "template.too_long", values: { count: tooMany } }
          : null;

  const send = () => {
    setTried(true);
    if (hindrance) return;
    replies.sendTemplate(conversation.id, { template, values: valuesOf(gaps, filling), head }, seenSeq);
    doneWithTemplate();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    // Held down from choosing it, the key would send what nobody has looked at.
    if (event.repeat) return event.preventDefault();
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    send();
  };

  return (
    <form
      ref={form}
      className="template-fill"
      noValidate
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {begun?.refused && (
        <p className="template-stale" role="alert">
          {text("template.wrote_meanwhile", { count: begun.refused.count })}
        </p>
      )}
      <div className="template-sides">
        <div className="template-gaps">
          {template.head_file && (
            <HeadFile kind={template.head_file} rule={rule} attachment={head} onChange={setHead} />
          )}
          {gaps.map((gap, n) => (
            <GapField
              key={gap.name}
              gap={gap}
              nth={n + 1}
              value={filling[gap.name] ?? ""}
              isMissing={isTried && isEmpty(gap)}
              fault={faultIn(gap)}
              onChange={(value) => setFilling((before) => ({ ...before, [gap.name]: value }))}
            />
          ))}
          {gaps.length === 0 && !template.head_file && (
            <p className="template-none">{text("template.no_gaps")}</p>
          )}
        </div>
        <Preview template={template} filling={filling} head={head} />
      </div>
      <p className="template-hint" id={hintId} role="status">
        {isTried && hindrance ? text(hindrance.text, hindrance.values) : ""}
      </p>
      <p className="template-answers">
        <Button look="plain" icon="back" flips onClick={onOther}>
          {text("template.other")}
        </Button>
        <Button
          look="main"
          type="submit"
          data-first={gaps.length === 0 && !template.head_file ? true : undefined}
          aria-disabled={hindrance !== null}
          aria-describedby={hintId}
        >
          {text("action.send")}
        </Button>
      </p>
    </form>
  );
}

interface GapProps {
  readonly gap: TemplateGap;
  readonly nth: number;
  readonly value: string;
  readonly isMissing: boolean;
  readonly fault: Fault | null;
  readonly onChange: (value: string) => void;
}

function GapField({ gap, nth, value, isMissing, fault, onChange }: GapProps) {
  const text = useText();
  const { kind } = gap;
  const label = kind !== "text" ? text(`template.${kind}`) : gap.label || text("template.gap", { nth });
  const problem = fault
    ? text(fault.text, fault.values)
    : isMissing
      ? text("template.gap_missing")
      : undefined;
  return (
    <Field
      label={label}
      type="text"
      dir="auto"
      autoComplete="off"
      hint={gap.example ? text("template.example", { example: gap.example }) : undefined}
      problem={problem}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

function valuesOf(gaps: readonly TemplateGap[], filling: Filling): Filling {
  return Object.fromEntries(gaps.map(({ name }) => [name, (filling[name] ?? "").trim()]));
}
