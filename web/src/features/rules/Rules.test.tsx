import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { aShopWithoutRules, aShopWithRules } from "../../../dev/rules.ts";
import { sitDown } from "../../testing/desk.tsx";
import type { ScriptedServer } from "../../testing/scripted-server.ts";
import { WORKSPACE } from "../../testing/scripted-server.ts";

const rules = (open = "") => `/w/${WORKSPACE}/rules${open && `/${open}`}`;

function sent(server: ScriptedServer) {
  return server.asked
    .filter(({ what }) => what === "POST w/rules")
    .map(({ body }) => body as { name?: string });
}

test("a rule is made with the keyboard alone, and reads as a sentence", async () => {
  const server = aShopWithoutRules(Date.now());
  server.ruleLooked = { problems: [], conflicts: [], text: "", at_once: null };
  const desk = await sitDown(server, rules());
  const press = async (name: string) => {
    (await screen.findByRole("button", { name })).focus();
    await desk.user.keyboard("{Enter}");
  };

  await press("New rule");
  await desk.user.type(await screen.findByRole("textbox", { name: "Name" }), "Refunds");
  await press("And");
  await desk.user.selectOptions(screen.getByRole("combobox", { name: "What is asked about" }), "the text");
  await desk.user.type(screen.getByRole("textbox", { name: "the text" }), "refund, money back");
  await press("And also");
  await desk.user.selectOptions(screen.getByRole("combobox", { name: "What is done" }), "close it");
  await desk.user.click(screen.getByRole("button", { name: "Create rule" }));

  await desk.waitFor(() => expect(sent(server).at(-1)?.name).toBe("Refunds"));
  expect(sent(server).at(-1)).toMatchObject({
    trigger: "turn_settled",
    after: null,
    all: [{ fact: "text", op: "contains", value: ["refund", "money back"] }],
    actions: [{ do: "close", value: null }],
  });
  await screen.findByRole("button", { name: "New rule" });
});

test("what is wrong stands at its place once somebody has pressed save", async () => {
  const server = aShopWithoutRules(Date.now());
  await sitDown(server, rules("new")).then(async (desk) => {
    await desk.press("Create rule");
    await desk.sees("A rule's name has 1 to 120 characters on one line.");
  });
});

test("a rule that waits for a time says how long, and on how many it acts at once", async () => {
  const server = aShopWithoutRules(Date.now());
  server.ruleLooked = { problems: [], conflicts: [], text: "", at_once: 3 };
  const desk = await sitDown(server, rules());
  await desk.user.click(await screen.findByRole("button", { name: "New rule" }));
  await desk.user.type(await screen.findByRole("textbox", { name: "Name" }), "Asleep");

  await desk.user.selectOptions(screen.getByRole("combobox", { name: "When" }), "silent");
  await desk.user.click(screen.getByRole("button", { name: "And also" }));

  expect(screen.getByRole<HTMLInputElement>("spinbutton", { name: "For how long" }).value).toBe("7");
  await screen.findByText(/acts on 3 conversations as soon as it is switched on/);
  expect(screen.queryByRole("region", { name: "Try it on the past" })).toBeNull();
  await desk.user.click(screen.getByRole("button", { name: "Create rule" }));
  await waitFor(() => expect(sent(server).at(-1)).toMatchObject({ trigger: "silent", after: 7 * 24 * 60 }));
});

test("rules change their places by the arrows", async () => {
  const server = aShopWithRules(Date.now());
  const desk = await sitDown(server, rules());
  const handle = await screen.findByRole("button", { name: /^“Refunds and broken lamps”, 1 of 6/ });

  handle.focus();
  await desk.user.keyboard("{ArrowDown}");

  await desk.waitFor(() =>
    expect(sent(server).at(-1)).toEqual({ ids: ["thanks", "refunds", "gone", "parked", "waits", "off"] }),
  );
});

test("a conflict is said in words beside the rule that it is about", async () => {
  await sitDown(aShopWithRules(Date.now()), rules());
  const row = (await screen.findByRole("link", { name: /^Reklamationen/ })).closest("li");

  expect(row && within(row).getByText(/“Refunds and broken lamps” wins/).textContent).toBe(
    "Where both apply, “Refunds and broken lamps” wins, and “snooze it for 1 day” is not done.",
  );
});

test("a rule is tried on the past, and what it would have touched is listed", async () => {
  const desk = await sitDown(aShopWithRules(Date.now()), rules("refunds"));
  await desk.press("Try it");

  await desk.sees("It acts on 212 as it is kept, and would on 240: +30 −2.");
  const found = await screen.findByRole("list", { name: "What it would have acted on" });
  expect(within(found).getAllByRole("link")).toHaveLength(4);
  expect(within(found).getByRole("link", { name: "Ingrid Solberg" }).getAttribute("href")).toBe(
    `/w/${WORKSPACE}/all/ingrid`,
  );
});
