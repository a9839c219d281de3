import { useCallback, useState } from "react";
import type { PastHit, Rehearsal } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import { useSession } from "../../sync/session.ts";
import { usePages } from "../../sync/usePages.ts";
import { Button } from "../../ui/Button.tsx";
import { Checkbox } from "../../ui/Checkbox.tsx";
import { Chip } from "../../ui/Chip.tsx";

interface Props {
  readonly run: Rehearsal;
  readonly addressOf: (conversation: string) => string;
}

/** What a rehearsal found, the newest first, each with the way to its conversation. */
export function Found({ run, addressOf }: Props) {
  const text = useText();
  const { api } = useSession();
  const [onlyAnswered, setOnlyAnswered] = useState(false);
  const { items, more } = usePages(
    useCallback(
      (cursor: string | null) => api.rules.hits(run.id, onlyAnswered, cursor),
      [api, run.id, onlyAnswered],
    ),
  );
  return (
    <>
      {run.answered > 0 && (
        <Checkbox checked={onlyAnswered} onChange={setOnlyAnswered}>
          {text("rehearsal.only_answered")}
        </Checkbox>
      )}
      <ul className="settings-list rehearsal-found" aria-label={text("rehearsal.found")}>
        {items?.map((hit) => (
          <HitLine key={hit.turn_id} hit={hit} address={addressOf(hit.conversation_id)} />
        ))}
      </ul>
      {more && <Button onClick={more}>{text("rehearsal.more")}</Button>}
    </>
  );
}

function HitLine({ hit, address }: { hit: PastHit; address: string }) {
  const text = useText();
  const times = useTimes(text);
  return (
    <li className="rehearsal-hit">
      <a href={address} target="_blank" rel="noreferrer">
        <bdi className="settings-name">{hit.name ?? text("rehearsal.nameless")}</bdi>
      </a>
      <span className="settings-detail">{`${times.day(hit.at)}, ${times.clock(hit.at)}`}</span>
      {hit.answered && <Chip icon="reply">{text("rehearsal.was_answered")}</Chip>}
      {hit.kind !== "same" && (
        <Chip tone={hit.kind === "dropped" ? "risk" : "plain"}>{text(`rehearsal.kind.${hit.kind}`)}</Chip>
      )}
      <p className="rehearsal-words" dir="auto">
        {hit.text ?? text("rehearsal.wordless")}
      </p>
    </li>
  );
}
