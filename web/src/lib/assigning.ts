import { askedFor } from "./asked-for.ts";

/** For which conversations it is asked just now whose they shall be. */
const asked = askedFor();

/** Asks to whom these shall be given, from wherever one is. */
export const askToAssign = asked.ask;
export const doneAssigning = asked.done;
export const useAssignedAskedFor = asked.use;
