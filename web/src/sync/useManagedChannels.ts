import type { Channel } from "../api/shapes.ts";
import { useInbox } from "./session.ts";

const NONE: readonly Channel[] = [];

/** The channels of which this member may settle something: all that they see, or none. */
export function useManagedChannels(): readonly Channel[] {
  return useInbox(({ me, channels }) => (me.rights.includes("manage_channels") ? channels : NONE));
}
