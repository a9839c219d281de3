import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { App } from "../app/App.tsx";
import { Language } from "../app/Language.tsx";
import type { ScriptedServer } from "./scripted-server.ts";
import { WORKSPACE } from "./scripted-server.ts";

export type Desk = Awaited<ReturnType<typeof sitDown>>;

/** Somebody sits down before the real client, which speaks to a script: found and used as a person would. */
export async function sitDown(server: ScriptedServer, path = `/w/${WORKSPACE}/waiting`) {
  window.history.replaceState(null, "", path);
  const user = userEvent.setup();
  render(
    <Language>
      <App transport={server} />
    </Language>,
  );
  if (server.isSignedIn) await screen.findAllByRole("navigation", { name: "Views" });
  return {
    user,
    rows: () => screen.queryAllByRole("option"),
    row: (name: string) => screen.findByRole("option", { name: new RegExp(name) }),
    open: async (name: string) => {
      await user.click(await screen.findByRole("option", { name: new RegExp(name) }));
      return screen.findByRole("log");
    },
    log: () => screen.findByRole("log"),
    field: () => screen.findByRole<HTMLTextAreaElement>("textbox", { name: /^Reply to/ }),
    button: (name: string | RegExp) => screen.findByRole("button", { name }),
    press: async (name: string | RegExp) => user.click(await screen.findByRole("button", { name })),
    sees: (text: string | RegExp) => screen.findByText(text),
    within,
    waitFor,
  };
}
