import { useEffect } from "react";
import type { Conversation, Person } from "../../api/shapes.ts";
import { doneAssigning, useAssignedAskedFor } from "../../lib/assigning.ts";
import { nameOf } from "../../lib/people.ts";
import { useText } from "../../lib/text.ts";
import { useInbox, useSession } from "../../sync/session.ts";
import { Icon } from "../../ui/Icon.tsx";
import { MemberAvatar } from "../../ui/MemberAvatar.tsx";
import { NobodyMark } from "../../ui/NobodyMark.tsx";
import { PickDialog } from "../../ui/PickDialog.tsx";
import { type Choice, choicesFor } from "./choices.ts";
import { PersonStanding } from "./PersonStanding.tsx";
import { usePeople } from "./usePeople.ts";
import "./AssignPicker.css";

const MOST_LETTERS = 100;

/** To whom one conversation, or many, shall be given: by typing a name, with what each has to do already. */
export function AssignPicker() {
  const asked = useAssignedAskedFor();
  useEffect(() => doneAssigning, []);
  const rows = useInbox((inbox) => inbox.conversations);
  const conversations = asked.flatMap((id) => rows.get(id) ?? []);
  if (conversations.length === 0) return null;
  return <Picker conversations={conversations} />;
}

function Picker({ conversations }: { conversations: readonly Conversation[] }) {
  const text = useText();
  const { assigning } = useSession();
  const me = useInbox((inbox) => inbox.me);
  const members = useInbox((inbox) => inbox.members);
  const teams = useInbox((inbox) => inbox.teams);
  const counts = useInbox((inbox) => inbox.counts);
  const { people } = usePeople();
  const ids = conversations.map(({ id }) => id);
  const only = conversations.length === 1 ? conversations[0] : undefined;

  const choose = (choice: Choice) => {
    doneAssigning();
    if (choice.kind === "member") assigning.give(ids, choice.member);
    else if (choice.kind === "team") assigning.queue(ids, choice.team);
    else if (choice.kind === "nobody") assigning.handBack(ids);
    else assigning.leaveQueue(ids);
  };
  const title = only
    ? text("assign.for_one", { name: nameOf(only.contact, text) })
    : text("assign.for_many", { count: conversations.length });
  return (
    <PickDialog
      title={title}
      field={text("assign.find")}
      most={MOST_LETTERS}
      picksFor={(written) =>
        choicesFor(written, { me, members, teams, counts }, conversations).map((choice) => ({
          key: keyOf(choice),
          choice,
          isOn: "isOn" in choice && choice.isOn,
          line: (
            <ChoiceLine
              choice={choice}
              isMe={choice.kind === "member" && choice.member.id === me.id}
              person={people?.items.find(({ id }) => id === keyOf(choice))}
            />
          ),
        }))
      }
      onPick={choose}
      onClose={doneAssigning}
      nothing={text("assign.none")}
    />
  );
}

function keyOf(choice: Choice): string {
  if (choice.kind === "member") return choice.member.id;
  return choice.kind === "team" ? choice.team.id : choice.kind;
}

interface LineProps {
  readonly choice: Choice;
  readonly isMe: boolean;
  /** How they are just now, once the server has said. */
  readonly person: Person | undefined;
}

function ChoiceLine({ choice, isMe, person }: LineProps) {
  const text = useText();
  switch (choice.kind) {
    case "member":
      return (
        <>
          <MemberAvatar member={choice.member} size="small" />
          <span className="grow cut" dir="auto">
            {isMe ? text("members.you", { name: choice.member.name }) : choice.member.name}
          </span>
          {person && <PersonStanding person={person} />}
          <span className="assign-load num">{text("assign.load", { count: choice.load })}</span>
          {choice.isOn && <Icon name="check" />}
        </>
      );
    case "team":
      return (
        <>
          <span className="assign-mark">
            <Icon name="people" />
          </span>
          <span className="grow cut" dir="auto">
            {choice.team.name}
          </span>
          <span className="assign-load num">{text("assign.queue", { count: choice.load })}</span>
          {choice.isOn && <Icon name="check" />}
        </>
      );
    case "nobody":
    case "no_team":
      return (
        <>
          <span className="assign-mark">
            {choice.kind === "nobody" ? <NobodyMark /> : <Icon name="cross" />}
          </span>
          <span className="grow cut">{text(`assign.${choice.kind}`)}</span>
        </>
      );
  }
}
