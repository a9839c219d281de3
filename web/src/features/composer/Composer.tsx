import {
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import type { Channel, Conversation, Message } from "../../api/shapes.ts";
import { useCommands } from "../../lib/commands/bound.ts";
import { hearWriting } from "../../lib/commands/writing.ts";
import { nameOf } from "../../lib/people.ts";
import { useAllowance } from "../../lib/reply-window.ts";
import { wantTemplate } from "../../lib/templates-wanted.ts";
import { useText } from "../../lib/text.ts";
import { type Draft, isEmpty } from "../../sync/drafts.ts";
import { useDraft, useInbox, useSession } from "../../sync/session.ts";
import { EmojiButton } from "../../ui/emoji/EmojiButton.tsx";
import { WritingTabs } from "../../ui/WritingTabs.tsx";
import { Allowed } from "./Allowed.tsx";
import { CardDialog } from "./CardDialog.tsx";
import { ChoicesEditor } from "./ChoicesEditor.tsx";
import { DraftCards } from "./DraftCards.tsx";
import { DraftFiles } from "./DraftFiles.tsx";
import { DraftsBeside } from "./DraftsBeside.tsx";
import { DraftsOfOthers } from "./DraftsOfOthers.tsx";
import { toggledExpectation } from "./ExpectsAnswer.tsx";
import { FreshnessStrip } from "./FreshnessStrip.tsx";
import { hindranceOf, takesFiles } from "./fitToChannel.ts";
import { MoreToSend } from "./MoreToSend.tsx";
import { beginningAt, newsFor } from "./news.ts";
import { OpenQuestions } from "./OpenQuestions.tsx";
import { Quote } from "./Quote.tsx";
import { StillWriting } from "./StillWriting.tsx";
import { Tools } from "./Tools.tsx";
import { useDroppedFiles } from "./useDroppedFiles.ts";
import { useOffers } from "./useOffers.ts";
import { useTyping } from "./useTyping.ts";
import { useUploads } from "./useUploads.ts";
import { WindowNote } from "./WindowNote.tsx";
import "./Composer.css";

interface Props {
  readonly conversation: Conversation;
  readonly channel: Channel;
  readonly messages: readonly Message[];
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly onShowNews: (first: Message) => void;
}

/** Where the answer is written: what the channel allows beside it, what has happened meanwhile above it. */
export function Composer({ conversation, channel, messages, field, onShowNews }: Props) {
  const text = useText();
  const { drafts, replies, store } = useSession();
  const me = useInbox((inbox) => inbox.me.id);
  const draft = useDraft(conversation.id);
  const uploads = useUploads(conversation.id, channel.capabilities);
  const name = nameOf(conversation.contact, text);
  const allowance = useAllowance(conversation.window);
  const hindrance = hindranceOf(draft, channel.capabilities, allowance, conversation.contact, name);
  const news = newsFor(draft, messages, me);
  const choosing = useRef<HTMLInputElement>(null);
  const [isEmojiOpen, setEmojiOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const latest = useRef(messages);
  latest.current = messages;

  const typing = useTyping(conversation.id, channel.capabilities);
  const write = useCallback(
    (written: string) => {
      drafts.change(conversation.id, (draft) => ({
        ...draft,
        text: written,
        begun: draft.begun ?? beginningAt(store.seq, latest.current),
      }));
      typing(written);
    },
    [drafts, conversation.id, store, typing],
  );
  const send = useCallback(
    (after: "stay" | "close") => {
      if (hindrance) return;
      void replies.send(conversation.id, after);
      field.current?.focus();
    },
    [hindrance, replies, conversation.id, field],
  );
  const runs = {
    send: () => send("stay"),
    send_and_close: () => send("close"),
    emoji: () => setEmojiOpen(true),
    attach: () => choosing.current?.click(),
    expects_answer: () => drafts.change(conversation.id, toggledExpectation),
  };
  const whyNotSend = hindrance && "why_not.cannot_be_sent";
  const chooseTemplate = () => wantTemplate(conversation.id);
  useCommands({
    template: { run: chooseTemplate, whyNot: channel.templates ? null : "why_not.no_templates" },
    send: { run: runs.send, whyNot: whyNotSend },
    send_and_close: { run: runs.send_and_close, whyNot: whyNotSend },
    emoji: runs.emoji,
    attach: { run: runs.attach, whyNot: takesFiles(channel.capabilities) ? null : "why_not.no_files" },
    expects_answer: runs.expects_answer,
  });
  const showNews = () => {
    const begun = beginningAt(store.seq, messages);
    drafts.change(conversation.id, (draft) => ({ ...draft, begun, refused: null }));
    if (news[0]) onShowNews(news[0]);
    field.current?.focus();
  };

  const { offers, asking, setAsking } = useOffers({
    conversationId: conversation.id,
    drafts,
    capabilities: channel.capabilities,
    allowance,
    box,
  });
  const change = (changes: Partial<Draft>) => drafts.change(conversation.id, (d) => ({ ...d, ...changes }));
  const isDropping = useDroppedFiles(uploads.add);
  useForgottenBeginning(conversation.id, draft.text === "" && isEmpty(draft));
  useGrowing(field, draft.text);

  return (
    <section
      className="composer"
      aria-label={text("composer.label")}
      data-drop={isDropping}
      onKeyDown={(event) => hearWriting(event, runs)}
    >
      <StillWriting messages={messages} />
      <OpenQuestions conversation={conversation} quoted={draft.replyTo} />
      <DraftsOfOthers conversation={conversation} />
      <DraftsBeside conversationId={conversation.id} />
      <FreshnessStrip count={news.length} wasRefused={draft.refused !== null} onShow={showNews} />
      <div className="composer-box" ref={box}>
        <div className="composer-head">
          <WritingTabs conversationId={conversation.id} />
          <Allowed window={conversation.window} channel={channel} />
        </div>
        <WindowNote
          allowance={allowance}
          name={name}
          onTemplate={channel.templates ? chooseTemplate : null}
        />
        <Quote
          conversationId={conversation.id}
          messageId={draft.replyTo}
          onDrop={() => change({ replyTo: null })}
        />
        <textarea
          ref={field}
          className="composer-text"
          data-reply
          dir="auto"
          rows={1}
          aria-label={text("composer.to", { name })}
          placeholder={text("composer.placeholder")}
          value={draft.text}
          disabled={conversation.contact.blocked_us}
          // What was written stays where it can be read and copied.
          readOnly={allowance.state === "shut"}
          onChange={(event) => write(event.target.value)}
          onPaste={(event) => {
            if (event.clipboardData.files.length === 0) return;
            event.preventDefault();
            uploads.add(event.clipboardData.files);
          }}
          onKeyDown={leaveByKey}
        />
        {channel.capabilities.choices && (
          <ChoicesEditor
            choices={draft.choices}
            rule={channel.capabilities.choices}
            onChange={(choices) => change({ choices })}
            field={field}
          />
        )}
        <DraftCards
          draft={draft}
          onEdit={setAsking}
          onRemove={(kind) => {
            change({ [kind]: null });
            field.current?.focus();
          }}
        />
        <DraftFiles files={draft.files} uploads={uploads} onGone={() => field.current?.focus()} />
        <Tools
          conversationId={conversation.id}
          draft={draft}
          channel={channel}
          hindrance={hindrance}
          choosing={choosing}
          onFiles={uploads.add}
          onSend={send}
          onTemplate={channel.templates ? chooseTemplate : null}
          more={<MoreToSend offers={offers} />}
          emoji={<EmojiButton field={field} isOpen={isEmojiOpen} onOpen={setEmojiOpen} />}
        />
      </div>
      <CardDialog
        kind={asking}
        draft={draft}
        capabilities={channel.capabilities}
        onDone={(cards) => {
          change(cards);
          setAsking(null);
        }}
        onClose={() => setAsking(null)}
      />
    </section>
  );
}

/** Escape leaves the field for what is being answered. */
function leaveByKey(event: KeyboardEvent): void {
  const isComposing = event.nativeEvent.isComposing || event.keyCode === 229;
  if (event.key === "Escape" && !isComposing) document.querySelector<HTMLElement>("[data-timeline]")?.focus();
}

/** An empty draft has no beginning: whatever comes now has been seen before the first letter. */
function useForgottenBeginning(conversationId: string, isEmpty: boolean): void {
  const { drafts } = useSession();
  useEffect(() => {
    if (!isEmpty) return;
    const { begun, refused } = drafts.of(conversationId);
    if (begun || refused)
      drafts.change(conversationId, (draft) => ({ ...draft, begun: null, refused: null }));
  }, [drafts, conversationId, isEmpty]);
}

/** The field is as tall as its text, up to a third of the window (its style says so). */
function useGrowing(field: RefObject<HTMLTextAreaElement | null>, written: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const shown = field.current;
    if (!shown) return;
    shown.style.blockSize = "auto";
    shown.style.blockSize = `${shown.scrollHeight}px`;
  }, [field, written]);
}
