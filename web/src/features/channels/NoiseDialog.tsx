import { useEffect, useState } from "react";
import type { Channel, NoiseSettings } from "../../api/shapes.ts";
import { classText } from "../../lib/noise.ts";
import { problemOf } from "../../lib/problems.ts";
import { useText } from "../../lib/text.ts";
import { useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Switch } from "../../ui/Checkbox.tsx";
import { Dialog } from "../../ui/Dialog.tsx";

interface Props {
  readonly channel: Channel;
  readonly onClose: () => void;
}

/** What of quiet arrivals goes to the shelf on this channel, class by class. Each switch acts at once. */
export function NoiseDialog({ channel, onClose }: Props) {
  const text = useText();
  const { api, notices } = useSession();
  const [settings, setSettings] = useState<NoiseSettings | null>(null);
  useEffect(() => {
    api.shelf.noiseOf(channel.id).then(setSettings, (error: unknown) => {
      notices.tell(problemOf(error));
      onClose();
    });
  }, [api, channel.id, notices, onClose]);

  const shelve = (kind: string, isShelved: boolean) => {
    if (!settings) return;
    const others = settings.opening.filter((each) => each !== kind);
    const opening = isShelved ? others : [...others, kind];
    setSettings({ ...settings, opening });
    api.shelf.setNoise(channel.id, opening).then(setSettings, (error: unknown) => {
      setSettings(settings);
      notices.tell(problemOf(error));
    });
  };
  return (
    <Dialog title={text("noise.title", { name: channel.name })} onClose={onClose}>
      <p>{text("noise.meaning")}</p>
      <div className="settings-form" aria-busy={settings === null}>
        {settings?.classes.map((kind) => (
          <Switch
            key={kind}
            checked={!settings.opening.includes(kind)}
            onChange={(isShelved) => shelve(kind, isShelved)}
          >
            {classText(kind, text)}
          </Switch>
        ))}
      </div>
      <p className="channels-answers">
        <Button onClick={onClose}>{text("action.done")}</Button>
      </p>
    </Dialog>
  );
}
