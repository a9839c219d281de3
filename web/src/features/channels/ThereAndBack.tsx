import { useEffect, useRef, useState } from "react";
import type { Platform, Setup } from "../../api/shapes.ts";
import { newId } from "../../lib/ids.ts";
import { wordsOf } from "../../lib/kinds.ts";
import { nameOf } from "../../lib/people.ts";
import { problemOf } from "../../lib/problems.ts";
import { scriptOf } from "../../lib/script.ts";
import { useText } from "../../lib/text.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { CheckLine } from "./Checks.tsx";
import { useSentence } from "./PlatformPage.tsx";

interface Props {
  readonly setup: Setup;
  readonly platform: Platform;
  readonly onConversation: (conversation: string) => void;
}

/** A message of one's own that comes in, and an answer that goes out: only then it is known to work. */
export function ThereAndBack({ setup, platform, onConversation }: Props) {
  const text = useText();
  const say = useSentence();
  const { api, store, notices } = useSession();
  const conversation = useConversation(setup);
  const [isBusy, setBusy] = useState(false);
  const heard = setup.checks.find(({ name }) => name === "heard");
  const answered = setup.checks.find(({ name }) => name === "answered");

  const during = (work: Promise<unknown>) => {
    setBusy(true);
    work.catch((error: unknown) => notices.tell(problemOf(error))).finally(() => setBusy(false));
  };
  const answer = (id: string) =>
    api.reply(id, {
      text: text("setup.answer_text"),
      idempotency_key: newId(),
      seen_seq: store.current().inbox.seq,
      attachment_ids: [],
      choices: [],
      draft_version: 0,
      // biome-ignore lint/suspicious/noThenProperty: the word of the contract; nobody awaits it
      then: "stay",
      expects_answer: false,
    });
  return (
    <section aria-labelledby="there-and-back" className="guide-section">
      <h3 id="there-and-back">{text("setup.there_and_back")}</h3>
      {!heard && <p>{say(platform.first_word)}</p>}
      <ul className="guide-checks" aria-live="polite">
        <CheckLine name="heard" check={heard} />
        <CheckLine name="answered" check={answered} />
      </ul>
      {heard && conversation && <FirstWord key={conversation} conversation={conversation} />}
      {!heard && <p className="channels-quiet">{text("setup.waiting_for_message")}</p>}
      <p className="channels-answers">
        {!heard && setup.simulated && (
          <Button
            aria-disabled={isBusy}
            onClick={() => !isBusy && during(api.setups.practiceMessage(setup.id))}
          >
            {text("setup.practice_message")}
          </Button>
        )}
        {heard && !answered && conversation && (
          <Button look="main" aria-disabled={isBusy} onClick={() => !isBusy && during(answer(conversation))}>
            {text(isBusy ? "setup.answering" : "setup.answer")}
          </Button>
        )}
        {heard && conversation && (
          <Button onClick={() => onConversation(conversation)}>{text("setup.open_conversation")}</Button>
        )}
      </p>
    </section>
  );
}

/** Who wrote, and what, as far as that is known: a name may come later than the message. */
function FirstWord({ conversation }: { conversation: string }) {
  const text = useText();
  const { actions } = useSession();
  const contact = useInbox((inbox) => inbox.conversations.get(conversation)?.contact);
  const said = useInbox((inbox) =>
    inbox.timelines.get(conversation)?.items.findLast(({ side }) => side === "customer"),
  );
  useEffect(() => {
    void actions.open(conversation);
  }, [actions, conversation]);
  if (!contact || !said) return null;
  const name = nameOf(contact, text);
  const words = wordsOf(said, text);
  return (
    <figure className="guide-heard">
      <figcaption dir="auto" lang={scriptOf(name)}>
        {name}
      </figcaption>
      <blockquote dir="auto" lang={scriptOf(words)}>
        {words}
      </blockquote>
    </figure>
  );
}

/** The conversation in which the message stands, looked for again whenever something has happened. */
function useConversation(setup: Setup): string | null {
  const { api } = useSession();
  const seq = useInbox((inbox) => inbox.seq);
  const [conversation, setConversation] = useState<string | null>(null);
  const isAsking = useRef(false);
  const isOver = setup.state === "live" && conversation !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: every change may be the one that is waited for
  useEffect(() => {
    if (isOver || isAsking.current) return;
    isAsking.current = true;
    api.setups
      .look(setup.id)
      .then(
        ({ conversation_id }) => setConversation(conversation_id ?? null),
        () => undefined,
      )
      .finally(() => {
        isAsking.current = false;
      });
  }, [api, setup.id, seq, isOver]);
  return conversation;
}
