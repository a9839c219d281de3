import { fireEvent, screen } from "@testing-library/react";
import { beforeEach, describe, expect, test } from "vitest";
import { noteIn } from "../lib/writing.ts";
import { sitDown } from "../testing/desk.tsx";
import { aConversation, aMessage, anAttachment } from "../testing/given.ts";
import { ScriptedServer } from "../testing/scripted-server.ts";

let server: ScriptedServer;
beforeEach(() => {
  noteIn(null);
  server = new ScriptedServer();
  server.rows.set("ingrid", aConversation({ id: "ingrid", name: "Ingrid Solberg" }));
  server.messages.set("q", aMessage({ id: "q", conversation_id: "ingrid", text: "and the invoice?" }));
});

async function answering() {
  const desk = await sitDown(server);
  const log = await desk.open("Ingrid");
  const field = await desk.field();
  const paste = (...names: string[]) =>
    fireEvent.paste(field, {
      clipboardData: { files: names.map((name) => new File(["words"], name, { type: "application/pdf" })) },
    });
  const files = async () => desk.within(await screen.findByRole("list", { name: "Files of this reply" }));
  return { ...desk, log: desk.within(log), field, paste, files };
}

describe("files of a reply", () => {
  test("several go up at once, and one whose connection broke goes up again", async () => {
    server.uploads = "break";
    const desk = await answering();
    desk.paste("invoice.pdf", "terms.pdf");
    const files = await desk.files();
    await desk.waitFor(() =>
      expect(files.getAllByText("The connection broke while uploading")).toHaveLength(2),
    );

    server.uploads = "arrive";
    await desk.press("Retry: invoice.pdf");
    await desk.waitFor(() => expect(files.getAllByText(/^5 bytes$/)).toHaveLength(1));
    expect(screen.queryByRole("button", { name: "Retry: invoice.pdf" })).toBeNull();
    await desk.button("Retry: terms.pdf");
  });

  test("show how far they are, and are stopped by key, which leaves one in the text", async () => {
    server.uploads = "hang";
    const desk = await answering();
    desk.paste("invoice.pdf");
    const files = await desk.files();
    await files.findByText("40% of 5 bytes");
    expect(files.getByRole("progressbar")).toHaveProperty("value", 0.4);

    (await desk.button("Stop uploading invoice.pdf")).focus();
    await desk.user.keyboard("{Delete}");

    await desk.waitFor(() => expect(screen.queryByRole("list", { name: "Files of this reply" })).toBeNull());
    expect(document.activeElement).toBe(desk.field);
  });
});

describe("files in the timeline", () => {
  const says = (differs: Parameters<typeof anAttachment>[0]) =>
    server.messages.set(
      "file",
      aMessage({ id: "file", conversation_id: "ingrid", text: null, parts: [anAttachment(differs)] }),
    );

  test("say what they are called, what they are and how large", async () => {
    says({ kind: "file", name: "prices of all lamps.xlsx", mime_type: null, size_bytes: 820_000 });
    const desk = await answering();

    const file = await desk.log.findByRole("link", { name: /^prices of all lamps\.xlsx/ });
    expect(file.textContent).toContain("XLSX · 820 kB");
    expect(file.getAttribute("download")).toBe("prices of all lamps.xlsx");
  });

  test("that came as pictures and are none say so, and can be had all the same", async () => {
    says({ kind: "image", name: "broken.jpg", mime_type: "application/octet-stream" });
    const desk = await answering();

    const file = await desk.log.findByRole("link", { name: /This picture cannot be shown here/ });
    expect(file.getAttribute("href")).toContain("download=1");
  });

  test("a picture that this browser cannot show becomes a file to be downloaded", async () => {
    says({ kind: "image", name: "strange.jpg", mime_type: "image/jpeg" });
    const desk = await answering();
    fireEvent.error(await desk.log.findByRole("img", { name: "strange.jpg" }));

    await desk.log.findByRole("link", { name: /^strange\.jpg/ });
  });
});
