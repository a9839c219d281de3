import type { Conversation } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { useLabelsOf } from "../../sync/useLabels.ts";
import { LabelChip } from "../../ui/LabelChip.tsx";

interface Props {
  readonly conversation: Conversation;
  /** So many are shown in words; the others are counted. */
  readonly most?: number;
}

/** What a conversation is called by, where there is little room. */
export function RowLabels({ conversation, most = 2 }: Props) {
  const text = useText();
  const labels = useLabelsOf(conversation);
  if (labels.length === 0) return null;
  const hidden = labels.slice(most);
  return (
    <span className="labels-line">
      <span className="unseen">{text("labels.title")}</span>
      {labels.slice(0, most).map((label) => (
        <LabelChip key={label.id} label={label} />
      ))}
      {hidden.length > 0 && (
        <span className="labels-more" title={hidden.map(({ name }) => name).join(", ")}>
          <span aria-hidden="true" dir="ltr">
            +{text("list.count", { count: hidden.length })}
          </span>
          <span className="unseen">{hidden.map(({ name }) => name).join(", ")}</span>
        </span>
      )}
    </span>
  );
}
