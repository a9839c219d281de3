import { useCallback } from "react";
import type { RuleDeed } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import { useSession } from "../../sync/session.ts";
import { usePages } from "../../sync/usePages.ts";
import { Button } from "../../ui/Button.tsx";

interface Props {
  readonly ruleId: string;
  readonly addressOf: (conversation: string) => string;
}

/** When the rule did what, the newest first, each with the way to its conversation. */
export function DeedsDone({ ruleId, addressOf }: Props) {
  const text = useText();
  const { api } = useSession();
  const { items, more } = usePages(
    useCallback((cursor: string | null) => api.rules.deeds(ruleId, cursor), [api, ruleId]),
  );
  if (items?.length === 0) return <p className="settings-none">{text("rules.never_acted")}</p>;
  return (
    <>
      <ul className="settings-list rehearsal-found" aria-label={text("rules.face.deeds")}>
        {items?.map((deed) => (
          <DeedLine key={deed.id} deed={deed} address={addressOf(deed.conversation_id)} />
        ))}
      </ul>
      {more && <Button onClick={more}>{text("rehearsal.more")}</Button>}
    </>
  );
}

function DeedLine({ deed, address }: { deed: RuleDeed; address: string }) {
  const text = useText();
  const times = useTimes(text);
  return (
    <li className="rehearsal-hit" data-reverted={deed.is_reverted || undefined}>
      <a href={address} target="_blank" rel="noreferrer">
        <bdi className="settings-name">{deed.name ?? text("rehearsal.nameless")}</bdi>
      </a>
      <span className="grow">
        <span className="rule-did">{text(`rules.did.${deed.does}`)}</span>
        {deed.is_reverted && ` · ${text("rules.taken_back")}`}
      </span>
      <span className="settings-detail">{`${times.day(deed.at)}, ${times.clock(deed.at)}`}</span>
    </li>
  );
}
