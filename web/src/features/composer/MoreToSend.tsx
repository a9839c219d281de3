import { useText } from "../../lib/text.ts";
import { IconButton } from "../../ui/Button.tsx";
import { Menu } from "../../ui/Menu.tsx";
import type { Offers } from "./useOffers.ts";

/** Choices, a location, a contact card: as much of it as this channel carries just now. */
export function MoreToSend({ offers }: { offers: Offers }) {
  const text = useText();
  const items = [
    ...(offers.choices
      ? [{ key: "choices", label: text("keys.offer_choices"), icon: "choices" as const, run: offers.choices }]
      : []),
    ...(offers.location
      ? [{ key: "location", label: text("keys.add_location"), icon: "pin" as const, run: offers.location }]
      : []),
    ...(offers.contact
      ? [{ key: "contact", label: text("keys.add_contact"), icon: "person" as const, run: offers.contact }]
      : []),
  ];
  if (items.length === 0) return null;
  return (
    <Menu
      above
      items={items}
      trigger={(trigger) => <IconButton icon="plus" label={text("composer.more_to_send")} {...trigger} />}
    />
  );
}
