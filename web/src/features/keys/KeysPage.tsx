import { USUAL_KEYS } from "../../lib/commands/choices.ts";
import { COMMANDS, GROUPS } from "../../lib/commands/commands.ts";
import { useText } from "../../lib/text.ts";
import { Button } from "../../ui/Button.tsx";
import { EnterSends } from "./EnterSends.tsx";
import { KeyRow } from "./KeyRow.tsx";
import { SingleKeys } from "./SingleKeys.tsx";
import { useChosenKeys } from "./useChosenKeys.ts";
import "./KeysPage.css";

/** Every command with its keys, each of which can be another. */
export function KeysPage() {
  const text = useText();
  const [choices, choose] = useChosenKeys();
  const isUsual = Object.keys(choices.changed).length === 0;
  return (
    <section aria-label={text("settings.keys")}>
      <p className="keys-lead">{text("keys.lead")}</p>
      <SingleKeys />
      <EnterSends />
      {GROUPS.map((group) => (
        <section key={group} className="keys-group">
          <h2>{text(`keys.group.${group}`)}</h2>
          <ul>
            {COMMANDS.filter((command) => command.group === group).map((command) => (
              <KeyRow key={command.id} command={command} choices={choices} onChoose={choose} />
            ))}
          </ul>
        </section>
      ))}
      <Button
        aria-disabled={isUsual}
        onClick={() => !isUsual && choose({ ...choices, changed: USUAL_KEYS.changed })}
      >
        {text("keys.all_usual")}
      </Button>
    </section>
  );
}
