import type { Alarm } from "../../api/shapes.ts";
import { sentenceOf } from "../../lib/alarms.ts";
import { useSaid, useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import { alarmsFor } from "../../sync/alarms.ts";
import { useInbox } from "../../sync/session.ts";
import { Button, IconButton } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { QuietHouse } from "../../ui/QuietHouse.tsx";
import "./AlarmsPage.css";

interface Props {
  readonly onConversation: (conversation: string) => void;
  readonly onClosing: () => void;
  readonly onChannels: () => void;
  readonly onBack: () => void;
}

/** What somebody has to see to before it is too late, and where that is done. */
export function AlarmsPage({ onConversation, onClosing, onChannels, onBack }: Props) {
  const text = useText();
  const standing = useInbox((inbox) => inbox.alarms);
  const rights = useInbox((inbox) => inbox.me.rights);
  const alarms = alarmsFor(rights, standing);
  return (
    <main className="alarms">
      <header className="bar">
        <span className="alarms-back">
          <IconButton icon="back" flips label={text("action.back")} onClick={onBack} />
        </span>
        <h1>{text("alarms.title")}</h1>
      </header>
      <div className="alarms-body">
        {alarms.length === 0 ? (
          <div className="alarms-none">
            <QuietHouse />
            <h2>{text("alarms.none")}</h2>
            <p>{text("alarms.none_meaning")}</p>
          </div>
        ) : (
          <ul aria-label={text("alarms.title")}>
            {alarms.map((alarm) => (
              <AlarmCard
                key={alarm.id}
                alarm={alarm}
                onGo={() => (alarm.conversation_id ? onConversation(alarm.conversation_id) : onChannels())}
              />
            ))}
          </ul>
        )}
        {standing.more && (
          <p className="alarms-more">
            {text("alarms.more")}{" "}
            <Button look="link" onClick={onClosing}>
              {text("view.window_closing")}
            </Button>
          </p>
        )}
      </div>
    </main>
  );
}

function AlarmCard({ alarm, onGo }: { alarm: Alarm; onGo: () => void }) {
  const text = useText();
  const say = useSaid();
  const times = useTimes(text);
  const channel = useInbox((inbox) => inbox.channels.find(({ id }) => id === alarm.channel_id)?.name ?? "");
  const owner = useInbox((inbox) => inbox.members.find(({ id }) => id === alarm.owner_id)?.name);
  const { id, values } = sentenceOf(alarm, channel, text, times);
  const isWindow = alarm.what === "window_closing";
  const todo = isWindow ? channel : text(`alarm.${alarm.what}.todo`);
  return (
    <li className="alarm-card">
      <Icon name={isWindow ? "hourglass" : "warn"} />
      <div className="grow">
        <h2>{text(id, values)}</h2>
        {alarm.reason && <p dir="auto">{say({ english: alarm.reason, wording: alarm.reason_wording })}</p>}
        <p className="alarm-todo">
          <span dir="auto">{todo}</span>
          {owner && <span dir="auto">{owner}</span>}
          <time dateTime={alarm.since} title={times.full(alarm.since)}>
            {text("alarms.since", { time: times.soon(alarm.since) })}
          </time>
        </p>
      </div>
      <Button
        small
        onClick={onGo}
        aria-label={`${text(isWindow ? "alarms.answer" : "alarms.see")}: ${text(id, values)}`}
      >
        {text(isWindow ? "alarms.answer" : "alarms.see")}
      </Button>
    </li>
  );
}
