import { describe, expect, test } from "vitest";
import { JONAS, MARIA } from "../testing/given.ts";
import { membersMeant, nameBegunAt, noteToSend, noteToWrite, piecesOfNote } from "./mentions.ts";

const members = [MARIA, JONAS, { ...JONAS, id: "member-jo", name: "Jonas Weber-Brandt" }];

describe("a note", () => {
  test("is written with names and sent with ids, there and back", () => {
    const written = "@Jonas Weber-Brandt or @Jonas Weber, please";
    const sent = noteToSend(written, members);
    expect(sent).toBe("<@member-jo> or <@member-jonas>, please");
    expect(noteToWrite(sent, members)).toBe(written);
  });

  test("mentions whoever was meant of two with the same name", () => {
    const other = { ...JONAS, id: "member-other", email: "other@aster.example" };
    const both = [MARIA, JONAS, other];

    const written = noteToWrite("<@member-other>, not <@member-jonas>", both);

    expect(written).toBe(`@Jonas Weber (other@aster.example), not @Jonas Weber (${JONAS.email})`);
    expect(noteToSend(written, both)).toBe("<@member-other>, not <@member-jonas>");
    expect(noteToWrite("<@member-jonas>", [JONAS, { ...other, has_left: true }])).toBe("@Jonas Weber");
  });

  test("shows a member by the name that they have now, and a stranger's id as it is", () => {
    expect(piecesOfNote("<@member-maria> and <@somebody>", members)).toEqual([
      { text: "@Maria Kowalska", member: "member-maria" },
      { text: " and <@somebody>" },
    ]);
  });
});

describe("who is meant", () => {
  test("is asked from the sign on, at the beginning of a word", () => {
    expect(nameBegunAt("ask @jo", 7)).toEqual({ from: 4, name: "jo" });
    expect(nameBegunAt("@", 1)).toEqual({ from: 0, name: "" });
    expect(nameBegunAt("maria@aster.example", 19)).toBeNull();
  });

  test("is everybody of whose names these are beginnings", () => {
    expect(membersMeant("web jo", members).map(({ id }) => id)).toEqual(["member-jonas", "member-jo"]);
    expect(membersMeant("xyz", members)).toEqual([]);
  });
});
