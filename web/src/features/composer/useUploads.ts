import { useCallback } from "react";
import { ApiError } from "../../api/http.ts";
import type { Capabilities } from "../../api/shapes.ts";
import { newId } from "../../lib/ids.ts";
import type { DraftFile } from "../../sync/drafts.ts";
import { useSession } from "../../sync/session.ts";
import { kindFor, largestFor } from "./fitToChannel.ts";

interface Uploads {
  readonly add: (files: Iterable<File>) => void;
  readonly remove: (key: string) => void;
}

const underWay = new Map<string, AbortController>();

/** Files of a draft: each goes up at once, so that it is there when the text is done. */
export function useUploads(conversationId: string, capabilities: Capabilities): Uploads {
  const { api, drafts } = useSession();

  const change = useCallback(
    (key: string, differs: Partial<DraftFile>) =>
      drafts.change(conversationId, (draft) => ({
        ...draft,
        files: draft.files.map((file) => (file.key === key ? { ...file, ...differs } : file)),
      })),
    [drafts, conversationId],
  );

  const add = useCallback(
    (files: Iterable<File>) => {
      for (const file of files) {
        const drafted = draftFor(file, capabilities);
        drafts.change(conversationId, (draft) => ({ ...draft, files: [...draft.files, drafted] }));
        if (drafted.error) continue;
        const stop = new AbortController();
        underWay.set(drafted.key, stop);
        api
          .upload(file, drafted.kind, (progress) => change(drafted.key, { progress }), stop.signal)
          .then((attachment) => change(drafted.key, { attachment, progress: 1 }))
          .catch((error) =>
            change(drafted.key, { error: error instanceof ApiError ? error.code : "unexpected" }),
          )
          .finally(() => underWay.delete(drafted.key));
      }
    },
    [api, drafts, conversationId, capabilities, change],
  );

  const remove = useCallback(
    (key: string) => {
      underWay.get(key)?.abort();
      drafts.change(conversationId, (draft) => ({
        ...draft,
        files: draft.files.filter((file) => file.key !== key),
      }));
    },
    [drafts, conversationId],
  );

  return { add, remove };
}

function draftFor(file: File, capabilities: Capabilities): DraftFile {
  const kind = kindFor(file.type, capabilities);
  const isTooLarge = kind !== null && file.size > largestFor(kind, capabilities);
  return {
    key: newId(),
    name: file.name,
    kind: kind ?? "file",
    sizeBytes: file.size,
    mimeType: file.type,
    progress: 0,
    attachment: null,
    error: kind === null ? "not_carried" : isTooLarge ? "too_large" : null,
  };
}
