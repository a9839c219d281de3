import { useLayoutEffect, useRef } from "react";
import type { MessageId } from "../../messages/catalogue.ts";
import type { CommandId } from "./commands.ts";

/** What a command does just now, or why it cannot. */
export interface Bound {
  readonly run: () => void;
  readonly whyNot?: MessageId | null;
}
export type Bindings = Readonly<Partial<Record<CommandId, Bound | (() => void)>>>;

const bindings: { readonly current: Bindings }[] = [];

/** While this component is on the screen, these commands do this; whoever came last has a command. */
export function useCommands(bound: Bindings): void {
  const latest = useRef(bound);
  latest.current = bound;
  useLayoutEffect(() => {
    bindings.push(latest);
    return () => void bindings.splice(bindings.indexOf(latest), 1);
  }, []);
}

/** Undefined when nothing on the screen does it. */
export function boundTo(id: CommandId): Bound | undefined {
  const bound = bindings.findLast(({ current }) => current[id])?.current[id];
  return typeof bound === "function" ? { run: bound } : bound;
}

/** Does it, when it can be done just now. */
export function obey(id: CommandId): boolean {
  const bound = boundTo(id);
  if (!bound || bound.whyNot) return false;
  bound.run();
  return true;
}
