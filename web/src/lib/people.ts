import type { Contact, Member } from "../api/shapes.ts";
import type { Text } from "./text.ts";
import { isVisible } from "./visible.ts";

const TINTS = 5;

/** What a contact is called: their name, else their user name, else that we do not know. */
export function nameOf(contact: Contact, text: Text): string {
  if (isVisible(contact.name)) return contact.name.trim();
  return handleOf(contact) ?? text("contact.unnamed");
}

/** A contact's user name as people write it, where there is one that can be read. */
export function handleOf(contact: Contact): string | null {
  return isVisible(contact.username) ? `@${contact.username}` : null;
}

/** A teammate's tint, always the same one for the same member: an owner is found by colour without reading. */
export function tintOf(member: Member): number {
  const sum = Array.from(member.id).reduce(
    (total, sign) => (total * 31 + (sign.codePointAt(0) ?? 0)) % 9973,
    7,
  );
  return (sum % TINTS) + 1;
}

export function firstNameOf(member: Member): string {
  return member.name.split(/\s+/)[0] ?? member.name;
}

/** What is said of a member, and whether they are here just now. */
export function withPresence(said: string, { presence }: Member, text: Text): string {
  return presence === "gone" ? said : `${said} · ${text(`presence.${presence}`)}`;
}
