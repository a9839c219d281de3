import { useState } from "react";
import { Button, IconButton } from "../../src/ui/Button.tsx";
import { Dialog } from "../../src/ui/Dialog.tsx";
import { Field } from "../../src/ui/Field.tsx";
import { Menu } from "../../src/ui/Menu.tsx";
import { Popover } from "../../src/ui/Popover.tsx";
import type { Story } from "./story.ts";

export const floatingStories: readonly Story[] = [
  {
    name: "menu",
    title: "Menu",
    show: () => (
      <div>
        <Menu
          items={[
            { key: "send", label: "Send", icon: "up", hint: "Ctrl+Enter", run: () => {} },
            { key: "close", label: "Send and close", icon: "closed", run: () => {} },
            { key: "later", label: "Schedule", isDisabled: true, run: () => {} },
            { key: "dark", label: "Dark", isChosen: true, startsGroup: true, run: () => {} },
            { key: "light", label: "Light", isChosen: false, run: () => {} },
          ]}
          trigger={(trigger) => (
            <button type="button" className="button" data-look="outlined" {...trigger}>
              Ways to send
            </button>
          )}
        />
      </div>
    ),
  },
  {
    name: "popover",
    title: "Popover",
    show: () => (
      <div>
        <Popover
          label="Snooze"
          trigger={(trigger) => (
            <button type="button" className="button" data-look="outlined" {...trigger}>
              Snooze
            </button>
          )}
        >
          {(close) => (
            <>
              <Field label="Until" defaultValue="Friday, 9:00" />
              <Button onClick={close}>Tomorrow morning</Button>
            </>
          )}
        </Popover>
      </div>
    ),
  },
  { name: "dialog", title: "Dialog", show: () => <Asking /> },
  { name: "tip", title: "Tip", show: () => <IconButton icon="search" label="Search" keys="/" /> },
];

function Asking() {
  const [isOpen, setOpen] = useState(false);
  return (
    <div>
      <Button onClick={() => setOpen(true)}>Remove the channel</Button>
      {isOpen && (
        <Dialog title="Remove Aster & Pine?" onClose={() => setOpen(false)}>
          <p>Its conversations stay. Nothing new comes in, and nobody can answer there any more.</p>
          <Button onClick={() => setOpen(false)}>Remove</Button>
        </Dialog>
      )}
    </div>
  );
}
