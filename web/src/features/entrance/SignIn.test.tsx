import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { sitDown } from "../../testing/desk.tsx";
import { ScriptedServer } from "../../testing/scripted-server.ts";

test("what is wrong with an entry is said beside it in our words, and nothing is sent", async () => {
  const server = new ScriptedServer();
  server.isSignedIn = false;
  const desk = await sitDown(server, "/sign-in");
  const email = await screen.findByLabelText<HTMLInputElement>("E-mail address");
  const asked: string[] = [];
  const { fetch } = server;
  Object.assign(server, {
    fetch: (address: string, init: RequestInit) => {
      asked.push(address);
      return fetch.call(server, address, init);
    },
  });

  await desk.user.type(email, "ada");
  await desk.press("Sign in");

  await desk.sees(/^This is no e-mail address/);
  await desk.sees("This is missing.");
  expect(document.activeElement).toBe(email);
  expect(email.form?.noValidate).toBe(true);
  expect(asked).toEqual([]);
});
