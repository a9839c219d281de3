import type { Allowance } from "../../lib/reply-window.ts";
import { useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";

interface Props {
  readonly allowance: Allowance;
  readonly name: string;
  /** Null where the channel has none. */
  readonly onTemplate: (() => void) | null;
}

/** What it means that the free time is over: said before anything is written. */
export function WindowNote({ allowance, name, onTemplate }: Props) {
  const text = useText();
  const times = useTimes(text);
  if (allowance.state !== "extended" && allowance.state !== "shut") return null;
  const said =
    allowance.state === "extended"
      ? text("window.extended_meaning", { name, time: times.soon(allowance.until) })
      : text(`window.shut_meaning_${allowance.afterwards}`, { name });
  return (
    <p className="composer-window" data-shut={allowance.state === "shut"}>
      <Icon name="hourglass" />
      <span className="grow" dir="auto">
        {said}
      </span>
      {onTemplate && allowance.state === "shut" && (
        <Button look="main" small onClick={onTemplate}>
          {text("template.choose")}
        </Button>
      )}
    </p>
  );
}
