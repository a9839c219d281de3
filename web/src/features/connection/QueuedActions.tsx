import { useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import type { Queued, Refusal } from "../../sync/queued.ts";
import type { Stepped } from "../../sync/queued-steps.ts";
import { useQueue, useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import "./QueuedActions.css";

/** What still waits for the network, and what was refused after it had waited: each with the way on. */
export function QueuedActions({ onClose }: { onClose: () => void }) {
  const text = useText();
  const { waiting, refused } = useQueue();
  return (
    <Dialog title={text("queued.title")} onClose={onClose}>
      <p className="queued-lead">{text("queued.lead")}</p>
      <ul className="queued-list">
        {waiting.map((queued) => (
          <li key={queued.key} className="queued-action">
            <What queued={queued} />
          </li>
        ))}
      </ul>
      {refused.length > 0 && <h3 className="queued-refused">{text("queued.refused_title")}</h3>}
      <ul className="queued-list">
        {refused.map((refusal) => (
          <Refused key={refusal.queued.key} refusal={refusal} />
        ))}
      </ul>
    </Dialog>
  );
}

function What({ queued }: { queued: Queued }) {
  const text = useText();
  const times = useTimes(text);
  const name = queued.name ?? text("queued.nobody");
  return (
    <span className="grow">
      <span dir="auto">{text(`queued.${queued.kind}`, { name, count: howMany(queued) })}</span>
      <span className="queued-time num">{times.clock(queued.madeAt)}</span>
    </span>
  );
}

function Refused({ refusal }: { refusal: Refusal }) {
  const text = useText();
  const { queue } = useSession();
  const { queued, problem } = refusal;
  return (
    <li className="queued-action">
      <span className="grow">
        <What queued={queued} />
        <span className="queued-why">{text(problem.text, problem.values)}</span>
      </span>
      <Button small onClick={() => queue.dismiss(refusal, true)}>
        {text("action.try_again")}
      </Button>
      <Button small look="plain" onClick={() => queue.dismiss(refusal)}>
        {text("action.dismiss")}
      </Button>
    </li>
  );
}

/** Of how many conversations it is, where the same is done to several. */
function howMany({ what }: Queued): number {
  return (what as Partial<Stepped> | null)?.moves?.length ?? 1;
}
