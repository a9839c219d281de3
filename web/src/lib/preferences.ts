import { LOCALES, type Locale } from "../messages/catalogue.ts";

/** This browser's own choices. They say nothing about a customer, and outlive signing out. */
export type Theme = "system" | "light" | "dark";

const THEME = "dragoman theme";
const LOCALE = "dragoman language";
const WIDTH = "dragoman width";
const SPEED = "dragoman speed";
const EMOJI = "dragoman emoji";
const PANEL = "dragoman contact panel";

export function themeChoice(): Theme {
  const stored = read(THEME);
  return stored === "light" || stored === "dark" ? stored : "system";
}

export function chooseTheme(theme: Theme): void {
  write(THEME, theme);
  showTheme(theme);
}

/** `data-theme` only where a member chose; without it the system decides, see palette.css. */
export function showTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function preferredLocale(): Locale {
  const wishes = [read(LOCALE) ?? "", ...navigator.languages].map((wish) => wish.slice(0, 2).toLowerCase());
  return (
    LOCALES.find((locale) => locale === wishes.find((wish) => LOCALES.some((known) => known === wish))) ??
    "en"
  );
}

/** The same language as the browser's region writes it: times in London are not those of New York. */
export function regionalLocale(locale: Locale): string {
  return navigator.languages.find((wish) => wish.slice(0, 2).toLowerCase() === locale) ?? locale;
}

/** Somebody has chosen in this very browser; else the language of their profile is taken. */
export function hasChosenLocale(): boolean {
  return LOCALES.some((locale) => locale === read(LOCALE));
}

export function chooseLocale(locale: Locale): void {
  write(LOCALE, locale);
}

/** How fast voice messages play. */
export const SPEEDS: readonly number[] = [1, 1.5, 2];

export function speedChoice(): number {
  const speed = Number(read(SPEED));
  return SPEEDS.includes(speed) ? speed : 1;
}

export function chooseSpeed(speed: number): void {
  write(SPEED, String(speed));
}

/** Two rows of the picker. */
const MOST_RECENT = 16;

/** Those that were taken last, the latest first. */
export function recentEmoji(): readonly string[] {
  return (read(EMOJI) ?? "").split(" ").filter((emoji) => emoji !== "");
}

export function rememberEmoji(emoji: string): void {
  const others = recentEmoji().filter((other) => other !== emoji);
  write(EMOJI, [emoji, ...others].slice(0, MOST_RECENT).join(" "));
}

export function isPanelWanted(): boolean {
  return read(PANEL) !== "hidden";
}

export function wantPanel(wanted: boolean): void {
  write(PANEL, wanted ? "shown" : "hidden");
}

/** A column's width in pixels, where somebody has moved its edge. */
export function rememberedWidth(column: string): number | null {
  const width = Number(read(`${WIDTH} ${column}`));
  return Number.isFinite(width) && width > 0 ? width : null;
}

export function rememberWidth(column: string, width: number | null): void {
  write(`${WIDTH} ${column}`, width === null ? "" : String(width));
}

// A browser may forbid storage altogether: then a choice lasts as long as the page.
function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {}
}
