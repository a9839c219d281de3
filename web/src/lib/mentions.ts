import type { Member } from "../api/shapes.ts";

const MENTION = /<@([0-9a-f-]{36}|[\w-]+)>/g;

/** A piece of a note: plain words, or somebody who is mentioned. */
export type Piece = { readonly text: string; readonly member?: string };

/** A note in pieces. Whom nobody knows any more stays as the id that it was. */
export function piecesOfNote(text: string, members: readonly Member[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const found of text.matchAll(MENTION)) {
    const member = members.find(({ id }) => id === found[1]);
    if (!member) continue;
    if (found.index > from) pieces.push({ text: text.slice(from, found.index) });
    pieces.push({ text: `@${member.name}`, member: member.id });
    from = found.index + found[0].length;
  }
  return from < text.length ? [...pieces, { text: text.slice(from) }] : pieces;
}

/** A note as one writes it: with names. */
export function noteToWrite(text: string, members: readonly Member[]): string {
  return piecesOfNote(text, members)
    .map(({ text: words, member: id }) => {
      const member = members.find((each) => each.id === id);
      return member ? `@${calledAmong(member, members)}` : words;
    })
    .join("");
}

/** By what one member is told from all others: the name, and where somebody here has the same, the address too. */
export function calledAmong({ id, name, email }: Member, members: readonly Member[]): string {
  const isShared = members.some((other) => !other.has_left && other.id !== id && other.name === name);
  return isShared ? `${name} (${email})` : name;
}

/** A note as it is sent: with ids in the place of names. The longest names first, as one may begin another. */
export function noteToSend(written: string, members: readonly Member[]): string {
  const byLength = members
    .filter(({ has_left }) => !has_left)
    .map((member) => ({ id: member.id, called: calledAmong(member, members) }))
    .sort((one, other) => other.called.length - one.called.length);
  return byLength.reduce((text, { id, called }) => text.replaceAll(`@${called}`, `<@${id}>`), written);
}

/** What is being written of a name just before the caret, and where its `@` stands; null where there is none. */
export function nameBegunAt(
  text: string,
  caret: number,
): { readonly from: number; readonly name: string } | null {
  const begun = /(?:^|[\s(（])@([^\s@<>]{0,40}(?: [^\s@<>]{1,40})?)$/u.exec(text.slice(0, caret));
  if (!begun) return null;
  const name = begun[1] ?? "";
  return { from: caret - name.length - 1, name };
}

/** Those who may be meant: each word that is written begins one of the name's. */
export function membersMeant(name: string, members: readonly Member[]): readonly Member[] {
  const wanted = name.toLowerCase().split(/\s+/).filter(Boolean);
  return members.filter(
    (member) =>
      !member.has_left &&
      wanted.every((word) =>
        member.name
          .toLowerCase()
          .split(/\s+/)
          .some((part) => part.startsWith(word)),
      ),
  );
}
