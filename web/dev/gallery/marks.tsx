import { Avatar } from "../../src/ui/Avatar.tsx";
import { Button, IconButton } from "../../src/ui/Button.tsx";
import { Chip, Mark } from "../../src/ui/Chip.tsx";
import { Icon } from "../../src/ui/Icon.tsx";
import { type IconName, icons } from "../../src/ui/icons.tsx";
import { Meter } from "../../src/ui/Meter.tsx";
import { QuietHouse } from "../../src/ui/QuietHouse.tsx";
import type { Story } from "./story.ts";

const LOOKS = ["main", "outlined", "plain", "link"] as const;

export const markStories: readonly Story[] = [
  {
    name: "buttons",
    title: "Buttons",
    show: () => (
      <>
        {LOOKS.map((look) => (
          <Button key={look} look={look}>
            Send
          </Button>
        ))}
        {LOOKS.map((look) => (
          <Button key={look} look={look} disabled>
            Send
          </Button>
        ))}
        <Button small>Retry</Button>
        <Button small icon="reply">
          Undo
        </Button>
        <Button icon="closed">In 24 Stunden wieder vorlegen</Button>
        <Button>أرسل الرد</Button>
        <Button>שלח תשובה</Button>
        <IconButton icon="attach" label="Attach" />
        <IconButton icon="next" label="Next" flips />
        <IconButton icon="attach" label="Attach nothing" disabled />
      </>
    ),
  },
  {
    name: "avatars",
    title: "Avatars: customers grey, teammates tinted",
    show: () => (
      <>
        {(["tiny", "small", "medium", "row", "large"] as const).map((size) => (
          <Avatar key={size} name="Ingrid Solberg" size={size} />
        ))}
        {[1, 2, 3, 4, 5].map((tint) => (
          <Avatar key={tint} name="Aylin Demir" tint={tint} />
        ))}
        <Avatar name={null} />
        <Avatar name="حنان الخطيب" />
        <Avatar name="מרים" />
      </>
    ),
  },
  {
    name: "states",
    title: "States in words",
    show: () => (
      <>
        <Chip>SIMULATED</Chip>
        <Chip tone="risk" icon="clock">
          At risk, 21 min
        </Chip>
        <Chip tone="failed" icon="ask">
          Overdue by 1 h 20 min
        </Chip>
        <Mark icon="up">Sending</Mark>
        <Meter share={0.8}>21 h</Meter>
        <Meter share={0.1} isLow>
          2 h left to reply
        </Meter>
        <Meter share={0}>0 h</Meter>
      </>
    ),
  },
  {
    name: "icons",
    title: "Icons",
    show: () => (Object.keys(icons) as IconName[]).sort().map((name) => <Icon key={name} name={name} />),
  },
  { name: "drawing", title: "Nothing to do", show: () => <QuietHouse /> },
];
