import type { MessageId } from "../messages/catalogue.ts";
import type { Problem } from "./problems.ts";
import type { Values } from "./text.ts";

/** One line that comes up over the screen and goes by itself, with at most one thing to press. */
export interface Notice {
  readonly key: number;
  readonly text: MessageId;
  readonly values: Values;
  readonly action: { readonly label: MessageId; readonly run: () => void } | null;
}

/** The notice on the screen, of which there is one, and what a screen reader is told politely. */
export class Notices {
  private shown: Notice | null = null;
  private readonly listeners = new Set<() => void>();
  private made = 0;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly current = (): Notice | null => this.shown;

  show(text: MessageId, values: Notice["values"] = {}, action: Notice["action"] = null): void {
    this.made += 1;
    this.replace({ key: this.made, text, values, action });
  }

  tell(problem: Problem): void {
    this.show(problem.text, problem.values);
  }

  dismiss(): void {
    if (this.shown) this.replace(null);
  }

  private replace(notice: Notice | null): void {
    this.shown = notice;
    for (const listener of this.listeners) listener();
  }
}
