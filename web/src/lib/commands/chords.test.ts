import { describe, expect, test } from "vitest";
import { chordOf, isSingle, type Press } from "./chords.ts";

function press(key: string, differs: Partial<Press> & { altGraph?: boolean } = {}): Press {
  const { altGraph = false, ...rest } = differs;
  const held = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
  return { key, code: "", ...held, getModifierState: (name) => name === "AltGraph" && altGraph, ...rest };
}

describe("a chord", () => {
  test("is named after the character that a key produces, not after the key", () => {
    expect(chordOf(press("j", { code: "KeyC" }), false)).toBe("j");
    expect(chordOf(press("?", { code: "Minus", shiftKey: true }), false)).toBe("?");
  });

  test("of a letter tells Shift, which Caps Lock is not", () => {
    expect(chordOf(press("U", { shiftKey: true }), false)).toBe("Shift+u");
    expect(chordOf(press("U"), false)).toBe("u");
  });

  test("has one name for Ctrl and Cmd", () => {
    expect(chordOf(press("k", { ctrlKey: true }), false)).toBe("Mod+k");
    expect(chordOf(press("k", { metaKey: true }), true)).toBe("Mod+k");
    expect(chordOf(press("k", { ctrlKey: true }), true)).toBe("Ctrl+k");
    expect(chordOf(press("Enter", { metaKey: true, shiftKey: true }), true)).toBe("Mod+Shift+Enter");
  });

  test("written with AltGr or Option is the character alone", () => {
    expect(chordOf(press("]", { ctrlKey: true, altKey: true, altGraph: true }), false)).toBe("]");
    expect(chordOf(press("[", { altKey: true }), true)).toBe("[");
    expect(chordOf(press("e", { altKey: true }), false)).toBe("Alt+e");
  });

  test("is the same on a keyboard whose letters are not Latin", () => {
    expect(chordOf(press("о", { code: "KeyJ" }), false)).toBe("j");
    expect(chordOf(press("ת", { code: "KeyF", ctrlKey: true }), false)).toBe("Mod+f");
    expect(chordOf(press("د", { code: "BracketRight" }), false)).toBe("]");
    expect(chordOf(press("ö", { code: "Semicolon" }), false)).toBe("ö");
  });

  test("is none while something is only held, dead or composed", () => {
    for (const key of ["Shift", "AltGraph", "Dead", "Process", "Unidentified"])
      expect(chordOf(press(key), false)).toBeNull();
  });

  test("is single when it writes a character", () => {
    expect(["e", "Shift+e", "?", "Space", "あ"].every(isSingle)).toBe(true);
    expect(["F6", "Mod+k", "Escape", "Shift+F6"].some(isSingle)).toBe(false);
  });
});
