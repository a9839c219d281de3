import { screen } from "@testing-library/react";
import { beforeEach, expect, test } from "vitest";
import { type Desk, sitDown } from "../testing/desk.tsx";
import { aConversation, aMessage, JONAS } from "../testing/given.ts";
import { ScriptedServer } from "../testing/scripted-server.ts";

let server: ScriptedServer;
beforeEach(() => {
  server = new ScriptedServer();
  server.rows.set("ingrid", aConversation({ id: "ingrid", name: "Ingrid Solberg" }));
  server.messages.set("q", aMessage({ id: "q", conversation_id: "ingrid", text: "in black?" }));
});

async function signOut(desk: Desk): Promise<void> {
  await desk.press(/my choices/);
  await desk.user.click(await screen.findByRole("menuitem", { name: "Sign out" }));
}

test("signing out where the server cannot be asked is said, and is not done", async () => {
  const desk = await sitDown(server);
  server.isReachable = false;
  await signOut(desk);

  await desk.sees(/server cannot be reached/);
  expect(await desk.row("Ingrid")).toBeTruthy();

  server.isReachable = true;
  await signOut(desk);
  await screen.findByRole("heading", { name: "Sign in" });
});

test("whoever signs out while something waits is told of it first", async () => {
  const desk = await sitDown(server);
  await desk.open("Ingrid");
  let answer = () => {};
  server.holdsBack = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await desk.user.type(await desk.field(), "Of course.{Control>}{Enter}{/Control}");
  await signOut(desk);

  await desk.sees(/1 action waits for the network/);
  expect(server.isSignedIn).toBe(true);

  answer();
  await desk.press("Sign out anyway");
  await screen.findByRole("heading", { name: "Sign in" });
});

test("a session that ends with something unsent says so, and keeps the words for when one is back", async () => {
  const desk = await sitDown(server);
  await desk.open("Ingrid");
  server.holdsBack = new Promise(() => {});
  await desk.user.type(await desk.field(), "Of course.{Control>}{Enter}{/Control}");
  await desk.press("Close");

  server.say("bye", {});
  await desk.sees(/2 actions had not reached the server/);

  server.holdsBack = Promise.resolve();
  await desk.user.type(await screen.findByLabelText("E-mail address"), "maria@example.com");
  await desk.user.type(screen.getByLabelText("Password"), "a good password{Enter}");
  await desk.open("Ingrid");
  await desk.waitFor(async () => expect((await desk.field()).value).toBe("Of course."));
});

test("a tab in which somebody else was there shows whoever has signed in in another one", async () => {
  await sitDown(server);
  const { me } = server;
  const his = { ...me, account: { ...me.account, id: "account-jonas", name: JONAS.name } };
  Object.defineProperty(server, "me", { value: { ...his, memberships: [] } });

  const tabs = new BroadcastChannel("dragoman account");
  tabs.postMessage("account-jonas");
  tabs.close();

  await screen.findByText("You belong to no workspace");
});
