import type { Member, Role } from "../../api/shapes.ts";

const NEEDED = { member: "manage_members", admin: "manage_members", owner: "manage_owners" } as const;

/** The roles that this member may give and take; the server asks for the same right. */
export function rolesToGive(me: Member): readonly Role[] {
  return (["member", "admin", "owner"] as const).filter((role) => me.rights.includes(NEEDED[role]));
}
