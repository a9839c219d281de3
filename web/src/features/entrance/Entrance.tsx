import type { ReactNode } from "react";
import { Icon } from "../../ui/Icon.tsx";
import "./Entrance.css";

/** The quiet page around signing in and the first steps. */
export function Entrance({
  title,
  lead,
  children,
}: {
  title: string;
  lead?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <main className="entrance">
      <div className="entrance-column">
        <p className="entrance-brand">
          <span className="nav-brand">
            <Icon name="brand" />
          </span>
          Dragoman
        </p>
        <h1>{title}</h1>
        {lead && <p className="entrance-lead">{lead}</p>}
        {children}
      </div>
    </main>
  );
}
