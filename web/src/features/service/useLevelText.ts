import { useCallback } from "react";
import { useIntl } from "react-intl";
import type { ServiceLevel } from "../../api/shapes.ts";
import { languageName } from "../../lib/languages.ts";
import { useText } from "../../lib/text.ts";
import { durationText } from "../../lib/times.ts";
import { useInbox } from "../../sync/session.ts";

interface Said {
  readonly whom: string;
  readonly promise: string;
  readonly measured: string;
}

/** A service level as one says it: of whom, what is promised, and by which clock. */
export function useLevelText(): (level: ServiceLevel) => Said {
  const text = useText();
  const { locale, formatList } = useIntl();
  const channels = useInbox((inbox) => inbox.channels);
  const labels = useInbox((inbox) => inbox.labels);
  return useCallback(
    (level) => {
      const named = [...channels, ...labels];
      const nameOf = (id: string) => named.find((each) => each.id === id)?.name ?? text("choices.gone");
      const any = (names: readonly string[]) => formatList(names, { type: "disjunction" });
      const long = (minutes: number) => durationText(text, minutes * 60);
      const whom = [
        level.priorities.length > 0 &&
          text("service.whom.priority", {
            names: any(level.priorities.map((each) => text(`priority.${each}`))),
          }),
        level.label_ids.length > 0 && text("service.whom.label", { names: any(level.label_ids.map(nameOf)) }),
        level.languages.length > 0 &&
          text("service.whom.language", {
            names: any(level.languages.map((each) => languageName(each, locale))),
          }),
        level.channel_ids.length > 0 &&
          text("service.whom.channel", { names: any(level.channel_ids.map(nameOf)) }),
      ].filter((each) => each !== false);
      const promise = [
        level.first_reply !== null && text("service.promise.first", { time: long(level.first_reply) }),
        level.next_reply !== null && text("service.promise.next", { time: long(level.next_reply) }),
      ].filter((each) => each !== false);
      const measured = [
        text(`service.measured.${level.measured}`),
        ...(level.warned ? [text("service.promise.warned", { time: long(level.warned) })] : []),
      ];
      return {
        whom: whom.length === 0 ? text("service.whom.everybody") : whom.join(" · "),
        promise: promise.join(" · "),
        measured: measured.join(" · "),
      };
    },
    [text, locale, formatList, channels, labels],
  );
}
