import type { MessageFormatElement } from "@formatjs/icu-messageformat-parser";
import type english from "./en.json";

/** The id of a text in the catalogues: a text that is missing from one of them does not compile. */
export type MessageId = keyof typeof english;

export const LOCALES = ["en", "pl", "de", "ar"] as const;
export type Locale = (typeof LOCALES)[number];
export const LANGUAGE_NAMES: Record<Locale, string> = {
  en: "English",
  pl: "Polski",
  de: "Deutsch",
  ar: "العربية",
};

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(["ar", "fa", "he", "ur"]);

/** Which way the whole client runs in a language. */
export function directionOf(locale: string): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.has(locale) ? "rtl" : "ltr";
}

/** Messages compiled while building, see scripts/messages-plugin.ts. */
export type Catalogue = Record<MessageId, MessageFormatElement[]>;

const catalogues: Record<Locale, () => Promise<{ default: unknown }>> = {
  en: () => import("./en.json"),
  pl: () => import("./pl.json"),
  de: () => import("./de.json"),
  ar: () => import("./ar.json"),
};

let loaded: Catalogue | null = null;

export async function loadCatalogue(locale: Locale): Promise<Catalogue> {
  loaded = (await catalogues[locale]()).default as Catalogue;
  return loaded;
}

/** True when the catalogue on the screen has this text: for codes that come from the server. */
export function isMessageId(id: string): id is MessageId {
  return loaded !== null && id in loaded;
}
