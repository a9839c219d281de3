import { useText } from "../../lib/text.ts";
import { Button } from "../../ui/Button.tsx";
import { Icon } from "../../ui/Icon.tsx";

interface Props {
  readonly count: number;
  readonly wasRefused: boolean;
  readonly onShow: () => void;
}

/** Somebody has written since this answer was begun. The text stays; the next press sends. */
export function FreshnessStrip({ count, wasRefused, onShow }: Props) {
  const text = useText();
  return (
    <div role="status">
      {count > 0 && (
        <div className="freshness">
          <Icon name="up" size={14} />
          <span className="grow">
            {text(wasRefused ? "freshness.not_sent" : "freshness.since", { count })}
          </span>
          <Button look="link" small onClick={onShow}>
            {text("action.show")}
          </Button>
        </div>
      )}
    </div>
  );
}
