import { screen } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import type { Capabilities } from "../../api/shapes.ts";
import { refusal } from "../../testing/answer.ts";
import { sitDown } from "../../testing/desk.tsx";
import { aChannel, aConversation, aMessage } from "../../testing/given.ts";
import { ScriptedServer } from "../../testing/scripted-server.ts";

const REPLIES = "POST w/conversations/replies";
const ALL = {
  choices: { most: 3, title_max: 10 },
  location: { name_max: 100, address_max: 200 },
  contact: { name_max: 64 },
} satisfies Capabilities;

let server: ScriptedServer;
beforeEach(() => {
  server = new ScriptedServer();
  server.rows.set("ingrid", aConversation({ id: "ingrid", name: "Ingrid Solberg" }));
  server.messages.set("ingrid", aMessage({ id: "ingrid", conversation_id: "ingrid", text: "When?" }));
});

async function atDesk(capabilities: Capabilities) {
  const channel = aChannel();
  server.channels = [{ ...channel, capabilities: { ...channel.capabilities, ...capabilities } }];
  const desk = await sitDown(server);
  await desk.open("Ingrid");
  return {
    ...desk,
    choose: async (what: string) => {
      await desk.press("Add more to the reply");
      await desk.user.click(await screen.findByRole("menuitem", { name: what }));
    },
    write: async (words: string) => {
      await desk.user.click(await desk.field());
      await desk.user.paste(words);
    },
    sent: () =>
      server.asked.filter(({ what }) => what === REPLIES).map(({ body }) => body as Record<string, unknown>),
  };
}

describe("what more can be sent", () => {
  test("is what the channel carries, and nothing else", async () => {
    const desk = await atDesk({ choices: ALL.choices });
    await desk.press("Add more to the reply");

    expect((await screen.findAllByRole("menuitem")).map((item) => item.textContent)).toEqual([
      "Choices to press",
    ]);
  });

  test("is not offered at all where the channel carries none of it", async () => {
    const desk = await atDesk({});
    await desk.field();

    expect(screen.queryByRole("button", { name: "Add more to the reply" })).toBeNull();
  });

  test("nor while the reply window is shut", async () => {
    const shut = {
      free_until: "2026-01-01T00:00:00Z",
      extended_until: null,
      extended_as: "",
      closing_until: null,
      afterwards: "nothing",
    } as const;
    server.rows.set("ingrid", aConversation({ id: "ingrid", name: "Ingrid Solberg", window: shut }));
    const desk = await atDesk(ALL);
    await desk.field();

    expect(screen.queryByRole("button", { name: "Add more to the reply" })).toBeNull();
  });
});

describe("choices", () => {
  test("are written below the question, and go out with it", async () => {
    const desk = await atDesk(ALL);
    await desk.write("When shall we come");
    await desk.choose("Choices to press");
    await desk.waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Choice 1")));
    await desk.user.keyboard("Friday{Enter} Saturday ");
    await desk.press("Send");

    await desk.waitFor(() =>
      expect(desk.sent()).toMatchObject([
        { text: "When shall we come", choices: ["Friday", "Saturday"], expects_answer: true },
      ]),
    );
    const log = await desk.log();
    const shown = await desk.within(log).findByRole("list", { name: "Choices to press" });
    expect(shown.textContent).toBe("FridaySaturday");
    await desk.waitFor(() => expect(screen.queryByLabelText("Choice 1")).toBeNull());
  });

  test("say while they are typed how much fits, and what is wrong", async () => {
    const desk = await atDesk(ALL);
    await desk.write("When");
    await desk.choose("Choices to press");
    const [first, second] = [await screen.findByLabelText("Choice 1"), screen.getByLabelText("Choice 2")];
    await desk.user.type(first, "Wednesday, 2");
    await desk.sees("12 of 10");
    await desk.sees("2 characters too long: a choice has 10 at most here.");
    expect((await desk.button("Send")).getAttribute("aria-disabled")).toBe("true");

    await desk.user.clear(first);
    await desk.user.type(first, "A");
    await desk.user.type(second, "A");
    await desk.sees("“A” is offered twice.");
    await desk.press("Send");
    expect(desk.sent()).toEqual([]);
  });

  test("stand below words only, and end where the channel's number ends", async () => {
    const desk = await atDesk(ALL);
    await desk.choose("Choices to press");
    await desk.user.type(await screen.findByLabelText("Choice 1"), "A{Enter}B{Enter}C{Enter}");

    await desk.sees("Choices stand below a question: write it first.");
    expect(screen.queryByLabelText("Choice 4")).toBeNull();
    expect(screen.queryByRole("button", { name: "Add a choice" })).toBeNull();
  });

  test("are taken away by Backspace, and the focus goes back", async () => {
    const desk = await atDesk(ALL);
    await desk.choose("Choices to press");
    await desk.user.click(await screen.findByLabelText("Choice 2"));
    await desk.user.keyboard("{Backspace}");
    await desk.waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Choice 1")));
    await desk.user.keyboard("{Backspace}");

    expect(document.activeElement).toBe(await desk.field());
  });

  test("that the server refuses are with their author again", async () => {
    server.refusals.set(REPLIES, refusal(422, "invalid"));
    const desk = await atDesk(ALL);
    await desk.write("When");
    await desk.choose("Choices to press");
    await desk.user.type(await screen.findByLabelText("Choice 1"), "Friday");
    await desk.press("Send");

    await desk.waitFor(() =>
      expect(screen.getByLabelText<HTMLInputElement>("Choice 1").value).toBe("Friday"),
    );
    expect((await desk.field()).value).toBe("When");
  });
});

describe("a location", () => {
  test("is found in a link, takes its name from there, and needs no words beside it", async () => {
    const desk = await atDesk(ALL);
    await desk.choose("Location");
    const where = await screen.findByLabelText("Coordinates, or a link from a map");
    await desk.user.click(where);
    await desk.user.paste("https://maps.apple.com/?ll=52.5163,13.3777&q=Workshop");
    await desk.sees("Found: 52.5163, 13.3777");
    await desk.user.click(screen.getByLabelText("Address of the place"));
    await desk.user.paste("Pariser Platz 1");
    await desk.press("Add to the reply");
    await desk.press("Send");

    const location = { latitude: 52.5163, longitude: 13.3777, title: "Workshop", address: "Pariser Platz 1" };
    await desk.waitFor(() => expect(desk.sent()).toMatchObject([{ text: null, location }]));
  });

  test("that is none is told beside its field", async () => {
    const desk = await atDesk(ALL);
    await desk.choose("Location");
    const where = await screen.findByLabelText("Coordinates, or a link from a map");
    await desk.user.click(where);
    await desk.user.paste("https://maps.app.goo.gl/Xy7");
    await desk.sees(/^A short link does not say where it leads/);
    await desk.user.clear(where);
    await desk.press("Add to the reply");

    await desk.sees(/^No place is found in this/);
    expect(where.getAttribute("aria-invalid")).toBe("true");
  });
});

describe("a contact card", () => {
  test("has a number that can be dialled from everywhere", async () => {
    const desk = await atDesk(ALL);
    await desk.choose("Contact card");
    await desk.user.type(await screen.findByLabelText("Name"), "Luis Ortega");
    const phone = screen.getByLabelText("Phone number");
    await desk.user.type(phone, "030 123456");
    await desk.press("Add to the reply");
    await desk.sees("Write the phone number with its country first, as in +49 30 123456.");

    await desk.user.clear(phone);
    await desk.user.type(phone, "+49 (0)30 123-456");
    await desk.press("Add to the reply");
    await desk.press("Send");

    await desk.waitFor(() =>
      expect(desk.sent()).toMatchObject([{ contact: { name: "Luis Ortega", phone: "+4930123456" } }]),
    );
  });

  test("can be changed and taken away before it goes", async () => {
    const desk = await atDesk(ALL);
    await desk.choose("Contact card");
    await desk.user.type(await screen.findByLabelText("Name"), "Luis");
    await desk.user.type(screen.getByLabelText("Phone number"), "+4930123456{Enter}");
    await desk.press("Change the contact card");
    await desk.user.type(await screen.findByLabelText("Name"), " Ortega{Enter}");
    await desk.sees("Luis Ortega");
    await desk.press("Remove the contact card");

    expect(screen.queryByText("Luis Ortega")).toBeNull();
    expect(document.activeElement).toBe(await desk.field());
  });
});
