import { useText } from "../lib/text.ts";
import { type Choice, Choices } from "./Choices.tsx";
import { Icon } from "./Icon.tsx";
import { Popover } from "./Popover.tsx";
import "./SomeOf.css";

interface Props {
  readonly label: string;
  /** What it says while nothing is chosen, which means all. */
  readonly all: string;
  readonly options: readonly Choice[];
  readonly chosen: readonly string[];
  /** What is called so without standing among the options. */
  readonly nameOf?: ((value: string) => string) | undefined;
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Some of many, or all: a button that says which, and opens the list. */
export function SomeOf({ label, all, options, chosen, nameOf, onChange }: Props) {
  const text = useText();
  const named = chosen.map(
    (value) => options.find((each) => each.value === value)?.label ?? nameOf?.(value) ?? text("choices.gone"),
  );
  const said = named.length > 0 ? named.join(", ") : all;
  return (
    <div className="field">
      <span className="some-label" aria-hidden="true">
        {label}
      </span>
      <Popover
        label={label}
        sheet
        trigger={(props) => (
          <button type="button" className="some-of" aria-label={`${label}: ${said}`} {...props}>
            <span className="grow cut" dir="auto">
              {said}
            </span>
            <Icon name="down" size={12} />
          </button>
        )}
      >
        {() => <Choices {...{ label, options, chosen, nameOf, onChange }} />}
      </Popover>
    </div>
  );
}
