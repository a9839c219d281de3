import { screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { sitDown } from "../testing/desk.tsx";
import { aChannel, aConversation, aMessage, aTemplate } from "../testing/given.ts";
import { ScriptedServer } from "../testing/scripted-server.ts";

let server: ScriptedServer;
beforeEach(() => {
  server = new ScriptedServer();
  const capabilities = { text: { max: 4096 }, templates: { words: 1024, spaces: 3, head_files: {} } };
  const templates = { approved: 2, others: 1, looked_at: "2026-11-22T10:00:00Z", trouble: null };
  server.channels = [aChannel({ platform: "whatsapp", templates, capabilities })];
  server.templates = [
    aTemplate(),
    aTemplate({
      name: "order_on_its_way",
      body: "Hello {{body.first_name}}, it arrives on {{body.1}}.",
      gaps: [
        { name: "body.first_name", label: "first name", kind: "text", example: null, max: 1024 },
        { name: "body.1", label: "", kind: "text", example: "Friday", max: 1024 },
      ],
    }),
    aTemplate({
      name: "summer_sale",
      state: "rejected",
      body: "Half the price!",
      reason: "Meta refused it.",
    }),
  ];
  const past = new Date(Date.now() - 60_000).toISOString();
  const window = {
    free_until: past,
    extended_until: null,
    extended_as: "",
    closing_until: null,
    afterwards: "template",
  } as const;
  server.rows.set("mei", aConversation({ id: "mei", name: "Mei Lin", window }));
  server.messages.set("asked", aMessage({ id: "asked", conversation_id: "mei", text: "is it there?" }));
});

test("where the window is shut a template is found, filled in and sent without a pointer", async () => {
  const desk = await sitDown(server);
  await desk.user.keyboard("jo");
  await desk.sees(/takes approved templates only/);

  await desk.user.keyboard("{Shift>}T{/Shift}");
  await screen.findByRole("combobox", { name: /Find a template/ });
  expect(screen.queryByText("summer sale")).toBeNull();
  await desk.user.keyboard("order");
  await desk.waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(1));
  await desk.user.keyboard("{Enter}");
  const first: HTMLInputElement = await screen.findByLabelText("first name");
  expect(first.value).toBe("Mei");
  await desk.user.keyboard("{Control>}{Enter}{/Control}");
  await desk.sees("To be filled in");
  await desk.user.keyboard("{Tab}Friday{Control>}{Enter}{/Control}");

  await desk.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await desk.sees("Hello Mei, it arrives on Friday.");
  await desk.sees("order_on_its_way");
});

test("what was written meanwhile is told before it is sent, and the next press sends", async () => {
  const desk = await sitDown(server);
  await desk.user.keyboard("jo{Shift>}T{/Shift}");
  await screen.findByRole("option", { name: /we have an answer/ });
  const news = aMessage({ id: "news", conversation_id: "mei", text: "hello?" });
  server.refusals.set("POST w/conversations/replies", {
    status: 409,
    body: { error: { code: "stale", message: "x", new: [news], seq: server.seq } },
  });
  await desk.user.keyboard("{Enter}");
  await desk.press("Send");

  await desk.sees(/1 message was written since you began/);
  server.refusals.clear();
  await desk.press("Send");

  await desk.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  await desk.sees(/We have an answer/);
});
