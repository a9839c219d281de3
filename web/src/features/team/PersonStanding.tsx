import type { Person } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { standingOf } from "./MemberWork.tsx";
import "./PersonStanding.css";

/** What the mark beside their name says already. */
const IS_PLAIN: ReadonlySet<string> = new Set(["online", "on_shift"]);

/** In a line of the picker: which languages somebody speaks, by their codes, and why they had better not be given it. */
export function PersonStanding({ person }: { person: Person }) {
  const text = useText();
  const state = standingOf(person);
  const codes = person.languages.map(({ language }) => language).join(" ");
  return (
    <span className="person-standing">
      {codes && <span className="cut">{codes}</span>}
      <span className={IS_PLAIN.has(state) ? "unseen" : "cut"}>{text(`work.state.${state}`)}</span>
    </span>
  );
}
