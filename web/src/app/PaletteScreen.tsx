import { useState } from "react";
import type { Conversation } from "../api/shapes.ts";
import { Palette } from "../features/palette/Palette.tsx";
import { usePeople } from "../features/palette/usePeople.ts";
import { nameOf } from "../lib/people.ts";
import { useText } from "../lib/text.ts";
import { useInbox } from "../sync/session.ts";
import { markOf } from "../ui/icons.tsx";
import { type PlacesOfPalette, usePaletteEntries } from "./usePaletteEntries.ts";

interface Props extends PlacesOfPalette {
  readonly onConversation: (id: string) => void;
  readonly onClose: () => void;
}

/** The palette with all that this member can do and reach. */
export function PaletteScreen({ onConversation, onClose, ...places }: Props) {
  const text = useText();
  const [written, setWritten] = useState("");
  const entries = usePaletteEntries(places);
  const people = usePeople(written);
  const loaded = useInbox((inbox) => inbox.conversations);
  const channels = useInbox((inbox) => inbox.channels);
  const entryOf = (row: Conversation) => {
    const channel = channels.find(({ id }) => id === row.channel_id);
    return {
      key: `conversation ${row.id}`,
      label: nameOf(row.contact, text),
      icon: markOf(channel?.platform),
      detail: channel?.name ?? "",
      onlyAsked: true,
      run: () => onConversation(row.id),
    };
  };
  return (
    <Palette
      written={written}
      onWritten={setWritten}
      entries={[...entries, ...[...loaded.values()].map(entryOf)]}
      found={people.map(entryOf)}
      onClose={onClose}
    />
  );
}
