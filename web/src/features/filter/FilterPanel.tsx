import { useState } from "react";
import type { Filter, Label, Priority } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { EVERYTHING } from "../../sync/lists.ts";
import { PRIORITIES } from "../../sync/prioritising.ts";
import { useInbox } from "../../sync/session.ts";
import { useLabels } from "../../sync/useLabels.ts";
import { useTeams } from "../../sync/useTeams.ts";
import { Button } from "../../ui/Button.tsx";
import { Checkbox, Switch } from "../../ui/Checkbox.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { markOf } from "../../ui/icons.tsx";
import { LabelDot } from "../../ui/LabelChip.tsx";
import { PriorityMark } from "../../ui/PriorityMark.tsx";
import { leavesEverything, MANY_LABELS, MOST_CHOSEN, toggled } from "./filtering.ts";
import "./Filter.css";

interface Props {
  readonly filter: Filter;
  readonly onChange: (filter: Filter) => void;
  readonly onSave: () => void;
}

/** Everything by which a list can be filtered; each choice acts at once. */
export function FilterPanel({ filter, onChange, onSave }: Props) {
  const text = useText();
  const channels = useInbox((inbox) => inbox.channels);
  const teams = useTeams();
  const isAll = leavesEverything(filter);
  const onChannel = (id: string) => onChange({ ...filter, channel_ids: toggled(filter.channel_ids, id) });
  const onTeam = (id: string) => onChange({ ...filter, team_ids: toggled(filter.team_ids, id) });
  const onLabel = (id: string) => onChange({ ...filter, label_ids: toggled(filter.label_ids, id) });
  const onPriority = (priority: Priority) =>
    onChange({ ...filter, priorities: [...toggled(filter.priorities, priority)] });
  return (
    <div className="filter-panel">
      <Switch checked={filter.unread} onChange={(unread) => onChange({ ...filter, unread })}>
        {text("filter.unread")}
      </Switch>
      <fieldset>
        <legend>{text("filter.owner")}</legend>
        {(["me", "none"] as const).map((owner) => (
          <Choice
            key={owner}
            chosen={filter.owner ? [filter.owner] : []}
            id={owner}
            onToggle={() => onChange({ ...filter, owner: filter.owner === owner ? null : owner })}
          >
            <Icon name={owner === "me" ? "person" : "nobody"} />
            <span className="cut">{text(`filter.owner.${owner}`)}</span>
          </Choice>
        ))}
        {teams.map(({ id, name }) => (
          <Choice key={id} chosen={filter.team_ids} id={id} onToggle={onTeam}>
            <Icon name="people" />
            <span className="cut" dir="auto">
              {name}
            </span>
          </Choice>
        ))}
      </fieldset>
      <fieldset>
        <legend>{text("priority.title")}</legend>
        <div className="filter-priorities">
          {PRIORITIES.map((priority) => (
            <Choice
              key={priority}
              chosen={filter.priorities}
              id={priority}
              onToggle={() => onPriority(priority)}
            >
              <PriorityMark priority={priority} />
              <span className="cut">{text(`priority.${priority}`)}</span>
            </Choice>
          ))}
        </div>
      </fieldset>
      {channels.length > 1 && (
        <fieldset>
          <legend>{text("filter.channels")}</legend>
          {channels.map(({ id, name, platform }) => (
            <Choice key={id} chosen={filter.channel_ids} id={id} onToggle={onChannel}>
              <Icon name={markOf(platform)} />
              <span className="cut" dir="auto">
                {name}
              </span>
            </Choice>
          ))}
        </fieldset>
      )}
      <LabelChoices chosen={filter.label_ids} onToggle={onLabel} />
      <div className="filter-acts">
        <Button small look="plain" aria-disabled={isAll} onClick={() => !isAll && onChange(EVERYTHING)}>
          {text("filter.clear")}
        </Button>
        <Button small icon="bookmark" onClick={onSave}>
          {text("views.save")}
        </Button>
      </div>
    </div>
  );
}

interface ChoicesProps {
  readonly chosen: readonly string[];
  readonly onToggle: (id: string) => void;
}

function LabelChoices({ chosen, onToggle }: ChoicesProps) {
  const text = useText();
  const labels = useLabels();
  const [letters, setLetters] = useState("");
  const found = labels.filter(({ name }) => holds(name, letters));
  if (labels.length === 0) return null;
  return (
    <fieldset>
      <legend>{text("filter.labels")}</legend>
      {labels.length >= MANY_LABELS && (
        <input
          type="search"
          className="filter-find"
          dir="auto"
          maxLength={40}
          aria-label={text("filter.find_label")}
          placeholder={text("filter.find_label")}
          value={letters}
          onChange={(event) => setLetters(event.target.value)}
        />
      )}
      {found.map((label) => (
        <LabelChoice key={label.id} label={label} chosen={chosen} onToggle={onToggle} />
      ))}
      {found.length === 0 && <p className="filter-quiet">{text("filter.no_such_label")}</p>}
      {chosen.length > 1 && <p className="filter-quiet">{text("filter.any_label")}</p>}
    </fieldset>
  );
}

function LabelChoice({ label, chosen, onToggle }: ChoicesProps & { label: Label }) {
  return (
    <Choice chosen={chosen} id={label.id} onToggle={onToggle}>
      <LabelDot colour={label.colour} />
      <span className="cut" dir="auto">
        {label.name}
      </span>
    </Choice>
  );
}

interface ChoiceProps extends ChoicesProps {
  readonly id: string;
  readonly children: React.ReactNode;
}

function Choice({ chosen, id, onToggle, children }: ChoiceProps) {
  const isOn = chosen.includes(id);
  return (
    <Checkbox checked={isOn} disabled={!isOn && chosen.length >= MOST_CHOSEN} onChange={() => onToggle(id)}>
      <span className="filter-choice">{children}</span>
    </Checkbox>
  );
}

function holds(name: string, letters: string): boolean {
  return name.normalize("NFKC").toLowerCase().includes(letters.normalize("NFKC").trim().toLowerCase());
}
