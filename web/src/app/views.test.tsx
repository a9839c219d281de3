import { screen, within } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { refusal } from "../testing/answer.ts";
import { sitDown } from "../testing/desk.tsx";
import { aChannel, aConversation, aLabel, aSavedView, JONAS, MARIA } from "../testing/given.ts";
import { ScriptedServer, WORKSPACE } from "../testing/scripted-server.ts";

let server: ScriptedServer;
beforeEach(() => {
  server = new ScriptedServer();
  server.channels = [aChannel(), aChannel({ id: "page", name: "Lamps page", platform: "messenger" })];
  server.labels = [aLabel({ id: "lamps", name: "lamps" }), aLabel({ id: "urgent", name: "urgent" })];
  server.rows.set("ingrid", aConversation({ id: "ingrid", name: "Ingrid", label_ids: ["lamps"] }));
  server.rows.set("ada", aConversation({ id: "ada", name: "Ada", channel_id: "page" }));
  server.rows.set("bo", aConversation({ id: "bo", name: "Bo", label_ids: ["urgent", "lamps"] }));
});

const at = (rest: string) => `/w/${WORKSPACE}/${rest}`;
const address = () => window.location.pathname + window.location.search;
const names = () =>
  screen
    .queryAllByRole("option")
    .map((row) => ["Ingrid", "Ada", "Bo"].find((name) => row.textContent?.includes(name)));
const item = async (name: RegExp) =>
  within(await screen.findByRole("navigation", { name: "Views" })).findByRole("button", { name });

describe("filtering a list", () => {
  test("a key opens the filter, each choice acts at once and stands in the address", async () => {
    const desk = await sitDown(server);
    await desk.row("Ada");

    await desk.user.keyboard("f");
    await desk.user.click(await screen.findByRole("checkbox", { name: "lamps" }));

    await desk.waitFor(() => expect(names()).toEqual(["Bo", "Ingrid"]));
    expect(address()).toBe(at("waiting?label=lamps"));
    await desk.user.click(screen.getByRole("checkbox", { name: "Aster & Pine" }));
    await desk.user.keyboard("{Escape}");
    expect(address()).toBe(at("waiting?channel=channel-telegram&label=lamps"));
    expect(screen.getByRole("heading", { level: 1 }).nextElementSibling?.textContent).toBe("2");
  });

  test("an address with a filter opens so, chips are taken away, and back brings them again", async () => {
    const desk = await sitDown(server, at("waiting?label=urgent&unread=true"));
    await desk.waitFor(() => expect(names()).toEqual(["Bo"]));

    await desk.press("Remove from the filter: urgent");
    await desk.waitFor(() => expect(names()).toHaveLength(3));
    await desk.press("Clear");
    expect(address()).toBe(at("waiting"));

    window.history.back();
    await desk.button("Remove from the filter: Unread");
    window.history.back();
    await desk.waitFor(() => expect(names()).toEqual(["Bo"]));
  });

  test("what is filtered follows the stream", async () => {
    const desk = await sitDown(server, at("waiting?label=lamps"));
    await desk.waitFor(() => expect(names()).toEqual(["Bo", "Ingrid"]));
    const [ada, bo] = [server.rows.get("ada"), server.rows.get("bo")];
    if (!ada || !bo) throw new Error("they are there");

    server.happens({ kind: "conversation", row: { ...ada, label_ids: ["lamps"] } });
    await desk.waitFor(() => expect(names()).toHaveLength(3));
    server.happens({ kind: "conversation", row: { ...bo, label_ids: [] } });
    await desk.waitFor(() => expect(names()).toEqual(["Ada", "Ingrid"]));
  });

  test("a filter that leaves nothing says so, and offers to be cleared", async () => {
    const desk = await sitDown(server, at("closed?label=lamps"));
    await desk.sees("Nothing matches");

    await desk.press("Clear filter");

    await desk.sees("Nothing has been closed yet");
  });

  test("a filtered list is paged", async () => {
    server.pageSize = 2;
    for (let n = 0; n < 5; n += 1)
      server.rows.set(
        `more-${n}`,
        aConversation({ id: `more-${n}`, name: `Lamp ${n}`, label_ids: ["lamps"] }),
      );
    const desk = await sitDown(server, at("waiting?label=lamps"));

    await desk.waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(7));
    expect(screen.getByRole("heading", { level: 1 }).nextElementSibling?.textContent).toBe("7");
  });

  test("a list that did not come is asked for again", async () => {
    const desk = await sitDown(server);
    await desk.row("Ada");
    server.refusals.set("GET w/conversations", refusal(503, "unavailable"));

    await desk.user.keyboard("f");
    await desk.user.click(await screen.findByRole("checkbox", { name: "urgent" }));
    await desk.user.keyboard("{Escape}");
    await desk.sees("This list could not be loaded");
    await desk.press("Try again");

    await desk.waitFor(() => expect(names()).toEqual(["Bo"]));
  });
});

describe("saved views", () => {
  test("a filter is kept under a name, and stands in the navigation with its count", async () => {
    const desk = await sitDown(server, at("waiting?label=lamps"));
    await desk.row("Bo");

    await desk.press("Save as view");
    const name = await screen.findByRole<HTMLInputElement>("textbox", { name: "Name" });
    expect(name.value).toBe("lamps");
    await desk.user.clear(name);
    await desk.user.type(name, "All lamps");
    await desk.user.click(screen.getByRole("radio", { name: "Everybody in Aster & Pine" }));
    await desk.press("Save");

    await desk.waitFor(() => expect(address()).toBe(at("view/view-All%20lamps")));
    expect(server.last("POST w/views")).toMatchObject({ name: "All lamps", shared: true, base: "waiting" });
    const lamps = await item(/^All lamps/);
    await desk.waitFor(() => expect(lamps.textContent).toMatch(/All lamps2$/));
    expect(lamps.getAttribute("aria-current")).toBe("page");
  });

  test("its address opens it, with the counts that the server gave for those not loaded", async () => {
    server.savedViews = [
      aSavedView({ id: "v1", name: "Urgent", filter: { label_ids: ["urgent"] } }),
      aSavedView({ id: "v2", name: "On the page", base: "all", filter: { channel_ids: ["page"] } }),
    ];
    const desk = await sitDown(server, at("view/v1"));

    await desk.waitFor(() => expect(names()).toEqual(["Bo"]));
    await screen.findByRole("heading", { level: 1, name: "Urgent" });
    const onThePage = await item(/^On the page/);
    await desk.waitFor(() => expect(onThePage.textContent).toMatch(/page1$/));
    expect((await item(/^Urgent/)).getAttribute("aria-current")).toBe("page");
  });

  test("a view that was changed by a colleague shows its new list at once", async () => {
    const view = aSavedView({ id: "v1", name: "Urgent", filter: { label_ids: ["urgent"] } });
    server.savedViews = [view];
    const desk = await sitDown(server, at("view/v1"));
    await desk.waitFor(() => expect(names()).toEqual(["Bo"]));

    const filter = { ...view.filter, label_ids: ["lamps"] };
    server.happens({ kind: "saved_view", saved_view: { ...view, name: "Lamps", filter } });

    await desk.waitFor(() => expect(names()).toEqual(["Bo", "Ingrid"]));
    await screen.findByRole("heading", { level: 1, name: "Lamps" });
  });

  test("an altered view is updated, or left as it was", async () => {
    server.savedViews = [aSavedView({ id: "v1", name: "Urgent", filter: { label_ids: ["urgent"] } })];
    const desk = await sitDown(server, at("view/v1"));
    await desk.row("Bo");

    await desk.press("Remove from the filter: urgent");
    expect(address()).toBe(at("view/v1?filter=none"));
    await desk.waitFor(() => expect(names()).toHaveLength(3));
    await desk.press("Reset");
    await desk.waitFor(() => expect(names()).toEqual(["Bo"]));

    await desk.press("Remove from the filter: urgent");
    await desk.press("Update view");
    expect(address()).toBe(at("view/v1"));
    await desk.waitFor(() => expect(names()).toHaveLength(3));
    await desk.waitFor(() => expect(server.savedViews[0]?.filter.label_ids).toEqual([]));
  });

  test("whoever may neither change nor move it is offered neither", async () => {
    server.members = [{ ...MARIA, role: "member", rights: [] }, JONAS];
    server.savedViews = [aSavedView({ id: "v1", name: "Urgent", made_by: JONAS.id })];
    const desk = await sitDown(server, at("view/v1"));

    await desk.press("Urgent: what can be done with it");

    const items = (await screen.findAllByRole("menuitem")).map((item) => item.textContent);
    expect(items).toEqual(["Copy link"]);
  });

  test("removing one says who loses it, and goes to the view that it was of", async () => {
    server.savedViews = [aSavedView({ id: "v1", name: "Urgent", base: "all" })];
    const desk = await sitDown(server, at("view/v1"));
    await desk.press("Urgent: what can be done with it");
    await desk.user.click(await screen.findByRole("menuitem", { name: "Remove…" }));
    const dialog = await screen.findByRole("dialog", { name: "Remove Urgent" });
    expect(dialog.textContent).toContain("1 colleague loses it with you.");

    await desk.user.click(desk.within(dialog).getByRole("button", { name: "Remove" }));

    await desk.waitFor(() => expect(address()).toBe(at("all")));
    await desk.waitFor(() => expect(server.savedViews).toEqual([]));
    expect(screen.queryByText("Saved views")).toBeNull();
  });

  test("a step up changes its place among those of its kind", async () => {
    server.savedViews = ["First", "Second"].map((name, n) => aSavedView({ id: name, name, place: n * 10 }));
    const desk = await sitDown(server, at("view/Second"));
    await desk.press("Second: what can be done with it");
    await desk.user.click(await screen.findByRole("menuitem", { name: "Move up" }));

    const navigation = within(await screen.findByRole("navigation", { name: "Views" }));
    await desk.waitFor(() => {
      const shown = navigation.getAllByTitle(/shared by everybody/);
      expect(shown.map(({ title }) => title.split(":")[0])).toEqual(["Second", "First"]);
    });
    await desk.waitFor(() =>
      expect(server.asked.filter(({ what }) => what === "POST w/views")).toHaveLength(2),
    );
  });

  test("the address of a view that is gone says so, and leads on", async () => {
    const desk = await sitDown(server, at("view/gone"));
    await desk.sees("There is no such view");

    await desk.press("Go to Waiting for us");

    await desk.waitFor(() => expect(names()).toHaveLength(3));
  });

  test("the palette finds it by its name", async () => {
    server.savedViews = [aSavedView({ id: "v1", name: "Urgent", filter: { label_ids: ["urgent"] } })];
    const desk = await sitDown(server);
    await desk.row("Ada");

    await desk.user.keyboard("{Control>}k{/Control}urg{Enter}");

    await desk.waitFor(() => expect(address()).toBe(at("view/v1")));
  });
});
