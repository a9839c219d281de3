import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useIntl } from "react-intl";
import type { Channel, Template } from "../../api/shapes.ts";
import { languageName } from "../../lib/languages.ts";
import { useText } from "../../lib/text.ts";
import { useTemplates } from "../../sync/useTemplates.ts";
import { Button } from "../../ui/Button.tsx";
import { LanguageBadge } from "../../ui/LanguageBadge.tsx";
import { SelectBox } from "../../ui/Select.tsx";

interface Props {
  readonly channel: Channel;
  readonly onChoose: (template: Template) => void;
}

/** Those that can be sent: the field above has the keys, the list follows it. */
export function TemplateChoices({ channel, onChoose }: Props) {
  const text = useText();
  const { locale } = useIntl();
  const [words, setWords] = useState("");
  const [language, setLanguage] = useState("");
  const [at, setAt] = useState(0);
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const asked = { words: words.trim(), language: language || null, approved: true };
  const { items, languages, isBroken, more, again } = useTemplates(channel, asked);
  const choices = items ?? [];
  const active = Math.min(at, choices.length - 1);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    const to = { ArrowDown: active + 1, ArrowUp: active - 1 }[event.key];
    const chosen = choices[active];
    if (to !== undefined) setAt((to + choices.length) % Math.max(1, choices.length));
    else if (event.key === "Enter" && chosen) onChoose(chosen);
    else return;
    event.preventDefault();
  };

  return (
    <div className="template-choices">
      <div className="template-search">
        <input
          ref={field}
          type="text"
          role="combobox"
          dir="auto"
          maxLength={200}
          aria-label={text("template.find")}
          placeholder={text("template.find")}
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
          value={words}
          onChange={(event) => {
            setWords(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        {languages.length > 1 && (
          <SelectBox
            aria-label={text("template.language")}
            value={language}
            onChange={(event) => setLanguage(event.target.value)}
            options={[
              { value: "", label: text("template.all_languages") },
              ...languages.map((each) => ({ value: each, label: languageName(each, locale) })),
            ]}
          />
        )}
      </div>
      <div className="template-list" id={id} role="listbox" aria-label={text("template.list")}>
        {choices.map((template, n) => (
          <ChoiceLine
            key={`${template.name} ${template.language}`}
            id={`${id}-${n}`}
            template={template}
            isActive={n === active}
            onPress={() => onChoose(template)}
          />
        ))}
      </div>
      {more && (
        <Button look="link" small onClick={more}>
          {text("template.more")}
        </Button>
      )}
      {isBroken && (
        <p className="template-none" role="alert">
          {text("problem.unreachable")}{" "}
          <Button look="link" small onClick={again}>
            {text("action.try_again")}
          </Button>
        </p>
      )}
      {items?.length === 0 && (
        <p className="template-none">{text(words || language ? "template.none_found" : "template.none")}</p>
      )}
    </div>
  );
}

interface LineProps {
  readonly id: string;
  readonly template: Template;
  readonly isActive: boolean;
  readonly onPress: () => void;
}

function ChoiceLine({ id, template, isActive, onPress }: LineProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys, by aria-activedescendant
    <div
      id={id}
      className="template-choice"
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      data-active={isActive}
      ref={(line) => {
        if (isActive) line?.scrollIntoView?.({ block: "nearest" });
      }}
      onClick={onPress}
    >
      <span className="template-choice-head">
        <b className="cut" dir="auto">
          {template.name.replaceAll("_", " ")}
        </b>
        <LanguageBadge language={template.language} />
      </span>
      <span className="template-choice-words" dir="auto">
        {[template.head, template.body]
          .filter(Boolean)
          .join(" · ")
          .replace(/\{\{[\w.]+\}\}/g, "…")}
      </span>
    </div>
  );
}
