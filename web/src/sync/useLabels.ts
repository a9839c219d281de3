import { useMemo } from "react";
import type { Conversation, Label } from "../api/shapes.ts";
import { useInbox } from "./session.ts";

/** Every label of the workspace, by name. */
export function useLabels(): readonly Label[] {
  const labels = useInbox((inbox) => inbox.labels);
  return useMemo(() => [...labels].sort((one, other) => one.name.localeCompare(other.name)), [labels]);
}

/** Those that a conversation carries, by name. */
export function useLabelsOf(conversation: Conversation): readonly Label[] {
  const labels = useLabels();
  return useMemo(
    () => labels.filter(({ id }) => conversation.label_ids.includes(id)),
    [labels, conversation.label_ids],
  );
}
