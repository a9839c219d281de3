import type { Alarm, WaitingForSpeaker } from "../../api/shapes.ts";
import { sentenceOf } from "../../lib/alarms.ts";
import { useSaid, useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import { alarmsFor } from "../../sync/alarms.ts";
import { useInbox } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import type { IconName } from "../../ui/icons.tsx";
import { NothingHere, Page } from "../../ui/Page.tsx";
import { languageOf, useWaitingForSpeakers } from "./useWaitingForSpeakers.ts";
import "./AlarmsPage.css";

interface Props {
  readonly onConversation: (conversation: string) => void;
  readonly onClosing: () => void;
  readonly onAtRisk: () => void;
  readonly onChannels: () => void;
  readonly onUnassigned: () => void;
  readonly onLedger: () => void;
  readonly onRules: () => void;
  readonly onWebhooks: () => void;
  readonly onBack: () => void;
}

/** What somebody has to see to before it is too late, and where that is done. */
export function AlarmsPage(props: Props) {
  const { onConversation, onClosing, onAtRisk, onChannels, onUnassigned, onLedger, onRules, onBack } = props;
  const text = useText();
  const standing = useInbox((inbox) => inbox.alarms);
  const rights = useInbox((inbox) => inbox.me.rights);
  const alarms = alarmsFor(rights, standing);
  const waiting = useWaitingForSpeakers(alarms);
  const goTo = ({ conversation_id, what }: Alarm, only: string | null) => {
    const about = conversation_id ?? only;
    if (about) onConversation(about);
    else if (what === "unrouted") onUnassigned();
    else if (what === "unaccounted") onLedger();
    else if (what === "rule_parked") onRules();
    else if (what === "webhook_failed") props.onWebhooks();
    else onChannels();
  };
  return (
    <Page title={text("alarms.title")} onBack={onBack}>
      {alarms.length === 0 ? (
        <NothingHere title={text("alarms.none")}>{text("alarms.none_meaning")}</NothingHere>
      ) : (
        <ul aria-label={text("alarms.title")}>
          {alarms.map((alarm) => (
            <AlarmCard
              key={alarm.id}
              alarm={alarm}
              waiting={waiting.get(languageOf(alarm) ?? "")}
              onGo={(only) => goTo(alarm, only)}
              onConversation={onConversation}
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
          {" · "}
          <Button look="link" onClick={onAtRisk}>
            {text("view.at_risk")}
          </Button>
        </p>
      )}
    </Page>
  );
}

type OfConversation = Extract<Alarm["what"], "window_closing" | "service_at_risk" | "service_overdue">;

function isOfConversation(what: Alarm["what"]): what is OfConversation {
  return what === "window_closing" || what === "service_at_risk" || what === "service_overdue";
}

/** The mark of the view in which those stand whom it is about; else that of alarms. */
function markOfAlarm(what: Alarm["what"]): IconName {
  if (!isOfConversation(what)) return "bell";
  return what === "window_closing" ? "hourglass" : "warn";
}

interface CardProps {
  readonly alarm: Alarm;
  /** Whom an alarm about a language is about, once the server has said. */
  readonly waiting: WaitingForSpeaker | undefined;
  /** With the one conversation that it is about, where there is no other. */
  readonly onGo: (only: string | null) => void;
  readonly onConversation: (conversation: string) => void;
}

function AlarmCard({ alarm, waiting, onGo, onConversation }: CardProps) {
  const text = useText();
  const say = useSaid();
  const times = useTimes(text);
  const channel = useInbox((inbox) => inbox.channels.find(({ id }) => id === alarm.channel_id)?.name ?? "");
  const owner = useInbox((inbox) => inbox.members.find(({ id }) => id === alarm.owner_id)?.name);
  const [only] = waiting?.count === 1 ? waiting.first : [];
  const { id, values } = sentenceOf(alarm, channel, text, times);
  const isAboutSomebody = isOfConversation(alarm.what);
  const todo = isOfConversation(alarm.what) ? channel : text(`alarm.${alarm.what}.todo`);
  return (
    <li className="alarm-card">
      <Icon name={markOfAlarm(alarm.what)} />
      <div className="grow">
        <h2>{text(id, values)}</h2>
        {alarm.reason && <p dir="auto">{say({ english: alarm.reason, wording: alarm.reason_wording })}</p>}
        {waiting && <Who waiting={waiting} onConversation={onConversation} />}
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
        onClick={() => onGo(only?.conversation_id ?? null)}
        aria-label={`${text(isAboutSomebody ? "alarms.answer" : "alarms.see")}: ${text(id, values)}`}
      >
        {text(isAboutSomebody ? "alarms.answer" : "alarms.see")}
      </Button>
    </li>
  );
}

interface WhoProps {
  readonly waiting: WaitingForSpeaker;
  readonly onConversation: (conversation: string) => void;
}

/** Those who have waited longest by name, the others by their number. */
function Who({ waiting: { count, first }, onConversation }: WhoProps) {
  const text = useText();
  return (
    <p className="alarm-who">
      {first.map(({ conversation_id: id, name }) => (
        <Button key={id} look="link" onClick={() => onConversation(id)}>
          <bdi className="cut">{name ?? text("contact.unnamed")}</bdi>
        </Button>
      ))}
      {count > first.length && text("alarms.others", { count: count - first.length })}
    </p>
  );
}
