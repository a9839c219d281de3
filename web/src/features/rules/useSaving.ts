import { useState } from "react";
import { ApiError } from "../../api/http.ts";
import type { Rule, RuleContent, Wording } from "../../api/shapes.ts";
import type { Said } from "../../lib/said.ts";
import { useSaid, useText } from "../../lib/text.ts";
import { useSession } from "../../sync/session.ts";

export interface Saving {
  readonly isBusy: boolean;
  /** Somebody pressed save: from then on what is wrong is said at its place. */
  readonly tried: boolean;
  readonly wrongText: string | null;
  readonly save: (content: RuleContent) => Promise<void>;
  /** The one rule that a text says, or null where it says none. */
  readonly read: (written: string) => Promise<RuleContent | null>;
}

/** Keeps a rule, new or changed. What is wrong with it stands at its place; anything else is thrown. */
export function useSaving(rule: Rule | null, onDone: () => void): Saving {
  const { api } = useSession();
  const say = useSaid();
  const text = useText();
  const [isBusy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const [wrongText, setWrongText] = useState<string | null>(null);

  const save = async (content: RuleContent) => {
    setBusy(true);
    setTried(true);
    try {
      if (rule) await api.rules.change(rule.id, rule.version, content);
      else await api.rules.create(content);
      onDone();
    } catch (error) {
      if (!isInvalid(error)) throw error;
    } finally {
      setBusy(false);
    }
  };
  const read = async (written: string) => {
    try {
      const found = await api.rules.read(written);
      const only = found.length === 1 ? (found[0] ?? null) : null;
      setWrongText(only ? null : text("rules.one_rule"));
      return only;
    } catch (error) {
      if (!isInvalid(error)) throw error;
      setWrongText(say(saidOfText(error)));
      return null;
    }
  };
  return { isBusy, tried, wrongText, save, read };
}

export function isInvalid(error: unknown): error is ApiError {
  return error instanceof ApiError && error.code === "invalid";
}

/** The line of a text that is wrong, and why. */
export function saidOfText(error: ApiError): Said {
  const { fields, field_wordings: wordings } = error.details as {
    fields?: { text?: string };
    field_wordings?: { text?: Wording | null };
  };
  return { english: fields?.text ?? error.message, wording: wordings?.text };
}
