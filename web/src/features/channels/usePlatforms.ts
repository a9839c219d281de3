import { useCallback, useEffect, useState } from "react";
import type { Platform } from "../../api/shapes.ts";
import { useSession } from "../../sync/session.ts";

/** Every platform with its guide; "broken" where the server cannot be asked just now, and the way to ask again. */
export function usePlatforms(): { platforms: readonly Platform[] | "broken" | null; ask: () => void } {
  const { api } = useSession();
  const [platforms, setPlatforms] = useState<readonly Platform[] | "broken" | null>(null);
  const ask = useCallback(() => {
    api.platforms().then(setPlatforms, () => setPlatforms("broken"));
  }, [api]);
  useEffect(ask, [ask]);
  return { platforms, ask };
}
