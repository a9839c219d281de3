/**
 * Keeps a text for a reload of this tab. What is larger than the browser gives room for stands on the screen all the
 * same; then nothing older may be taken for it.
 */
export function keepInTab(name: string, value: string): void {
  try {
    sessionStorage.setItem(name, value);
  } catch {
    sessionStorage.removeItem(name);
  }
}
