import type { ReactNode } from "react";
import { Icon } from "../../ui/Icon.tsx";
import { QuietHouse } from "../../ui/QuietHouse.tsx";
import "./Entrance.css";

interface Props {
  readonly title: string;
  readonly lead?: ReactNode;
  /** It goes no further here: the page is drawn, and not only said. */
  readonly isEnd?: boolean;
  readonly children?: ReactNode;
}

/** The quiet page around signing in and the first steps. */
export function Entrance({ title, lead, isEnd = false, children }: Props) {
  return (
    <main className="entrance">
      <div className="entrance-column">
        <p className="entrance-brand">
          <span className="nav-brand">
            <Icon name="brand" />
          </span>
          Dragoman
        </p>
        {isEnd && <QuietHouse />}
        <h1>{title}</h1>
        {lead && <p className="entrance-lead">{lead}</p>}
        {children}
      </div>
    </main>
  );
}
