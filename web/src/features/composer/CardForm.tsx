import { type FormEvent, type ReactNode, useState } from "react";
import { useText } from "../../lib/text.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";

interface Props {
  readonly title: string;
  /** The name of the first field that cannot stay as it is. */
  readonly wrong: string | null;
  readonly onDone: () => void;
  readonly onClose: () => void;
  /** Its fields; what is missing is said once somebody has tried. */
  readonly children: (isTried: boolean) => ReactNode;
}

/** Asks for a card that goes with the reply. */
export function CardForm({ title, wrong, onDone, onClose, children }: Props) {
  const text = useText();
  const [isTried, setTried] = useState(false);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setTried(true);
    if (wrong === null) return onDone();
    const field = event.currentTarget.elements.namedItem(wrong);
    if (field instanceof HTMLElement) field.focus();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form className="card-form" noValidate onSubmit={submit}>
        {children(isTried)}
        <p className="card-answers">
          <Button look="main" type="submit">
            {text("cards.add")}
          </Button>
        </p>
      </form>
    </Dialog>
  );
}
