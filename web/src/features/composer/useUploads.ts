import { useCallback } from "react";
import { ApiError } from "../../api/http.ts";
import type { Capabilities, MediaKind } from "../../api/shapes.ts";
import { newId } from "../../lib/ids.ts";
import type { DraftFile } from "../../sync/drafts.ts";
import { useSession } from "../../sync/session.ts";
import { kindFor, largestFor } from "./fitToChannel.ts";
import { Uploading } from "./uploading.ts";

export interface Uploads {
  readonly add: (files: Iterable<File>) => void;
  /** Away with it, wherever it is just now. */
  readonly remove: (key: string) => void;
  /** Null where trying again leads to the same, or the file is not here any more. */
  readonly retryOf: (file: DraftFile) => (() => void) | null;
}

const uploading = new Uploading();

/** Files of a draft: they go up at once, so that they are there when the text is done. */
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

  const send = useCallback(
    ({ key, kind }: DraftFile, file?: File) => {
      change(key, { error: null, progress: 0 });
      uploading
        .run(key, file, (source, signal) =>
          api.upload(source, kind, (progress) => change(key, { progress }), signal),
        )
        .then((attachment) => attachment && change(key, { attachment, progress: 1 }))
        .catch((error: unknown) =>
          change(key, { error: error instanceof ApiError ? error.code : "unexpected" }),
        );
    },
    [api, change],
  );

  const add = useCallback(
    (files: Iterable<File>) => {
      for (const file of files) {
        const drafted = draftFor(file, capabilities);
        drafts.change(conversationId, (draft) => ({ ...draft, files: [...draft.files, drafted] }));
        if (!drafted.error) send(drafted, file);
      }
    },
    [drafts, conversationId, capabilities, send],
  );

  const remove = useCallback(
    (key: string) => {
      uploading.forget(key);
      drafts.change(conversationId, (draft) => ({
        ...draft,
        files: draft.files.filter((file) => file.key !== key),
      }));
    },
    [drafts, conversationId],
  );

  const retryOf = useCallback(
    (file: DraftFile) => (file.error && uploading.has(file.key) ? () => send(file) : null),
    [send],
  );

  return { add, remove, retryOf };
}

function draftFor(file: File, capabilities: Capabilities): DraftFile {
  const kind = kindFor(file.type, capabilities);
  return {
    key: newId(),
    name: file.name,
    kind: kind ?? "file",
    sizeBytes: file.size,
    mimeType: file.type,
    progress: 0,
    attachment: null,
    error: refusalOf(file, kind, capabilities),
  };
}

/** What would be refused after the whole way up, said before it. */
function refusalOf(file: File, kind: MediaKind | null, capabilities: Capabilities): string | null {
  if (kind === null) return "not_carried";
  if (file.size === 0) return "empty";
  return file.size > largestFor(kind, capabilities) ? "too_large" : null;
}
