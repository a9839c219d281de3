const NOTHING = /^[\p{Cc}\p{Cf}\p{Cs}\p{Z}\p{Default_Ignorable_Code_Point}\uFFFD]*$/u;

/** True when a reader would see something of it: not only spaces, joiners, marks of direction, or broken signs. */
export function isVisible(text: string | null | undefined): text is string {
  return typeof text === "string" && !NOTHING.test(text);
}
