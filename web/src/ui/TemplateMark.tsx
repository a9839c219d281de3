import { useText } from "../lib/text.ts";
import { Icon } from "./Icon.tsx";
import { LanguageBadge } from "./LanguageBadge.tsx";
import { Pressables } from "./Pressables.tsx";
import "./TemplateMark.css";

interface Props {
  readonly name: string;
  readonly language: string;
  readonly buttons: readonly string[];
}

/** Below the words of a template: what there is to press, and which one it is. */
export function TemplateMark({ name, language, buttons }: Props) {
  const text = useText();
  return (
    <div className="template-mark">
      {buttons.length > 0 && <Pressables titles={buttons} label={text("template.buttons")} />}
      <p className="template-name">
        <Icon name="check" size={13} />
        <span className="unseen">{text("kind.template")} </span>
        <bdi className="cut">{name}</bdi>
        <LanguageBadge language={language} />
      </p>
    </div>
  );
}
