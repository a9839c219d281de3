/** "Chinese (Taiwan)" for zh_TW; the code itself where nobody knows it. */
export function languageName(language: string, locale: string): string {
  try {
    const code = language.replace("_", "-");
    return new Intl.DisplayNames([locale], { type: "language" }).of(code) ?? code;
  } catch {
    return language;
  }
}
