import { readdirSync, readFileSync } from "node:fs";

const SOURCES = new URL("../", import.meta.url);

export interface Sheet {
  readonly name: string;
  readonly text: string;
}

/** Every style sheet of the client, its comments left out. */
export function allSheets(): readonly Sheet[] {
  return readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".css"))
    .map((name) => ({ name, text: withoutComments(readFileSync(new URL(name, SOURCES), "utf8")) }));
}

export function isToken({ name }: Sheet): boolean {
  return name.startsWith("styles/tokens/");
}

/** What a sheet defines: the name of each custom property and its value. */
export function definitionsIn(text: string): ReadonlyMap<string, string> {
  const found = text.matchAll(/(--[a-z0-9-]+):\s*([^;}]+)/g);
  return new Map(Array.from(found, ([, name = "", value = ""]) => [name, value.trim()]));
}

export function namesRead(text: string): readonly string[] {
  return Array.from(text.matchAll(/var\((--[a-z0-9-]+)/g), ([, name = ""]) => name);
}

/** Custom properties that components set on their elements. */
export function namesSetByScripts(): ReadonlySet<string> {
  const sources = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(new URL(name, SOURCES), "utf8"));
  return new Set(sources.flatMap((text) => text.match(/(?<=["'`])--[a-z0-9-]+(?=["'`])/g) ?? []));
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, "");
}
