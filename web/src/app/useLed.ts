import { useEffect } from "react";
import { focusOn } from "../lib/focus.ts";
import { go, routeOf } from "./route.ts";

/** Where a notification or a shortcut of the installed app leads. */
export function useLed(): void {
  useEffect(() => {
    if (ARRIVED_FOR === "search") focusOn("[data-search]");
    if (!("serviceWorker" in navigator)) return;
    const hear = ({ data }: MessageEvent) => {
      if (data?.kind === "go" && typeof data.address === "string") go(routeOf(data.address, ""));
    };
    navigator.serviceWorker.addEventListener("message", hear);
    return () => navigator.serviceWorker.removeEventListener("message", hear);
  }, []);
}

/** Read at once: the way to the first workspace replaces the address. */
const ARRIVED_FOR = new URLSearchParams(window.location.search).get("to");
