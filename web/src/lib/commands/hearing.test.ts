import { describe, expect, test } from "vitest";
import { holdersOf, USUAL_KEYS, withKeys } from "./choices.ts";
import { COMMANDS, commandOf } from "./commands.ts";
import { type Focus, heard } from "./hearing.ts";

function meaningOf(keys: string, focus: Focus = "page", choices = USUAL_KEYS) {
  let row: readonly string[] = [];
  let command: string | null = null;
  for (const chord of keys.split(" ")) ({ row, command } = heard(row, chord, focus, choices));
  return command;
}

describe("keys", () => {
  test("alone and in rows mean commands", () => {
    expect(meaningOf("j")).toBe("next");
    expect(meaningOf("g w")).toBe("go_waiting");
    expect(meaningOf("g g w")).toBe("go_waiting");
  });

  test("that begin no row with what came before begin anew", () => {
    expect(meaningOf("g j")).toBe("next");
    expect(meaningOf("x w")).toBeNull();
  });

  test("that write mean nothing in a text, those with Ctrl or Cmd do", () => {
    expect(meaningOf("e", "field")).toBeNull();
    expect(meaningOf("Enter", "field")).toBeNull();
    expect(meaningOf("Mod+Enter", "field")).toBe("send");
    expect(meaningOf("F6", "field")).toBe("region_next");
  });

  test("that everything on a page knows mean the list only where nothing else has the focus", () => {
    expect(meaningOf("Enter", "control")).toBeNull();
    expect(meaningOf("Enter", "page")).toBe("open");
    expect(meaningOf("Escape", "control")).toBe("back");
  });

  test("send with Enter alone, where somebody writes and has chosen so", () => {
    const chosen = { ...USUAL_KEYS, enter_sends: true };
    expect(meaningOf("Enter", "writing")).toBeNull();
    expect(meaningOf("Enter", "writing", chosen)).toBe("send");
    expect(meaningOf("Shift+Enter", "writing", chosen)).toBeNull();
    expect(meaningOf("Enter", "field", chosen)).toBeNull();
    expect(meaningOf("Enter", "page", chosen)).toBe("open");
  });

  test("that are single can be switched off, without the others", () => {
    const off = { ...USUAL_KEYS, single: false };
    expect(meaningOf("e", "page", off)).toBeNull();
    expect(meaningOf("g w", "page", off)).toBeNull();
    expect(meaningOf("Escape", "page", off)).toBe("back");
    expect(meaningOf("Mod+Enter", "field", off)).toBe("send");
  });

  test("that are chosen take the place of the usual ones, the fixed ones stay", () => {
    const chosen = { ...USUAL_KEYS, changed: { next: ["n"], close: [] } };
    expect(meaningOf("n", "page", chosen)).toBe("next");
    expect(meaningOf("j", "page", chosen)).toBeNull();
    expect(meaningOf("ArrowDown", "page", chosen)).toBe("next");
    expect(meaningOf("e", "page", chosen)).toBeNull();
  });

  test("never mean two things", () => {
    for (const { id, keys } of COMMANDS)
      for (const each of keys) expect([each, holdersOf(each, USUAL_KEYS, id)]).toEqual([each, []]);
  });

  test("that another has, begins or goes on with are known to be taken", () => {
    const holders = (keys: string) => holdersOf(keys, USUAL_KEYS, "reply").map(({ id }) => id);
    expect(holders("e")).toEqual(["close"]);
    expect(holders("e e")).toEqual(["close"]);
    expect(holders("g")).toEqual(COMMANDS.filter(({ group }) => group === "places").map(({ id }) => id));
    expect(holders("y")).toEqual([]);
  });

  test("that are given to a command are nobody else's any more, and the usual ones can be given back", () => {
    const taken = withKeys(USUAL_KEYS, commandOf("reply"), ["e"]);
    expect(taken.changed).toEqual({ reply: ["e"], close: [] });

    const givenBack = withKeys(taken, commandOf("close"), commandOf("close").keys);
    expect(givenBack.changed).toEqual({ reply: [] });
  });
});
