import type { Message } from "../../api/shapes.ts";
import { useText } from "../../lib/text.ts";
import { useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";

/** What one can do about a reply that failed, or of which nobody knows whether it arrived. */
export function WaysOut({ message }: { message: Message }) {
  const text = useText();
  const { replies, notices } = useSession();
  const copy = async () => {
    await navigator.clipboard.writeText(message.text ?? "");
    notices.show("notice.copied");
  };
  if (message.delivery?.state === "unknown") {
    return (
      <div className="turn-ways-out">
        <Button small onClick={() => void replies.resolve(message, "ask")}>
          {text("action.ask_again")}
        </Button>
        <Button small onClick={() => void replies.resolve(message, "arrived")}>
          {text("action.it_arrived")}
        </Button>
        <Button small onClick={() => void replies.resolve(message, "send_again")}>
          {text("action.send_again")}
        </Button>
      </div>
    );
  }
  return (
    <div className="turn-ways-out">
      <Button small icon="retry" onClick={() => void replies.retry(message)}>
        {text("action.retry")}
      </Button>
      <Button small onClick={() => void replies.edit(message)}>
        {text("action.edit")}
      </Button>
      {message.text && (
        <Button small onClick={() => void copy()}>
          {text("action.copy")}
        </Button>
      )}
    </div>
  );
}
