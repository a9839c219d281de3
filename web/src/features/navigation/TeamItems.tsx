import type { Team } from "../../api/shapes.ts";
import { initialsOf } from "../../lib/initials.ts";
import { useText } from "../../lib/text.ts";
import { useInbox } from "../../sync/session.ts";
import { countOfWhose } from "../../sync/useSavedViews.ts";
import { useTeams } from "../../sync/useTeams.ts";
import type { Whose } from "../../sync/whose.ts";
import { Icon } from "../../ui/Icon.tsx";

interface Props {
  readonly current: Whose | null;
  readonly onTeam: (whose: Whose) => void;
}

/** The queues of the teams, one's own first, and how many wait in each. */
export function TeamItems({ current, onTeam }: Props) {
  const text = useText();
  const teams = useTeams();
  if (teams.length === 0) return null;
  return (
    <>
      <h2>{text("nav.teams")}</h2>
      <ul>
        {teams.map((team) => (
          <li key={team.id}>
            <TeamItem
              team={team}
              isCurrent={current?.kind === "team" && current.id === team.id}
              onPress={() => onTeam({ kind: "team", id: team.id })}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

interface ItemProps {
  readonly team: Team;
  readonly isCurrent: boolean;
  readonly onPress: () => void;
}

function TeamItem({ team, isCurrent, onPress }: ItemProps) {
  const text = useText();
  const count = useInbox((inbox) => countOfWhose(inbox.counts, { kind: "team", id: team.id }));
  return (
    <button
      type="button"
      className="nav-item"
      aria-current={isCurrent ? "page" : undefined}
      title={team.name}
      onClick={onPress}
    >
      <span className="nav-initials" aria-hidden="true">
        {initialsOf(team.name)}
      </span>
      <span className="nav-view-mark">
        <Icon name="people" />
      </span>
      <span className="grow cut" dir="auto">
        {team.name}
      </span>
      <span className="nav-count" data-zero={count === 0}>
        {text("list.count", { count })}
      </span>
    </button>
  );
}
