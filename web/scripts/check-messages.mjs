/**
 * Compares the catalogues: every text in every language, with the same things filled in and with every plural
 * form that the language has; and no text that nobody uses.
 */
import { readdirSync, readFileSync } from "node:fs";
import { parse, TYPE } from "@formatjs/icu-messageformat-parser";

const SOURCES = new URL("../src/", import.meta.url);
const CATALOGUES = new URL("messages/", SOURCES);
const problems = [];

const catalogues = Object.fromEntries(
  readdirSync(CATALOGUES)
    .filter((name) => name.endsWith(".json"))
    .map((name) => [name.slice(0, -5), JSON.parse(readFileSync(new URL(name, CATALOGUES), "utf8"))]),
);
const english = catalogues.en;

for (const [locale, texts] of Object.entries(catalogues)) {
  for (const id of Object.keys(english)) if (!texts[id]?.trim()) problems.push(`${locale}: ${id} is missing`);
  for (const id of Object.keys(texts))
    if (!(id in english)) problems.push(`${locale}: ${id} is not in English`);
  for (const [id, text] of Object.entries(texts)) checkText(locale, id, text);
}
checkUse();

if (problems.length > 0) {
  process.stderr.write(`${problems.join("\n")}\n`);
  process.exit(1);
}

function checkText(locale, id, text) {
  const found = filledIn(parse(text, { ignoreTag: true }), locale, id);
  const expected = filledIn(parse(english[id] ?? "", { ignoreTag: true }), "en", id);
  if (String(found) !== String(expected))
    problems.push(`${locale}: ${id} fills in ${found}, English ${expected}`);
}

/** The sorted names of what is filled in; complains of plural forms that are missing on the way. */
function filledIn(elements, locale, id) {
  const names = new Set();
  const visit = (element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return;
    names.add(element.value);
    if (element.type === TYPE.plural) checkPlural(element, locale, id);
    for (const option of Object.values(element.options ?? {})) option.value.forEach(visit);
  };
  elements.forEach(visit);
  return [...names].sort();
}

function checkPlural(element, locale, id) {
  for (const form of new Intl.PluralRules(locale).resolvedOptions().pluralCategories) {
    if (!(form in element.options)) problems.push(`${locale}: ${id} has no plural form "${form}"`);
  }
}

/** An id is used where the sources have it whole, or its beginning before something that is put in. */
function checkUse() {
  const sources = readdirSync(SOURCES, { recursive: true })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\./.test(name))
    .map((name) => readFileSync(new URL(name, SOURCES), "utf8"))
    .join("\n");
  const beginnings = [...sources.matchAll(/`([a-z_]+(?:\.[a-z_]*)+)\$\{/g)].map(([, beginning]) => beginning);
  const kinds = [...sources.matchAll(/kindText\(`([a-z_]+)\$\{/g)].map(([, kind]) => `kind.${kind}`);
  for (const id of Object.keys(english)) {
    if (id.startsWith("manifest.")) continue; // see worker-plugin.ts
    const isUsed =
      sources.includes(`"${id}"`) || [...beginnings, ...kinds].some((start) => id.startsWith(start));
    if (!isUsed) problems.push(`en: nobody uses ${id}`);
  }
}
