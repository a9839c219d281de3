import { useCallback } from "react";
import type { Contact } from "../api/shapes.ts";
import { nameOf } from "../lib/people.ts";
import { problemOf } from "../lib/problems.ts";
import { useText } from "../lib/text.ts";
import { useSession } from "./session.ts";

interface Shelved {
  readonly id: string;
  readonly contact: Contact;
}

/** Opens what lies on the shelf, as work after all, with the way to put it back. False: it was refused, and that is said. */
export function useOpening(): (item: Shelved, onPutBack?: () => void) => Promise<boolean> {
  const text = useText();
  const { api, notices } = useSession();
  return useCallback(
    async ({ id, contact }, onPutBack) => {
      const tell = (error: unknown) => void notices.tell(problemOf(error));
      const putBack = () => void api.shelf.putBack(id).then(onPutBack, tell);
      try {
        await api.shelf.open(id);
      } catch (error) {
        tell(error);
        return false;
      }
      notices.show("shelf.opened", { name: nameOf(contact, text) }, { label: "action.undo", run: putBack });
      return true;
    },
    [api, notices, text],
  );
}
