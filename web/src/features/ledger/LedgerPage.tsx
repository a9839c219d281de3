import { useState } from "react";
import { useIntl } from "react-intl";
import type { ChannelFates, Fate, LedgerDay } from "../../api/shapes.ts";
import { type Text, useText } from "../../lib/text.ts";
import { useInbox } from "../../sync/session.ts";
import { Icon } from "../../ui/Icon.tsx";
import { markOf } from "../../ui/icons.tsx";
import { Select } from "../../ui/Select.tsx";
import { ArrivalsDialog } from "./ArrivalsDialog.tsx";
import { Found } from "./Found.tsx";
import { fateText, isTrouble } from "./fateText.ts";
import { useLedger } from "./useLedger.ts";
import "./Ledger.css";

interface Props {
  readonly messageAddress: (conversation: string, message: string | null) => string;
}

/** Where everything that came in on a day is now, and that all of it can be found again. */
export function LedgerPage({ messageAddress }: Props) {
  const text = useText();
  const mayLook = useInbox((inbox) => inbox.me.rights.includes("manage_channels"));
  return mayLook ? <Ledger messageAddress={messageAddress} /> : <p>{text("channels.ask_admin")}</p>;
}

function Ledger({ messageAddress }: Props) {
  const text = useText();
  const dayName = useDayName();
  const ledger = useLedger();
  const { days, day } = ledger;
  if (!days) return null;
  const options = days.items.map(({ day: each, arrivals }, back) => ({
    value: each,
    label:
      arrivals === null ? dayName(each, back) : text("ledger.day", { day: dayName(each, back), arrivals }),
  }));
  return (
    <div className="ledger">
      <p className="settings-quiet">{text("ledger.lead")}</p>
      <div className="ledger-day">
        <Select
          label={text("ledger.choose", { zone: days.zone.replaceAll("_", " ") })}
          value={ledger.chosen ?? ""}
          onChange={(event) => ledger.choose(event.target.value)}
          options={options}
        />
      </div>
      {day && (
        <>
          <Found day={day} onCheck={ledger.check} />
          <Channels day={day} messageAddress={messageAddress} />
        </>
      )}
      <p className="settings-detail">{text("ledger.platforms_count_nothing")}</p>
    </div>
  );
}

function Channels({ day, messageAddress }: Props & { day: LedgerDay }) {
  const text = useText();
  const [looked, setLooked] = useState<{ readonly channel: ChannelFates; readonly fate: Fate } | null>(null);
  if (day.channels.length === 0) return <p className="settings-quiet">{text("ledger.nothing_came")}</p>;
  return (
    <>
      {day.channels.map((channel) => (
        <section key={channel.channel_id ?? ""} className="ledger-channel">
          <h2>
            <Icon name={markOf(channel.platform ?? undefined)} size={16} />
            <span className="grow">
              <bdi>{channelName(channel, text)}</bdi>
            </span>
            <span className="num">{text("list.count", { count: channel.arrivals })}</span>
          </h2>
          <ul>
            {channel.fates.map((fate) => (
              <li key={`${fate.outcome} ${fate.detail}`}>
                <button
                  type="button"
                  className="ledger-fate"
                  data-trouble={isTrouble(fate)}
                  onClick={() => setLooked({ channel, fate })}
                >
                  <span className="grow">{fateText(fate, text)}</span>
                  <span className="num">{text("list.count", { count: fate.count })}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {looked && (
        <ArrivalsDialog
          day={day.day}
          channel={looked.channel.channel_id}
          fate={looked.fate}
          title={`${channelName(looked.channel, text)} · ${fateText(looked.fate, text)}`}
          messageAddress={messageAddress}
          onClose={() => setLooked(null)}
        />
      )}
    </>
  );
}

function channelName({ channel_id, name }: ChannelFates, text: Text): string {
  return channel_id ? (name ?? "") : text("ledger.no_channel");
}

/** A day by its name; the first two have one of their own. */
function useDayName(): (day: string, back: number) => string {
  const text = useText();
  const intl = useIntl();
  return (day, back) => {
    const date = intl.formatDate(`${day}T12:00:00`, { weekday: "short", day: "numeric", month: "short" });
    if (back > 1) return date;
    return `${text(back === 0 ? "day.today" : "day.yesterday")} · ${date}`;
  };
}
