import { type MessageFormatElement, TYPE } from "@formatjs/icu-messageformat-parser";

/** The few texts that the worker says, in one language; compiled as the catalogues are. */
export type Texts = Readonly<Record<string, readonly MessageFormatElement[]>>;
export type Say = (id: string, count?: number) => string;

/** Texts with at most a count in them: a whole formatter would be larger than the worker. */
export function sayIn(locale: string, texts: Texts): Say {
  return (id, count = 1) => {
    const text = texts[id] ?? texts["push.messages"] ?? [];
    return text.map((element) => written(element, count, locale)).join("");
  };
}

function written(element: MessageFormatElement, count: number, locale: string): string {
  switch (element.type) {
    case TYPE.literal:
      return element.value;
    case TYPE.pound:
      return new Intl.NumberFormat(locale).format(count);
    case TYPE.plural: {
      const form = new Intl.PluralRules(locale).select(count);
      const option = element.options[form] ?? element.options.other;
      return option?.value.map((inner) => written(inner, count, locale)).join("") ?? "";
    }
    default:
      return "";
  }
}
