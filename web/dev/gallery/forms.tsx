import { useState } from "react";
import { Checkbox, Switch } from "../../src/ui/Checkbox.tsx";
import { Combobox } from "../../src/ui/Combobox.tsx";
import { Field } from "../../src/ui/Field.tsx";
import { Select } from "../../src/ui/Select.tsx";
import { Tabs } from "../../src/ui/Tabs.tsx";
import type { Story } from "./story.ts";

const MEMBERS = ["Aylin Demir", "Jonas Weber", "Maria Kowalska", "Tomasz Nowak", "حنان الخطيب"].map(
  (label) => ({
    value: label,
    label,
  }),
);

export const formStories: readonly Story[] = [
  {
    name: "fields",
    title: "Fields",
    show: () => (
      <>
        <div className="gallery-column">
          <Field label="Name" />
        </div>
        <div className="gallery-column">
          <Field
            label="Bot token"
            hint="A number, a colon, then letters and digits."
            defaultValue="123:ABC"
          />
        </div>
        <div className="gallery-column">
          <Field label="E-mail" problem="This is no address." defaultValue="ingrid" />
        </div>
        <div className="gallery-column">
          <Field label="Workspace" disabled defaultValue="Aster & Pine" />
        </div>
        <div className="gallery-column">
          <Select label="Language" options={MEMBERS.slice(0, 3)} />
        </div>
        <div className="gallery-column">
          <Select label="Role" options={MEMBERS.slice(0, 1)} disabled />
        </div>
      </>
    ),
  },
  { name: "ticks", title: "Boxes and switches", show: () => <Ticks /> },
  { name: "tabs", title: "Tabs", show: () => <TwoTabs /> },
  {
    name: "combobox",
    title: "One of many",
    show: () => (
      <div className="gallery-column">
        <OneOfMany />
      </div>
    ),
  },
];

function Ticks() {
  const [isOn, setOn] = useState(true);
  return (
    <div className="gallery-column">
      <Checkbox checked={isOn} onChange={setOn}>
        Notify me of every turn
      </Checkbox>
      <Checkbox checked={!isOn} onChange={(off) => setOn(!off)}>
        Only of mine
      </Checkbox>
      <Checkbox checked disabled onChange={() => {}}>
        As the owner decided
      </Checkbox>
      <Switch checked={isOn} onChange={setOn}>
        Single keys
      </Switch>
      <Switch checked={!isOn} onChange={(off) => setOn(!off)}>
        Quiet hours
      </Switch>
      <Switch checked={false} disabled onChange={() => {}}>
        Push, which this browser does not know
      </Switch>
    </div>
  );
}

function TwoTabs() {
  const [chosen, setChosen] = useState<"reply" | "note" | "long">("reply");
  return (
    <div className="gallery-column">
      <Tabs
        label="Write"
        tabs={[
          { key: "reply", label: "Reply", icon: "reply" },
          { key: "note", label: "Note" },
          { key: "long", label: "Rückfrage bei Fachleuten" },
        ]}
        chosen={chosen}
        onChoose={setChosen}
      >
        <p>{chosen}</p>
      </Tabs>
    </div>
  );
}

function OneOfMany() {
  return <Combobox label="Assign to" options={MEMBERS} onChoose={() => {}} nothing="Nobody of that name" />;
}
