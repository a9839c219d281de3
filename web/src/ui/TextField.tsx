import type { ComponentProps } from "react";
import { Labelled, type LabelledProps } from "./Labelled.tsx";

interface Props extends LabelledProps, Omit<ComponentProps<"textarea">, "id"> {}

/** An entry of several lines. */
export function TextField({ label, hint, problem, ...textarea }: Props) {
  return <Labelled {...{ label, hint, problem }}>{(tied) => <textarea {...tied} {...textarea} />}</Labelled>;
}
