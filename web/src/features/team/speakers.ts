import type { Person } from "../../api/shapes.ts";

const LEVELS = ["native", "writes", "reads"];

/** Members who know a language, as routing takes them: who only reads it comes last. Their ids. */
export function speakersOf(people: readonly Person[], language: string): readonly string[] {
  return people
    .flatMap(({ id, languages }) => {
      const known = languages.filter((each) => isSame(each.language, language));
      const level = Math.min(...known.map((each) => LEVELS.indexOf(each.level)));
      return known.length > 0 ? [{ id, level }] : [];
    })
    .sort((one, other) => one.level - other.level)
    .map(({ id }) => id);
}

/** Who said `zh` knows both scripts; who said which knows that one. */
function isSame(one: string, other: string): boolean {
  const [a = "", b = ""] = [one.toLowerCase(), other.toLowerCase()];
  return a === b || a.startsWith(`${b}-`) || b.startsWith(`${a}-`);
}
