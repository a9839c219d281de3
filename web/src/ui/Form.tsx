import type { ComponentProps } from "react";
import type { FormState } from "../lib/useForm.ts";

interface Props extends Omit<ComponentProps<"form">, "onSubmit" | "noValidate"> {
  readonly state: FormState;
}

/** What is wrong with an entry stands beside it in our words: the browser's bubbles speak its own language. */
export function Form({ state, ...form }: Props) {
  return <form noValidate aria-busy={state.isBusy} onSubmit={state.submit} {...form} />;
}
