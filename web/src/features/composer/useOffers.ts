import { type RefObject, useState } from "react";
import type { Capabilities } from "../../api/shapes.ts";
import { useCommands } from "../../lib/commands/bound.ts";
import type { Allowance } from "../../lib/reply-window.ts";
import type { Drafts } from "../../sync/drafts.ts";
import type { CardKind } from "./CardDialog.tsx";

/** What can be begun besides writing; what is not carried is not there. */
export interface Offers {
  readonly choices?: () => void;
  readonly location?: () => void;
  readonly contact?: () => void;
}

interface Where {
  readonly conversationId: string;
  readonly drafts: Drafts;
  readonly capabilities: Capabilities;
  readonly allowance: Allowance;
  readonly box: RefObject<HTMLElement | null>;
}

/** Choices, a location and a contact card, from the menu and from the palette: what the channel carries just now. */
export function useOffers({ conversationId, drafts, capabilities, allowance, box }: Where) {
  const [asking, setAsking] = useState<CardKind | null>(null);
  const isShut = allowance.state === "shut";
  const beginChoices = () => {
    const { choices } = drafts.of(conversationId);
    if (choices.length === 0) drafts.change(conversationId, (draft) => ({ ...draft, choices: ["", ""] }));
    // After the menu or the palette has given the focus back.
    setTimeout(() => box.current?.querySelector<HTMLElement>(".choice-written input")?.focus());
  };
  const offers: Offers = isShut
    ? {}
    : {
        ...(capabilities.choices && { choices: beginChoices }),
        ...(capabilities.location && { location: () => setAsking("location") }),
        ...(capabilities.contact && { contact: () => setAsking("contact") }),
      };
  useCommands({
    ...(offers.choices && { offer_choices: offers.choices }),
    ...(offers.location && { add_location: offers.location }),
    ...(offers.contact && { add_contact: offers.contact }),
  });
  return { offers, asking, setAsking };
}
