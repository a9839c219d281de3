import type { Platform, Setup } from "../../api/shapes.ts";
import { problemOf } from "../../lib/problems.ts";
import { useText } from "../../lib/text.ts";
import { useSession } from "../../sync/session.ts";
import { Icon } from "../../ui/Icon.tsx";
import { Select } from "../../ui/Select.tsx";
import { useSentence } from "./PlatformPage.tsx";

const STATES = ["none", "asked", "granted"] as const;

/** What the platform has to allow, which may take days: noted here, since its dashboard tells nobody else. */
export function Approvals({ setup, platform }: { setup: Setup; platform: Platform }) {
  const text = useText();
  const say = useSentence();
  const { api, notices } = useSession();
  const stateOf = (name: string) => {
    const noted = setup.approvals.find((each) => each.name === name);
    return noted ? (noted.granted_at ? "granted" : "asked") : "none";
  };
  const note = (name: string, state: string) => {
    api.setups
      .approval(setup.id, name, state !== "none", state === "granted")
      .catch((error: unknown) => notices.tell(problemOf(error)));
  };
  return (
    <section aria-labelledby="approvals" className="guide-section">
      <h3 id="approvals">{text("setup.approvals")}</h3>
      <p className="channels-quiet">{text("setup.approvals_hint")}</p>
      <ul className="guide-approvals">
        {platform.approvals.map((approval) => (
          <li key={approval.name}>
            <strong>{say(approval.title)}</strong>
            <p>{say(approval.words)}</p>
            {approval.link && (
              <p>
                <a className="guide-link" href={approval.link} target="_blank" rel="noreferrer">
                  {text("setup.open_there", { platform: new URL(approval.link).hostname })}
                  <Icon name="link" size={14} />
                </a>
              </p>
            )}
            <Select
              label={text("setup.approval_state", { title: say(approval.title) })}
              value={stateOf(approval.name)}
              onChange={(event) => note(approval.name, event.target.value)}
              options={STATES.map((state) => ({ value: state, label: text(`setup.approval.${state}`) }))}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
