import { useEffect, useState } from "react";
import type { Conversation, OpenQuestion } from "../../api/shapes.ts";
import { scriptOf } from "../../lib/script.ts";
import { useText } from "../../lib/text.ts";
import { useSession } from "../../sync/session.ts";
import { Icon } from "../../ui/Icon.tsx";
import "./OpenQuestions.css";

interface Props {
  readonly conversation: Conversation;
  /** The message that the answer quotes: its question is being answered. */
  readonly quoted: string | null;
}

/** What the customer has asked and nobody has answered: ticked by a click or by quoting, a hint and never a lock. */
export function OpenQuestions({ conversation, quoted }: Props) {
  const text = useText();
  const questions = useQuestions(conversation);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  if (questions.length === 0) return null;
  const isDone = ({ message_id, text }: OpenQuestion) => ticked.has(text) || message_id === quoted;
  const toggle = ({ text }: OpenQuestion) =>
    setTicked((before) => {
      const after = new Set(before);
      if (!after.delete(text)) after.add(text);
      return after;
    });
  return (
    <div className="questions">
      <span className="questions-count">{text("questions.asked", { count: questions.length })}</span>
      <ul aria-label={text("questions.label")}>
        {questions.map((question) => (
          <li key={question.text}>
            <button
              type="button"
              className="question"
              aria-pressed={isDone(question)}
              title={question.text}
              onClick={() => toggle(question)}
            >
              {isDone(question) && <Icon name="check" size={12} />}
              <span className="cut" dir="auto" lang={conversation.language?.code ?? scriptOf(question.text)}>
                {question.text}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Asked for again whenever something else is unanswered. */
function useQuestions({ id, preview, waiting_since }: Conversation): readonly OpenQuestion[] {
  const { api } = useSession();
  const [questions, setQuestions] = useState<readonly OpenQuestion[]>([]);
  const unanswered = waiting_since
    ? `${preview?.count} ${preview?.at} ${preview?.first.text} ${preview?.last?.text}`
    : null;
  useEffect(() => {
    let isCurrent = true;
    if (unanswered === null) setQuestions([]);
    else
      api.questionsIn(id).then(
        ({ items }) => isCurrent && setQuestions(items),
        () => undefined, // a hint that is not there hinders nobody
      );
    return () => {
      isCurrent = false;
    };
  }, [api, id, unanswered]);
  return questions;
}
