import type { ReactNode } from "react";
import { Icon } from "../../ui/Icon.tsx";
import type { IconName } from "../../ui/icons.tsx";

/** What happened to the conversation, small among what was said in it. */
export function SystemLine({ icon, children }: { icon: IconName; children: ReactNode }) {
  return (
    <p className="timeline-line">
      <Icon name={icon} size={14} />
      {children}
    </p>
  );
}
