import type { NotificationSettings } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { Switch } from "../../ui/Checkbox.tsx";
import { HoursFields, zoneHere } from "../../ui/HoursFields.tsx";

type Quiet = NonNullable<NotificationSettings["quiet"]>;

const DAYS = [1, 2, 3, 4, 5, 6, 7] as const;
const NIGHT = { start: 20 * 60, end: 8 * 60 };

interface Props {
  readonly quiet: Quiet | null;
  readonly onChange: (quiet: Quiet | null) => void;
}

/** When nothing rings, by the clock of where one lives. A night belongs to the day on which it begins. */
export function QuietHours({ quiet, onChange }: Props) {
  const text = useText();
  const begin = () => onChange({ days: [...DAYS], ...NIGHT, zone: zoneHere() });
  return (
    <div className="settings-form">
      <Switch checked={quiet !== null} onChange={(isOn) => (isOn ? begin() : onChange(null))}>
        {text("notifications.quiet_on")}
      </Switch>
      {quiet && <HoursFields hours={quiet} onChange={onChange} />}
    </div>
  );
}
