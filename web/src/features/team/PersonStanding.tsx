import type { Person } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { standingOf } from "./MemberWork.tsx";
import "./PersonStanding.css";

/** In a line of the picker: which languages somebody speaks, by their codes, and whether they are there. */
export function PersonStanding({ person }: { person: Person }) {
  const text = useText();
  const state = standingOf(person);
  const codes = person.languages.map(({ language }) => language).join(" ");
  return (
    <span className="person-standing">
      {codes && <span className="cut">{codes}</span>}
      <span className="member-standing" data-state={state} title={text(`work.state.${state}`)}>
        <span className="unseen">{text(`work.state.${state}`)}</span>
      </span>
    </span>
  );
}
