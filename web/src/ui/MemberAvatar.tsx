import type { Member } from "../api/shapes.ts";
import { tintOf } from "../lib/people.ts";
import { Avatar } from "./Avatar.tsx";
import "./MemberAvatar.css";

interface Props {
  readonly member: Member;
  readonly size?: "tiny" | "small" | "row";
}

/** A teammate in their tint: who is here has a filled mark, who says that they are away a ring. Their name stands beside it. */
export function MemberAvatar({ member, size = "row" }: Props) {
  return (
    <Avatar name={member.name} size={size} tint={tintOf(member)}>
      {member.presence !== "gone" && <span className="presence" data-presence={member.presence} />}
    </Avatar>
  );
}
