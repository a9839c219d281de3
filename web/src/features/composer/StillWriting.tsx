import type { Message } from "../../api/shapes.ts";
import { moreUntil, useIsBefore } from "../../lib/still-writing.ts";
import { useText } from "../../lib/text.ts";

/** Of the newest messages: an older burst says nothing of this one. */
const LOOKED_AT = 12;

/** Their rhythm says that more is coming: whoever waits a moment answers all of it. */
export function StillWriting({ messages }: { messages: readonly Message[] }) {
  const text = useText();
  const newest = messages.at(-1);
  const theirs = newest?.side === "customer" ? messages.slice(-LOOKED_AT) : [];
  const isWriting = useIsBefore(
    moreUntil(
      theirs.filter(({ side }) => side === "customer").map(({ arrived_at }) => Date.parse(arrived_at)),
    ),
  );
  return isWriting ? <p className="still-writing">{text("composer.still_writing")}</p> : null;
}
