import type { ComponentProps } from "react";
import { Labelled, type LabelledProps } from "./Labelled.tsx";

interface Props extends LabelledProps, Omit<ComponentProps<"input">, "id"> {}

/** One entry of a form. */
export function Field({ label, hint, problem, ...input }: Props) {
  return <Labelled {...{ label, hint, problem }}>{(tied) => <input {...tied} {...input} />}</Labelled>;
}
