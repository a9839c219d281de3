import { useSyncExternalStore } from "react";
import type { SavedDraft } from "../../api/shapes.ts";
import { kindText } from "../../lib/kinds.ts";
import { useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";

const NONE: readonly SavedDraft[] = [];

/** What this member has written elsewhere at the same time: nothing is written over, one of them is chosen. */
export function DraftsBeside({ conversationId }: { conversationId: string }) {
  const { kept } = useSession();
  const saved = useInbox((inbox) => inbox.drafts.get(conversationId)) ?? NONE;
  const current = useSyncExternalStore(kept.subscribe, () => kept.idOf(conversationId));
  const others = saved.filter(({ id }) => id !== current);
  if (others.length === 0) return null;
  return (
    <ul className="drafts-beside">
      {others.map((draft) => (
        <DraftBeside key={draft.id} draft={draft} />
      ))}
    </ul>
  );
}

function DraftBeside({ draft }: { draft: SavedDraft }) {
  const text = useText();
  const times = useTimes(text);
  const { kept } = useSession();
  const words = draft.text.trim() || kindText(draft.files[0]?.kind ?? null, text);
  return (
    <li className="draft-beside">
      <Icon name="pencil" size={14} />
      <span className="grow cut" dir="auto">
        {text("draft.beside", { time: times.short(draft.saved_at), words })}
      </span>
      <Button look="link" small onClick={() => void kept.use(draft)}>
        {text("action.use_draft")}
      </Button>
      <Button look="link" small onClick={() => void kept.discard(draft)}>
        {text("action.discard_draft")}
      </Button>
    </li>
  );
}
