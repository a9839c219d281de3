/** The width of a window that nobody sees: that of a phone, or of a desk. */
export const shownOn = { aPhone: false };

/** What a window without a screen answers to questions about its size; asked once, it goes on telling the truth. */
export class Media extends EventTarget implements MediaQueryList {
  readonly onchange = null;
  readonly media: string;

  constructor(media: string) {
    super();
    this.media = media;
  }

  get matches(): boolean {
    return shownOn.aPhone && this.media.includes("max-width");
  }

  addListener(): void {}
  removeListener(): void {}
}
