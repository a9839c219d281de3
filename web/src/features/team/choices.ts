import type { Conversation, Counts, Member, Team } from "../../api/shapes.ts";
import { folded } from "../../lib/folded.ts";

/** To whom conversations can be given. `load`: how many of them have, or wait in the queue. */
export type Choice =
  | { readonly kind: "member"; readonly member: Member; readonly load: number; readonly isOn: boolean }
  | { readonly kind: "team"; readonly team: Team; readonly load: number; readonly isOn: boolean }
  | { readonly kind: "nobody" }
  | { readonly kind: "no_team" };

interface Known {
  readonly me: Member;
  readonly members: readonly Member[];
  readonly teams: readonly Team[];
  readonly counts: Counts;
}

/** Oneself first, then colleagues by name, teams, and whatever takes back what stands. */
export function choicesFor(
  written: string,
  { me, members, teams, counts }: Known,
  conversations: readonly Conversation[],
): readonly Choice[] {
  const wanted = folded(written);
  const fits = ({ name }: { readonly name: string }) => folded(name).includes(wanted);
  const here = members
    .filter((member) => !member.has_left && fits(member))
    .sort((one, other) => Number(other.id === me.id) - Number(one.id === me.id) || byName(one, other));
  const isEverybodys = (id: string) => conversations.every(({ owner_id }) => owner_id === id);
  const isInQueue = (id: string) => conversations.every(({ team_id }) => team_id === id);
  const people = here.map(
    (member) =>
      ({
        kind: "member",
        member,
        load: counts.owned[member.id] ?? 0,
        isOn: isEverybodys(member.id),
      }) as const,
  );
  const queues = [...teams]
    .filter(fits)
    .sort(byName)
    .map(
      (team) => ({ kind: "team", team, load: counts.teams[team.id] ?? 0, isOn: isInQueue(team.id) }) as const,
    );
  return [...people, ...queues, ...(wanted === "" ? waysBack(conversations) : [])];
}

function waysBack(conversations: readonly Conversation[]): readonly Choice[] {
  return [
    ...(conversations.some(({ owner_id }) => owner_id) ? [{ kind: "nobody" } as const] : []),
    ...(conversations.some(({ team_id }) => team_id) ? [{ kind: "no_team" } as const] : []),
  ];
}

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name.localeCompare(other.name);
}
