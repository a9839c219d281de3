import { useEffect } from "react";
import { usePhone } from "../../lib/media.ts";
import { useText } from "../../lib/text.ts";
import { useSyncState } from "../../sync/session.ts";
import { Button } from "../../ui/Button.tsx";
import { QuietHouse } from "../../ui/QuietHouse.tsx";
import { RowSkeletons } from "./RowSkeletons.tsx";
import "./ConversationList.css";

interface Props {
  readonly onLeave: () => void;
  readonly onOrder: (order: readonly string[]) => void;
}

const NO_ROWS: readonly string[] = [];

/** An address names a view that is not there, as soon as that is certain: what was kept may be older than the view. */
export function NoSuchView({ onLeave, onOrder }: Props) {
  const text = useText();
  const isCertain = useSyncState(({ asOf }) => asOf === null);
  const isPhone = usePhone();
  const Frame = isPhone ? "main" : "section";
  useEffect(() => onOrder(NO_ROWS), [onOrder]);
  return (
    <Frame className="list" aria-label={text("list.label")}>
      {isCertain ? (
        <div className="list-empty">
          <QuietHouse />
          <h1>{text("views.none_such")}</h1>
          <p>{text("views.none_such_meaning")}</p>
          <p className="list-empty-acts">
            <Button onClick={onLeave}>{text("keys.go_waiting")}</Button>
          </p>
        </div>
      ) : (
        <RowSkeletons />
      )}
    </Frame>
  );
}
