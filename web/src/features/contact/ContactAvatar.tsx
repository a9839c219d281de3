import type { ReactNode } from "react";
import type { Contact } from "../../api/shapes.ts";
import { useSession } from "../../sync/session.ts";
import { Avatar } from "../../ui/Avatar.tsx";

interface Props {
  readonly contact: Contact;
  readonly size?: "medium" | "row" | "large";
  readonly children?: ReactNode;
}

/** A customer by the picture that they show of themselves, or by their initials. */
export function ContactAvatar({ contact, size = "row", children }: Props) {
  const { api } = useSession();
  return (
    <Avatar
      name={contact.name ?? contact.username}
      size={size}
      picture={contact.picture_id ? api.attachmentAddress(contact.picture_id) : null}
    >
      {children}
    </Avatar>
  );
}
