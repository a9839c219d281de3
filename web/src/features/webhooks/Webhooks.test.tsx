import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { aShopWithoutWebhooks, aShopWithWebhooks } from "../../../dev/webhooks.ts";
import { sitDown } from "../../testing/desk.tsx";
import { WORKSPACE } from "../../testing/scripted-server.ts";

const page = (open = "") => `/w/${WORKSPACE}/webhooks${open && `/${open}`}`;

test("a new webhook shows its secret once, and stands in the list", async () => {
  const server = aShopWithoutWebhooks(Date.now());
  const desk = await sitDown(server, page());
  await desk.sees("No webhook yet");

  await desk.press("New webhook");
  await desk.user.type(await screen.findByRole("textbox", { name: "Name" }), "CRM");
  const address = screen.getByRole("textbox", { name: "Address" });
  await desk.user.type(address, "http://crm.example.net");
  await desk.press("Create webhook");
  await desk.sees("A webhook's address begins with https://.");
  await desk.user.clear(address);
  await desk.user.type(address, "https://crm.example.net");
  await desk.press("Create webhook");

  expect(await screen.findByRole("textbox", { name: "Signing secret" })).toHaveProperty(
    "value",
    "whsec_c2VjcmV0",
  );
  await desk.press("Done");
  await screen.findByRole("link", { name: "CRM" });
  expect(screen.queryByRole("textbox", { name: "Signing secret" })).toBeNull();
});

test("one says what was sent there and what became of it, and sends again", async () => {
  const server = aShopWithWebhooks(Date.now());
  const desk = await sitDown(server, page("crm"));

  const calls = within(await screen.findByRole("list", { name: "Calls of the last 30 days" }));
  expect(calls.getAllByRole("listitem").map((each) => each.textContent)[0]).toMatch(/Ingrid.*Waits · 503/s);
  await desk.user.click(calls.getByRole("button", { name: /^Send again: 陳怡君/ }));

  await desk.waitFor(() => expect(server.asked.map(({ what }) => what)).toContain("POST w/webhooks/calls"));
});

test("a test call says at once what came of it", async () => {
  const server = aShopWithWebhooks(Date.now());
  server.webhookTried = {
    status: 404,
    trouble: "It answered 404.",
    trouble_wording: { code: "webhook.answered", values: { status: "404" } },
  };
  const desk = await sitDown(server, page("crm"));

  await desk.press("Send a test call");

  await desk.waitFor(() =>
    expect(screen.getAllByRole("status").map(({ textContent }) => textContent)).toContain("It answered 404."),
  );
});

test("who may not manage rules finds no way there", async () => {
  const server = aShopWithWebhooks(Date.now());
  server.members = server.members.map((each) => ({ ...each, rights: [] }));
  const desk = await sitDown(server, page());

  await desk.sees("An owner or an admin of this workspace can manage webhooks.");
  expect(screen.queryByRole("link", { name: "Webhooks" })).toBeNull();
});
