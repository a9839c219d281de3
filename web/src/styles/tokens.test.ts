import { expect, test } from "vitest";
import { contrast } from "../testing/contrast.ts";
import { allSheets, definitionsIn, isToken, namesRead, namesSetByScripts } from "../testing/stylesheets.ts";

const sheets = allSheets();
const layer = (name: string) =>
  sheets.find((sheet) => sheet.name === `styles/tokens/${name}.css`)?.text ?? "";
const palette = definitionsIn(layer("palette"));
const meaning = definitionsIn(layer("meaning"));
const outside = sheets.filter((sheet) => !isToken(sheet));

const RAW_COLOUR =
  /#[0-9a-f]{3,8}\b|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|light-dark)\(|:[^;{]*(?<!-)\b(?:white|black|red|gr[ae]y)\b(?!-)/i;

test("components name meanings: none has a colour of its own", () => {
  const offenders = outside.filter(({ text }) => RAW_COLOUR.test(text)).map(({ name }) => name);

  expect(offenders).toEqual([]);
});

test("components name meanings: none reads the palette", () => {
  const offenders = outside.flatMap(({ name, text }) =>
    namesRead(text)
      .filter((read) => palette.has(read))
      .map((read) => `${name}: ${read}`),
  );

  expect(offenders).toEqual([]);
});

test("light and dark differ in the palette alone", () => {
  const others = sheets.filter(({ name }) => name !== "styles/tokens/palette.css");

  expect(others.filter(({ text }) => /light-dark|data-theme|prefers-color-scheme/.test(text))).toEqual([]);
  expect([...meaning.values()].filter((value) => RAW_COLOUR.test(value))).toEqual([]);
});

test("every token that is read exists, and every colour of the palette means something", () => {
  const defined = new Set(sheets.flatMap(({ text }) => [...definitionsIn(text).keys()]));
  const given = new Set([...namesSetByScripts(), "--available-height", "--anchor-width"]);
  const unknown = sheets.flatMap(({ name, text }) =>
    namesRead(text)
      .filter((read) => !defined.has(read) && !given.has(read))
      .map((read) => `${name}: ${read}`),
  );
  const used = new Set(namesRead(layer("meaning")));

  expect(unknown).toEqual([]);
  expect([...palette.keys()].filter((colour) => !used.has(colour))).toEqual([]);
});

const GROUNDS = ["--ground", "--surface", "--surface-raised", "--surface-sunken", "--hover", "--selected"];
const WASHED = ["risk", "failed", "well", "note", "expert", "accent"];

test.each([0, 1])("words stand out from every ground they appear on (theme %i)", (theme) => {
  const pairs = [
    ...["--text", "--text-2", "--text-3", "--accent-text"].flatMap((ink) => GROUNDS.map((on) => [ink, on])),
    ...["--text", "--text-2"].flatMap((ink) =>
      ["--fill", "--fill-strong", "--accent-fill"].map((on) => [ink, on]),
    ),
    ...["--risk-text", "--failed-text"].flatMap((ink) => GROUNDS.map((on) => [ink, on])),
    ...WASHED.map((state) => [`--${state}-text`, `--${state}-wash`]),
    ...WASHED.map((state) => ["--text", `--${state}-wash`]),
    ...[1, 2, 3, 4, 5].map((n) => [`--mate-${n}-ink`, `--mate-${n}`]),
    ["--on-accent", "--accent"],
    ["--on-accent", "--accent-press"],
  ];

  expect(tooFaint(pairs, theme, 4.5)).toEqual([]);
});

test.each([0, 1])("marks and the ring of focus stand out from their ground (theme %i)", (theme) => {
  const marks = ["--icon", "--icon-quiet", "--accent", "--risk", "--failed", "--expert"];
  const labels = ["grey", "coral", "honey", "leaf", "teal", "sky", "plum", "rose"];
  const dots = labels.map((colour) => [`--label-${colour}`, "--fill"]);
  const pairs = marks.flatMap((mark) => ["--ground", "--surface", "--selected"].map((on) => [mark, on]));

  expect(tooFaint([...pairs, ...dots], theme, 3)).toEqual([]);
});

function tooFaint(pairs: readonly string[][], theme: number, least: number): readonly string[] {
  return pairs
    .map(([ink = "", on = ""]) => ({ ink, on, ratio: contrast(colourOf(ink, theme), colourOf(on, theme)) }))
    .filter(({ ratio }) => ratio < least)
    .map(({ ink, on, ratio }) => `${ink} on ${on}: ${ratio.toFixed(2)}`);
}

/** A meaning's colour in the light (0) or the dark (1) theme. */
function colourOf(name: string, theme: number): string {
  const [from = ""] = namesRead(meaning.get(name) ?? "");
  const written = palette.get(from) ?? "";
  return (
    written.match(/oklch\([^)]*\)/g)?.at(written.startsWith("light-dark") ? theme : 0) ?? `none for ${name}`
  );
}

test("the app mirrors: no side of an element is called left or right, nor given by its place in a row of four", () => {
  const physical = /(?:^|[\s;{-])(?:left|right)\s*:|text-align:\s*(?:left|right)/;
  const offenders = outside.flatMap(({ name, text }) => {
    const fours = Array.from(
      text.matchAll(/[\s;{](?:padding|margin|inset):\s*([^;}]+)/g),
      ([, value = ""]) => value,
    );
    const uneven = fours.filter((value) => {
      const [, end, , start = end] = sidesOf(value);
      return start !== end;
    });
    return [...uneven, ...(physical.test(text) ? ["left or right"] : [])].map((what) => `${name}: ${what}`);
  });

  expect(offenders).toEqual([]);
});

/** The values of a shorthand: what stands in brackets is one of them. */
function sidesOf(value: string): readonly string[] {
  return value.match(/(?:[\w-]*\((?:[^()]|\([^()]*\))*\)|[^\s()])+/g) ?? [];
}
