import type { ReactNode } from "react";

/** One part in all its states. */
export interface Story {
  readonly name: string;
  readonly title: string;
  readonly show: () => ReactNode;
}
