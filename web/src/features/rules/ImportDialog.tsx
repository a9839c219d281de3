import { useState } from "react";
import { problemOf } from "../../lib/problems.ts";
import { useSaid, useText } from "../../lib/text.ts";
import { useSession } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { RuleText } from "./RuleText.tsx";
import { isInvalid, saidOfText } from "./useSaving.ts";

interface Props {
  readonly most: number;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** Rules from a text: all of them or none. */
export function ImportDialog({ most, onClose, onDone }: Props) {
  const text = useText();
  const say = useSaid();
  const { api, notices } = useSession();
  const [written, setWritten] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const take = async () => {
    try {
      await api.rules.takeIn(written);
      onDone();
    } catch (error) {
      if (isInvalid(error)) setProblem(say(saidOfText(error)));
      else notices.tell(problemOf(error));
    }
  };
  return (
    <Dialog title={text("rules.import")} wide onClose={onClose}>
      <p className="settings-quiet">{text("rules.import_meaning")}</p>
      <RuleText text={written} most={most} problem={problem} onChange={setWritten} />
      <p className="settings-answers">
        <Button look="main" aria-disabled={!written.trim()} onClick={() => written.trim() && void take()}>
          {text("rules.import_submit")}
        </Button>
        <Button look="plain" onClick={onClose}>
          {text("action.cancel")}
        </Button>
      </p>
    </Dialog>
  );
}
