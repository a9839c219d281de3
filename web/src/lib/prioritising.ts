import { askedFor } from "./asked-for.ts";

/** For which conversations it is asked just now how urgent they are. */
const asked = askedFor();

/** Asks how urgent these are, from wherever one is. */
export const askForPriority = asked.ask;
export const donePrioritising = asked.done;
export const usePriorityAskedFor = asked.use;
