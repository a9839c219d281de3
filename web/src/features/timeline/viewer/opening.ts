import { createContext, useContext } from "react";

/** Shows a picture or a film over everything, by its id. */
export const ViewerContext = createContext<(attachmentId: string) => void>(() => {});

export function useViewer(): (attachmentId: string) => void {
  return useContext(ViewerContext);
}
