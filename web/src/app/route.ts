import { useSyncExternalStore } from "react";
import type { ViewName } from "../api/shapes.ts";

/** Where in the app one is; every place has an address of its own. */
export type Route =
  | { readonly name: "home" }
  | { readonly name: "sign-in" }
  | { readonly name: "welcome"; readonly token: string }
  | {
      readonly name: "inbox";
      readonly workspace: string;
      readonly view: ViewName;
      readonly conversation: string | null;
      readonly isContactOpen: boolean;
      /** The message at which the conversation is read. */
      readonly message?: string | null;
    }
  | { readonly name: "channels"; readonly workspace: string }
  | { readonly name: "settings"; readonly workspace: string; readonly page: SettingsPage };

/** What a member settles about themselves and about the house: the last part of its address. */
export const SETTINGS_PAGES = ["profile", "notifications", "keys", "sessions", "members", "labels"] as const;
export type SettingsPage = (typeof SETTINGS_PAGES)[number];

const MESSAGE = "#message=";

const VIEWS: readonly string[] = ["waiting", "mentions", "snoozed", "snoozed_waiting", "all", "closed"];

export function routeOf(path: string, hash: string): Route {
  const [first, workspace, place, conversation] = path.split("/").filter(Boolean).map(decodeURIComponent);
  if (first === "sign-in") return { name: "sign-in" };
  if (first === "welcome") return { name: "welcome", token: decodeURIComponent(hash.slice(1)) };
  if (first !== "w" || !workspace) return { name: "home" };
  if (place === "channels") return { name: "channels", workspace };
  const page = SETTINGS_PAGES.find((each) => each === place);
  if (page) return { name: "settings", workspace, page };
  const view = place && VIEWS.includes(place) ? (place as ViewName) : "waiting";
  return {
    name: "inbox",
    workspace,
    view,
    conversation: conversation ?? null,
    isContactOpen: hash === "#contact",
    message: hash.startsWith(MESSAGE) ? decodeURIComponent(hash.slice(MESSAGE.length)) : null,
  };
}

export function addressOf(route: Route): string {
  switch (route.name) {
    case "home":
      return "/";
    case "sign-in":
      return "/sign-in";
    case "welcome":
      return `/welcome#${encodeURIComponent(route.token)}`;
    case "channels":
      return `/w/${encodeURIComponent(route.workspace)}/channels`;
    case "settings":
      return `/w/${encodeURIComponent(route.workspace)}/${route.page}`;
    case "inbox": {
      const parts = ["w", route.workspace, route.view, ...(route.conversation ? [route.conversation] : [])];
      return `/${parts.map(encodeURIComponent).join("/")}${hashOf(route)}`;
    }
  }
}

function hashOf({ isContactOpen, message }: Extract<Route, { name: "inbox" }>): string {
  if (isContactOpen) return "#contact";
  return message ? MESSAGE + encodeURIComponent(message) : "";
}

/** Goes somewhere. `replace` for a step that nobody wants to come back to with the browser's back button. */
export function go(route: Route, { replace = false } = {}): void {
  const address = addressOf(route);
  if (address === window.location.pathname + window.location.hash) return;
  if (replace) window.history.replaceState(null, "", address);
  else window.history.pushState(null, "", address);
  window.dispatchEvent(new PopStateEvent("popstate"));
}

export function useRoute(): Route {
  const address = useSyncExternalStore(subscribe, currentAddress);
  const [path = "/", hash = ""] = address.split(/(?=#)/);
  return routeOf(path, hash);
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("popstate", listener);
  window.addEventListener("hashchange", listener);
  return () => {
    window.removeEventListener("popstate", listener);
    window.removeEventListener("hashchange", listener);
  };
}

function currentAddress(): string {
  return window.location.pathname + window.location.hash;
}
