import { useCallback, useEffect, useRef, useState } from "react";
import type { Channel, Template } from "../api/shapes.ts";
import type { TemplatesAsked } from "../api/templates.ts";
import { useSession } from "./session.ts";

const WRITTEN_MILLISECONDS = 150;

export interface TemplateList {
  /** Null until the first answer. */
  readonly items: readonly Template[] | null;
  readonly languages: readonly string[];
  readonly isBroken: boolean;
  /** Null where all are here. */
  readonly more: (() => void) | null;
  readonly again: () => void;
}

interface Loaded {
  readonly items: readonly Template[] | null;
  readonly languages: readonly string[];
  readonly cursor: string | null;
  readonly isBroken: boolean;
}

const NOTHING: Loaded = { items: null, languages: [], cursor: null, isBroken: false };

/** A channel's templates: asked for anew when the words change, and when the server has looked at the platform again. */
export function useTemplates(channel: Channel, { words, language, approved }: TemplatesAsked): TemplateList {
  const { api } = useSession();
  const [loaded, setLoaded] = useState(NOTHING);
  const [tries, setTries] = useState(0);
  const latest = useRef(0);
  const lookedAt = channel.templates?.looked_at;

  const load = useCallback(
    (cursor: string | null) => {
      latest.current += 1;
      const mine = latest.current;
      const isOvertaken = () => mine !== latest.current;
      api.templates.page(channel.id, { words, language, approved }, cursor).then(
        ({ items, languages, next_cursor }) => {
          if (isOvertaken()) return;
          setLoaded((before) => ({
            items: cursor ? [...(before.items ?? []), ...items] : items,
            languages,
            cursor: next_cursor,
            isBroken: false,
          }));
        },
        () => isOvertaken() || setLoaded((before) => ({ ...before, isBroken: true })),
      );
    },
    [api, channel.id, words, language, approved],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at again, or asked again, and it may be another list
  useEffect(() => {
    const timer = setTimeout(() => load(null), words ? WRITTEN_MILLISECONDS : 0);
    return () => clearTimeout(timer);
  }, [load, lookedAt, tries]);

  return {
    items: loaded.items,
    languages: loaded.languages,
    isBroken: loaded.isBroken,
    more: loaded.cursor ? () => load(loaded.cursor) : null,
    again: () => setTries((n) => n + 1),
  };
}
