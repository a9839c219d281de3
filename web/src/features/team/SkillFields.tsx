import { useId, useState } from "react";
import { folded } from "../../lib/folded.ts";
import { useText } from "../../lib/text.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Field } from "../../ui/Field.tsx";

interface Props {
  readonly skills: readonly string[];
  /** Those that somebody in this workspace has. */
  readonly known: readonly string[];
  readonly problem: string | undefined;
  readonly onChange: (skills: readonly string[]) => void;
}

const LONGEST = 40;

/** What a member is good at: words that colleagues have are offered, any other can be written. */
export function SkillFields({ skills, known, problem, onChange }: Props) {
  const text = useText();
  const id = useId();
  const [written, setWritten] = useState("");
  const has = (skill: string) => skills.some((each) => folded(each) === folded(skill));
  const add = () => {
    const skill = written.trim();
    if (skill && !has(skill)) onChange([...skills, skill]);
    setWritten("");
  };
  return (
    <>
      <h3>{text("work.skills")}</h3>
      {skills.length > 0 && (
        <ul className="work-skills">
          {skills.map((skill) => (
            <li key={skill} className="work-skill">
              <span className="cut" dir="auto">
                {skill}
              </span>
              <IconButton
                icon="cross"
                label={text("work.remove_skill", { skill })}
                onClick={() => onChange(skills.filter((each) => each !== skill))}
              />
            </li>
          ))}
        </ul>
      )}
      <Field
        label={text("work.add_skill")}
        hint={text("work.skills_hint")}
        dir="auto"
        list={id}
        className="work-add-skill"
        maxLength={LONGEST}
        value={written}
        problem={problem}
        onChange={({ target }) => setWritten(target.value)}
        onBlur={add}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
          event.preventDefault();
          add();
        }}
      />
      <datalist id={id}>
        {known
          .filter((skill) => !has(skill))
          .map((skill) => (
            <option key={skill} value={skill} />
          ))}
      </datalist>
    </>
  );
}
