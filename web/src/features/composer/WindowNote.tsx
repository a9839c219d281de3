import type { Allowance } from "../../lib/reply-window.ts";
import { useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import { Icon } from "../../ui/Icon.tsx";

/** What it means that the free time is over: said before anything is written. */
export function WindowNote({ allowance, name }: { allowance: Allowance; name: string }) {
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
      <span dir="auto">{said}</span>
    </p>
  );
}
