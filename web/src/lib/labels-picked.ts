import { askedFor } from "./asked-for.ts";

const asked = askedFor();

/** Asks for labels for these conversations, from wherever one is. */
export const pickLabelsFor = asked.ask;
export const donePicking = asked.done;
/** The conversations for which labels are being picked just now. */
export const useLabelsPickedFor = asked.use;
