import { type FormEvent, useState } from "react";
import { ApiError } from "../api/http.ts";
import type { Wording } from "../api/shapes.ts";
import { type Problem, problemOf } from "./problems.ts";
import type { Said } from "./said.ts";
import { useSaid, useText } from "./text.ts";
import { wrongEntries } from "./wrong-entries.ts";

export interface FormState {
  readonly isBusy: boolean;
  readonly problem: Problem | null;
  readonly fields: Readonly<Record<string, string>>;
  readonly submit: (event: FormEvent<HTMLFormElement>) => void;
}

/** Sends a form's entries; what is wrong with one by itself is said beside it, and nothing sent. What the server refuses is shown at the entry that it names, or above them all. */
export function useForm(send: (entries: Record<string, string>) => Promise<unknown>): FormState {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<FormState["problem"]>(null);
  const [fields, setFields] = useState<FormState["fields"]>({});
  const say = useSaid();
  const text = useText();

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const wrong = wrongEntries(form);
    if (wrong.length > 0) {
      setProblem(null);
      setFields(Object.fromEntries(wrong.map((each) => [each.entry.name, text(each.text, each.values)])));
      wrong[0]?.entry.focus();
      return;
    }
    const entries = Object.fromEntries(
      Array.from(new FormData(form), ([name, value]) => [name, String(value)] as const),
    );
    setBusy(true);
    setProblem(null);
    setFields({});
    send(entries)
      .catch((error: unknown) => {
        const refused = refusedFields(error);
        setFields(Object.fromEntries(refused.map(({ name, said }) => [name, say(said)])));
        const first = refused[0]?.name;
        const field = first ? form.elements.namedItem(first) : null;
        if (field instanceof HTMLElement) field.focus();
        else setProblem(problemOf(error));
      })
      .finally(() => setBusy(false));
  };
  return { isBusy, problem, fields, submit };
}

function refusedFields(error: unknown): readonly { readonly name: string; readonly said: Said }[] {
  if (!(error instanceof ApiError)) return [];
  const { fields, field_wordings: wordings } = error.details as Refusal;
  return Object.entries(fields ?? {}).map(([name, english]) => ({
    name,
    said: { english, wording: wordings?.[name] },
  }));
}

interface Refusal {
  readonly fields?: Readonly<Record<string, string>>;
  readonly field_wordings?: Readonly<Record<string, Wording | null>>;
}
