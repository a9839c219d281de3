import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { IntlProvider } from "react-intl";
import { afterEach, expect, test, vi } from "vitest";
import { Button } from "./Button.tsx";
import { Combobox } from "./Combobox.tsx";
import { Dialog } from "./Dialog.tsx";
import { Menu } from "./Menu.tsx";
import { Popover } from "./Popover.tsx";
import { Tabs } from "./Tabs.tsx";

const heard = vi.fn((event: KeyboardEvent) => !event.defaultPrevented && event.key);

afterEach(() => {
  document.removeEventListener("keydown", heard);
  heard.mockClear();
  cleanup();
});

test("a menu is worked by keys alone, and gives the focus back", async () => {
  const rename = vi.fn();
  render(<TwoThings onRename={rename} />);
  const user = userEvent.setup();

  await user.tab();
  await user.keyboard("{Enter}");
  const menu = await screen.findByRole("menu");
  await waitFor(() => expect(menu.contains(document.activeElement)).toBe(true));
  await user.keyboard("{ArrowDown}");
  await user.keyboard("{Enter}");

  expect(rename).toHaveBeenCalledOnce();
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole("button", { name: "More" })));
  expect(screen.queryByRole("menu")).toBeNull();
});

test("what is chosen in a menu says so", async () => {
  render(<TwoThings onRename={() => {}} />);

  await userEvent.click(screen.getByRole("button", { name: "More" }));

  expect((await screen.findByRole("menuitemradio", { name: "Dark" })).getAttribute("aria-checked")).toBe(
    "true",
  );
});

test("the Escape that closes is not heard behind", async () => {
  render(<TwoThings onRename={() => {}} />);
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: "More" }));
  await screen.findByRole("menu");
  document.addEventListener("keydown", heard);

  await user.keyboard("{Escape}");

  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
  expect(heard).not.toHaveReturnedWith("Escape");
});

test("a dialog has a name, takes the focus, and gives it back", async () => {
  render(<Asking />);
  const user = userEvent.setup();
  const opener = screen.getByRole("button", { name: "Remove" });
  await user.click(opener);
  const dialog = await screen.findByRole("dialog", { name: "Remove it?" });

  await waitFor(() => expect(document.activeElement).toBe(dialog));
  await user.keyboard("{Escape}");

  await waitFor(() => expect(document.activeElement).toBe(opener));
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("letters written in a popover are no commands behind it", async () => {
  render(
    <Popover label="Snooze" trigger={(props) => <button {...props}>Snooze</button>}>
      {(close) => <Button onClick={close}>Tomorrow</Button>}
    </Popover>,
  );
  const user = userEvent.setup();
  await user.click(screen.getByRole("button", { name: "Snooze" }));
  const popover = await screen.findByRole("dialog", { name: "Snooze" });
  await waitFor(() => expect(popover.contains(document.activeElement)).toBe(true));
  document.addEventListener("keydown", heard);

  await user.keyboard("e");
  expect(heard).not.toHaveBeenCalled();

  await user.click(screen.getByRole("button", { name: "Tomorrow" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("arrows move between tabs, which are one stop", async () => {
  const choose = vi.fn();
  const tabs = [
    { key: "reply", label: "Reply" },
    { key: "note", label: "Note" },
  ] as const;
  render(
    <Tabs label="Write" tabs={tabs} chosen="reply" onChoose={choose}>
      Words
    </Tabs>,
  );
  const user = userEvent.setup();

  await user.tab();
  await user.keyboard("{ArrowRight}");

  expect(choose).toHaveBeenCalledWith("note");
  expect(screen.getByRole("tabpanel").textContent).toBe("Words");
});

function TwoThings({ onRename }: { onRename: () => void }) {
  return (
    <Menu
      items={[
        { key: "copy", label: "Copy", run: () => {} },
        { key: "rename", label: "Rename", run: onRename },
        { key: "dark", label: "Dark", isChosen: true, startsGroup: true, run: () => {} },
      ]}
      trigger={(props) => (
        <button type="button" {...props}>
          More
        </button>
      )}
    />
  );
}

function Asking() {
  const [isOpen, setOpen] = useState(false);
  return (
    <IntlProvider locale="en" messages={{ "action.close_dialog": [{ type: 0, value: "Close" }] }}>
      <Button onClick={() => setOpen(true)}>Remove</Button>
      {isOpen && (
        <Dialog title="Remove it?" onClose={() => setOpen(false)}>
          <Button>Yes</Button>
        </Dialog>
      )}
    </IntlProvider>
  );
}

test("Enter adds what the letters found, and never sends the form around it", async () => {
  const added = vi.fn();
  const sent = vi.fn();
  render(
    <form onSubmit={sent}>
      <Combobox
        label="Add a language"
        options={[
          { value: "de", label: "German" },
          { value: "fr", label: "French" },
        ]}
        onChoose={added}
        nothing="No such language"
      />
    </form>,
  );
  const user = userEvent.setup();
  const field = screen.getByRole<HTMLInputElement>("combobox", { name: "Add a language" });

  await user.type(field, "fren");
  await screen.findByRole("option", { name: "French" });
  await user.keyboard("{Enter}");
  expect(added).toHaveBeenCalledExactlyOnceWith("fr");
  expect(field.value).toBe("");
  expect(document.activeElement).toBe(field);

  await user.keyboard("klingon");
  await screen.findByText("No such language");
  await user.keyboard("{Enter}");
  expect(added).toHaveBeenCalledOnce();
  expect(sent).not.toHaveBeenCalled();
});
