import { createIntl, type IntlShape } from "react-intl";
import { beforeAll, expect, test } from "vitest";
import { loadCatalogue } from "../messages/catalogue.ts";
import { wordsOf } from "./said.ts";

let german: IntlShape;

beforeAll(async () => {
  german = createIntl({ locale: "de", messages: await loadCatalogue("de") });
});

test("a sentence of the server is said in the reader's language", () => {
  const wording = { code: "telegram.bot_blocked", values: {} };
  expect(wordsOf({ english: "The customer has blocked the bot …", wording }, german)).toBe(
    "Der Kunde hat den Bot blockiert, es erreicht ihn also nichts.",
  );
});

test("so is a sentence inside of it, and a kind of file", () => {
  const inside = { code: "meta.unreachable", values: {} };
  const wording = { code: "reply.gave_up", values: { sentence: inside, tries: "6" } };
  expect(wordsOf({ english: "", wording }, german)).toBe(
    "Meta war nicht erreichbar. Wir haben es 6-mal versucht.",
  );
  expect(
    wordsOf({ english: "", wording: { code: "reply.kind_not_carried", values: { kind: "voice" } } }, german),
  ).toBe("Der Kanal nimmt das nicht an: Sprachnachricht.");
});

test("a platform's own words are quoted as they are, whatever is in them", () => {
  const words = "(#100) <b>{param}</b> must be 'one'";
  expect(wordsOf({ english: "", wording: { code: "meta.refused", values: { words } } }, german)).toBe(
    `Meta lehnt die Anfrage ab: „${words}“`,
  );
});

test("what the catalogue does not know is said as the server said it, outside or inside", () => {
  const unknown = { code: "telegram.of_a_later_version", values: {} };
  const inside = { code: "reply.gave_up", values: { sentence: unknown, tries: "6" } };
  for (const wording of [null, undefined, unknown, inside])
    expect(wordsOf({ english: "A new trouble.", wording }, german)).toBe("A new trouble.");
});
