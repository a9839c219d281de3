import { useEffect, useState } from "react";
import type { Rule, RuleVersion } from "../../api/shapes.ts";
import { problemOf } from "../../lib/problems.ts";
import { useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";

/** What a rule was before, who made it so and when; each can be had back. */
export function Versions({ rule, onRestored }: { rule: Rule; onRestored: () => void }) {
  const text = useText();
  const { api, notices } = useSession();
  const [versions, setVersions] = useState<readonly RuleVersion[] | null>(null);
  useEffect(() => {
    api.rules.versions(rule.id).then(setVersions, (error: unknown) => notices.tell(problemOf(error)));
  }, [api, notices, rule.id]);
  const restore = (version: number) =>
    api.rules.restore(rule.id, version).then(onRestored, (error: unknown) => notices.tell(problemOf(error)));
  return (
    <ol className="settings-list rule-versions" aria-label={text("rules.face.versions")}>
      {versions?.map((version) => (
        <li key={version.version} className="settings-row">
          <Said version={version} />
          {version.version === rule.version ? (
            <span className="settings-detail">{text("rules.version_now")}</span>
          ) : (
            <Button small onClick={() => void restore(version.version)}>
              {text("rules.restore")}
            </Button>
          )}
        </li>
      ))}
    </ol>
  );
}

function Said({ version }: { version: RuleVersion }) {
  const text = useText();
  const times = useTimes(text);
  const by = useInbox((inbox) => inbox.members.find(({ id }) => id === version.made_by)?.name ?? "");
  return (
    <details className="grow">
      <summary>
        {text("rules.version_by", {
          name: by,
          time: `${times.day(version.made_at)}, ${times.clock(version.made_at)}`,
        })}
      </summary>
      <pre className="rule-yaml" dir="ltr">
        {version.text}
      </pre>
    </details>
  );
}
