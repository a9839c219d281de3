import type { Channel } from "../../api/shapes.ts";
import { textLimitOf } from "../../lib/besides.ts";
import { lengthOf } from "../../lib/splitting.ts";
import { useText } from "../../lib/text.ts";
import type { Draft } from "../../sync/drafts.ts";
import { piecesOf } from "./fitToChannel.ts";

/** How much of what the channel takes is written, and how many messages it becomes where that is more than one. */
export function Length({ draft, channel }: { draft: Draft; channel: Channel }) {
  const text = useText();
  const limit = textLimitOf(draft.choices, channel.capabilities);
  const written = draft.text.trim();
  if (!limit || written === "") return null;
  const length = lengthOf(written, limit.unit);
  if (length > limit.max)
    return (
      <span className="num">{text("composer.pieces", { length, count: piecesOf(written, limit) })}</span>
    );
  return <span className="num">{text("composer.length", { length, max: limit.max })}</span>;
}
