import type { ShelfItem } from "../../api/shapes.ts";
import { classText } from "../../lib/noise.ts";
import { nameOf } from "../../lib/people.ts";
import { scriptOf } from "../../lib/script.ts";
import { useText } from "../../lib/text.ts";
import { useTimes } from "../../lib/times.ts";
import { useInbox } from "../../sync/session.ts";
import { useManagedChannels } from "../../sync/useManagedChannels.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { markOf } from "../../ui/icons.tsx";
import { NoiseLink } from "../../ui/NoiseLink.tsx";
import { NothingHere, Page } from "../../ui/Page.tsx";
import { ContactAvatar } from "../contact/ContactAvatar.tsx";
import { saidOf } from "./shelved.ts";
import { useShelf } from "./useShelf.ts";
import "./ShelfPage.css";

interface Props {
  readonly onConversation: (conversation: string) => void;
  /** To where it is settled what comes here. */
  readonly onNoise: (channel: string) => void;
  readonly onBack: () => void;
}

/** What came in and is no work: counted, readable, and opened with one click where it is some after all. */
export function ShelfPage({ onConversation, onNoise, onBack }: Props) {
  const text = useText();
  const shelf = useShelf();
  const managed = useManagedChannels();
  const { items } = shelf;
  return (
    <Page title={text("shelf.title")} isBusy={items === null} onBack={onBack}>
      <div className="shelf-lead">
        {text("shelf.lead")}{" "}
        <NoiseLink channels={managed} onNoise={onNoise}>
          {text("shelf.settle")}
        </NoiseLink>
      </div>
      {shelf.classes.length > 0 && (
        <fieldset className="shelf-classes" aria-label={text("shelf.classes")}>
          <Button small aria-pressed={shelf.chosen === null} onClick={() => shelf.choose(null)}>
            {text("shelf.all_classes")}
          </Button>
          {shelf.classes.map(({ class: each, count }) => (
            <Button
              small
              key={each}
              aria-pressed={shelf.chosen === each}
              onClick={() => shelf.choose(shelf.chosen === each ? null : each)}
            >
              {classText(each, text)} <span className="num">{text("list.count", { count })}</span>
            </Button>
          ))}
        </fieldset>
      )}
      {shelf.isBehind && (
        <p className="shelf-news" role="status">
          {text("shelf.changed")}{" "}
          <Button look="link" onClick={shelf.reload}>
            {text("shelf.show")}
          </Button>
        </p>
      )}
      {shelf.offered && <Offer item={shelf.offered} onAnswer={shelf.answer} />}
      {items?.length === 0 && (
        <NothingHere title={text("shelf.none")}>{text("shelf.none_meaning")}</NothingHere>
      )}
      <ul aria-label={text("shelf.title")}>
        {items?.map((item) => (
          <ShelfRow
            key={item.id}
            item={item}
            onOpen={() => shelf.open(item)}
            onRead={() => onConversation(item.conversation_id)}
          />
        ))}
      </ul>
      {shelf.hasMore && <Button onClick={shelf.more}>{text("shelf.more")}</Button>}
    </Page>
  );
}

/** What was opened by hand could open by itself the next time. */
function Offer({ item, onAnswer }: { item: ShelfItem; onAnswer: (isWanted: boolean) => void }) {
  const text = useText();
  const channel = useInbox((inbox) => inbox.channels.find(({ id }) => id === item.channel_id));
  const what = { class: classText(item.class, text), channel: channel?.name ?? "" };
  return (
    <p className="shelf-offer" role="status">
      <span className="grow">{text("shelf.offer", what)}</span>
      <Button small onClick={() => onAnswer(true)}>
        {text("shelf.offer_yes")}
      </Button>
      <Button small look="plain" onClick={() => onAnswer(false)}>
        {text("shelf.offer_no")}
      </Button>
    </p>
  );
}

interface RowProps {
  readonly item: ShelfItem;
  readonly onOpen: () => void;
  readonly onRead: () => void;
}

function ShelfRow({ item, onOpen, onRead }: RowProps) {
  const text = useText();
  const times = useTimes(text);
  const channel = useInbox((inbox) => inbox.channels.find(({ id }) => id === item.channel_id));
  const name = nameOf(item.contact, text);
  const words = saidOf(item, text);
  return (
    <li className="shelf-row">
      <button type="button" className="shelf-who" onClick={onRead}>
        <ContactAvatar contact={item.contact}>
          <span className="row-channel">
            <Icon name={markOf(channel?.platform)} size={13} />
          </span>
        </ContactAvatar>
        <span className="shelf-words">
          <span className="shelf-name">
            <span className="cut" dir="auto" lang={scriptOf(name)}>
              {name}
            </span>
            <time className="num" dateTime={item.at} title={times.full(item.at)}>
              {times.short(item.at)}
            </time>
          </span>
          <span className="shelf-said cut" dir="auto" lang={scriptOf(words)}>
            {words}
          </span>
          <span className="shelf-why">
            {text("shelf.why", { why: classText(item.class, text), channel: channel?.name ?? "" })}
          </span>
        </span>
      </button>
      <Button small onClick={onOpen} aria-label={text("shelf.open_of", { name })}>
        {text("shelf.open")}
      </Button>
    </li>
  );
}
