/** The bubble of one message, where it is on the screen. */
export function fragmentIn(place: ParentNode, messageId: string): HTMLElement | undefined {
  const shown = Array.from(place.querySelectorAll<HTMLElement>("[data-message]"));
  return shown.find(({ dataset }) => dataset.message === messageId);
}
