import type { AlarmMessage, GivenMessage, PushMessage, TurnMessage } from "./push-message.ts";
import type { Say } from "./texts.ts";

/** What stands on a screen, and where it leads. */
export interface Shown {
  readonly title: string;
  readonly options: NotificationOptions & {
    readonly renotify?: boolean;
    readonly data: {
      readonly workspace: string;
      readonly conversation: string | null;
      /** The conversation that was given, which need not wait for us. */
      readonly given?: string | null;
      readonly address: string;
    };
  };
}

const PICTURES = { icon: "/icons/icon-192.png", badge: "/icons/badge-96.png" };

/** One conversation has one notification: the tag. What changes it silently does not ring again. */
export function shownFor(message: PushMessage, say: Say, direction: "ltr" | "rtl"): Shown {
  const common = { ...PICTURES, lang: message.locale, dir: direction };
  if (message.about === "test") {
    const address = `/w/${encodeURIComponent(message.workspace)}/notifications`;
    const data = { workspace: message.workspace, conversation: null, address };
    return { title: "Dragoman", options: { ...common, body: say("push.test"), tag: "test", data } };
  }
  if (message.about === "alarm") return shownForAlarm(message, say, common);
  if (message.about === "given") return shownForGiven(message, say, common);
  const isSilent = message.silent === true || message.sound === false;
  return {
    title: message.name ?? "Dragoman",
    options: {
      ...common,
      body: bodyOf(message, say),
      tag: tagOf(message.workspace, message.conversation),
      silent: isSilent,
      renotify: !isSilent,
      data: {
        workspace: message.workspace,
        conversation: message.conversation,
        address: `/w/${encodeURIComponent(message.workspace)}/waiting/${encodeURIComponent(message.conversation)}`,
      },
    },
  };
}

/** Who is about to be shut out is answered where they are; everything else is looked at in its list. */
function shownForAlarm(message: AlarmMessage, say: Say, common: NotificationOptions): Shown {
  const { workspace, alarm, what, conversation, name, sound } = message;
  const place = conversation ? `waiting/${encodeURIComponent(conversation)}` : "alarms";
  const address = `/w/${encodeURIComponent(workspace)}/${place}`;
  return {
    title: name ?? "Dragoman",
    options: {
      ...common,
      body: say(`push.alarm.${what}`),
      tag: `${workspace} alarm ${alarm}`,
      silent: sound === false,
      data: { workspace, conversation: null, address },
    },
  };
}

/** One in the place of what was shown of its conversation before; several lead to all that is one's own. */
function shownForGiven(message: GivenMessage, say: Say, common: NotificationOptions): Shown {
  const { workspace, conversation, name, count = 1, sound } = message;
  const mine = `/w/${encodeURIComponent(workspace)}/mine`;
  const isSilent = sound === false;
  return {
    title: name ?? "Dragoman",
    options: {
      ...common,
      body: say("push.given", count),
      tag: conversation ? tagOf(workspace, conversation) : `${workspace} given`,
      silent: isSilent,
      renotify: !isSilent,
      data: {
        workspace,
        conversation: null,
        given: conversation ?? null,
        address: conversation ? `${mine}/${encodeURIComponent(conversation)}` : mine,
      },
    },
  };
}

export function tagOf(workspace: string, conversation: string): string {
  return `${workspace} ${conversation}`;
}

/** Of the conversations whose notifications are on the screen, those that are over. */
export function overFor(message: TurnMessage, shown: readonly string[]): readonly string[] {
  const { standing } = message;
  return standing ? shown.filter((conversation) => !standing.includes(conversation)) : [];
}

function bodyOf({ words, kind, count = 1 }: TurnMessage, say: Say): string {
  if (words) return words;
  return kind ? say(`kind.${kind}`) : say("push.messages", count);
}
