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
  const { keyboard } = desk.user;
  const here = () => document.activeElement as HTMLInputElement;
  const tabTo = async (name: string) => {
    do await keyboard("{Tab}");
    while (
      here() !== document.body &&
      here().getAttribute("aria-label") !== name &&
      here().textContent !== name
    );
    expect(here()).not.toBe(document.body);
  };
  /** As the arrows do it in a browser, every step on the way is chosen. */
  const stepTo = async (...values: string[]) => {
    const list = here();
    for (const value of values) {
      await desk.user.selectOptions(list, value);
      expect(here()).toBe(list);
    }
  };

  (await screen.findByRole("button", { name: "New rule" })).focus();
  await keyboard("{Enter}");
  expect(await screen.findByRole("heading", { name: "New rule" })).toBeDefined();
  await keyboard("Refunds");
  await tabTo("What is asked about");
  await stepTo("language", "text");
  await tabTo("the text");
  await keyboard("refund");
  await tabTo("But not");
  await keyboard("{Enter}");
  expect(here().getAttribute("aria-label")).toBe("What is asked about");
  await stepTo("answered");
  await tabTo("What is done");
  await stepTo("assign", "close");
  await tabTo("Create rule");
  await keyboard("{Enter}");

  await desk.waitFor(() => expect(sent(server).at(-1)?.name).toBe("Refunds"));
  expect(sent(server).at(-1)).toMatchObject({
    trigger: "turn_settled",
    after: null,
    all: [{ fact: "text", op: "contains", value: ["refund"] }],
    none: [{ fact: "answered", op: "is", value: true }],
    actions: [{ do: "close", value: null }],
  });
  await screen.findByRole("button", { name: "New rule" });
});

test("what is taken out of a rule leads the keyboard to what stands beside it", async () => {
  const desk = await sitDown(aShopWithoutRules(Date.now()), rules("new"));
  const here = () => document.activeElement as HTMLSelectElement;
  const remove = async (part: RegExp) => {
    screen.getByRole("button", { name: part }).focus();
    await desk.user.keyboard("{Enter}");
  };
  await desk.press("And");
  await desk.user.selectOptions(here(), "text");
  await desk.user.type(screen.getByRole("textbox", { name: "the text" }), "refund");

  await remove(/^Remove: the channel/);

  expect(here().value).toBe("text");
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "the text" }).value).toBe("refund");
  await remove(/^Remove: the text/);
  expect(here().textContent).toBe("And");
  await remove(/^Remove: label it/);
  expect(here().textContent).toBe("And also");
  await desk.user.keyboard("{Enter}");
  expect(here().value).toBe("label");
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

test("what a rule did is looked at without anything to save, and says what was taken back", async () => {
  const desk = await sitDown(aShopWithRules(Date.now()), rules("refunds"));
  await desk.user.click(await screen.findByRole("tab", { name: "What it did" }));

  const done = await screen.findByRole("list", { name: "What it did" });
  expect(within(done).getAllByText(/taken back/)).toHaveLength(1);
  expect(screen.queryByRole("button", { name: /^(Try it|Save)$/ })).toBeNull();
});

test("without rules it is said what happens all the same, and where that is settled", async () => {
  const desk = await sitDown(aShopWithoutRules(Date.now()), rules());

  await desk.sees(/noise goes to the shelf/);
  expect(screen.getAllByRole("button", { name: /^Begin with this/ })).toHaveLength(2);
  await desk.press("Routing");
  expect(await screen.findByRole("heading", { name: "Routing", level: 1 })).toBeTruthy();
});

test("of what many begin with the second is offered while there is only the first", async () => {
  const server = aShopWithRules(Date.now());
  const [first] = server.rules?.items ?? [];
  const noise = { fact: "noise", op: "is", value: ["sticker"] } as const;
  const content = { ...first?.content, all: [noise], actions: [{ do: "shelve", value: null }] };
  Object.assign(server.rules ?? {}, { items: [{ ...first, content }], conflicts: [] });
  await sitDown(server, rules());

  const [offer, ...others] = await screen.findAllByRole("button", { name: /^Begin with this/ });
  expect(offer?.getAttribute("aria-label")).toMatch(/not in English/);
  expect(others).toEqual([]);
});
