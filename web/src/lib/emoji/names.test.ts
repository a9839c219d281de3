import { describe, expect, test } from "vitest";
import { LOCALES, type Locale } from "../../messages/catalogue.ts";
import { EMOJI } from "./chosen.ts";
import { emojiFor, emojiNamesIn } from "./names.ts";

const found = async (written: string, locale: Locale) => emojiFor(written, await emojiNamesIn(locale));

describe("emoji", () => {
  test.each(LOCALES)("have a name each in %s", async (locale) => {
    const names = await emojiNamesIn(locale);
    const nameless = Object.values(EMOJI)
      .flat()
      .filter((emoji) => !names[emoji]?.[0]);
    expect(nameless).toEqual([]);
  });

  test("stand in one place each", () => {
    const all = Object.values(EMOJI).flat();
    expect(new Set(all).size).toBe(all.length);
  });

  test("are found by the beginnings of words in the language of the interface", async () => {
    expect((await found("thumbs u", "en"))[0]).toBe("👍");
    expect((await found("daumen ho", "de"))[0]).toBe("👍");
    expect(await found("paczka", "pl")).toContain("📦");
    expect(await found("قلب", "ar")).toContain("❤️");
  });

  test("are found without accents and in any case", async () => {
    expect(await found("USMIECH", "pl")).toContain("🙂");
    expect(await found("zolte", "pl")).toContain("💛");
  });

  test("that are called so come before those that are only found by it", async () => {
    const fire = await found("fire", "en");
    expect(fire[0]).toBe("🔥");
    expect(await found("qwertz", "en")).toEqual([]);
  });
});
