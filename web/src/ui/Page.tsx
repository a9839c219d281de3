import type { ReactNode } from "react";
import { useText } from "../lib/text.ts";
import { IconButton } from "./Button.tsx";
import { QuietHouse } from "./QuietHouse.tsx";
import "./Page.css";

interface Props {
  readonly title: string;
  /** What a screen reader is to wait for. */
  readonly isBusy?: boolean;
  /** Where one comes from, when that is no view: then the way back is there on a desk as well. */
  readonly backTo?: string | undefined;
  readonly onBack: () => void;
  readonly children: ReactNode;
}

/** A page beside the navigation, in one column of a readable width. On a phone a way back stands at its head. */
export function Page({ title, isBusy = false, backTo, onBack, children }: Props) {
  const text = useText();
  return (
    <main className="page">
      <header className="bar">
        <span className="page-back" data-always={backTo !== undefined}>
          <IconButton icon="back" flips label={backTo ?? text("action.back")} onClick={onBack} />
        </span>
        <h1>{title}</h1>
      </header>
      <div className="page-body" aria-busy={isBusy}>
        {children}
      </div>
    </main>
  );
}

/** What stands on a page with nothing on it. */
export function NothingHere({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="page-none">
      <QuietHouse />
      <h2>{title}</h2>
      <p>{children}</p>
    </div>
  );
}
