import { expect, test } from "vitest";
import { aMessage } from "../testing/given.ts";
import { kindOf } from "./kinds.ts";

test("of a message without words it counts what it came from", () => {
  const mention = aMessage({ text: null, parts: [{ type: "context", kind: "story_mention" }] });

  expect(kindOf(mention)).toBe("context_story_mention");
});
