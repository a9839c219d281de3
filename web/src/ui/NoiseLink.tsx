import type { Channel } from "../api/shapes.ts";
import { Button } from "./Button.tsx";
import { markOf } from "./icons.tsx";
import { Menu } from "./Menu.tsx";

interface Props {
  /** Of which this member may settle it. */
  readonly channels: readonly Channel[];
  readonly children: string;
  readonly onNoise: (channel: string) => void;
}

/** The way to where it is settled what of a channel is noise; of several one is chosen. */
export function NoiseLink({ channels, children, onNoise }: Props) {
  const [first, ...others] = channels;
  if (!first) return null;
  if (others.length === 0)
    return (
      <Button look="link" onClick={() => onNoise(first.id)}>
        {children}
      </Button>
    );
  return (
    <Menu
      items={channels.map(({ id, name, platform }) => ({
        key: id,
        label: name,
        icon: markOf(platform),
        run: () => onNoise(id),
      }))}
      trigger={(trigger) => (
        <Button look="link" {...trigger}>
          {children}
        </Button>
      )}
    />
  );
}
