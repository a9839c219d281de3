import { useSyncExternalStore } from "react";
import type { Filter, ViewName } from "../api/shapes.ts";
import { EVERYTHING, filterOf, queryOf } from "../sync/lists.ts";

/** Where in the app one is; every place has an address of its own. */
export type Route =
  | { readonly name: "home" }
  | { readonly name: "sign-in" }
  | { readonly name: "welcome"; readonly token: string }
  | {
      readonly name: "inbox";
      readonly workspace: string;
      /** Where a saved view stands in its place it says nothing: what that one shows, the workspace knows. */
      readonly view: ViewName;
      readonly saved?: string | null;
      /** What is left of the view; null: all of it, or what a saved view leaves. */
      readonly filter?: Filter | null;
      readonly conversation: string | null;
      readonly isContactOpen: boolean;
      /** The message at which the conversation is read. */
      readonly message?: string | null;
    }
  | {
      readonly name: "channels";
      readonly workspace: string;
      /** A platform of which one more account is to be connected. */
      readonly platform?: string | null;
      /** The set-up that the guide goes through. */
      readonly setup?: string | null;
      /** The channel of whose past those are offered whom nobody answered. */
      readonly unanswered?: string | null;
      /** The channel of which it is settled what is noise. */
      readonly noise?: string | null;
    }
  | { readonly name: "alarms"; readonly workspace: string }
  | { readonly name: "shelf"; readonly workspace: string }
  | {
      readonly name: "settings";
      readonly workspace: string;
      readonly page: SettingsPage;
      /** Among rules and webhooks: the one that is open; a rule may be `new`. */
      readonly open?: string | null;
    };

/** What a member settles about themselves and about the house: the last part of its address. */
export const SETTINGS_PAGES = [
  "profile",
  "notifications",
  "keys",
  "sessions",
  "members",
  "teams",
  "routing",
  "hours",
  "automatic",
  "labels",
  "rules",
  "webhooks",
  "service",
  "ledger",
] as const;
export type SettingsPage = (typeof SETTINGS_PAGES)[number];

const MESSAGE = "#message=";

const SAVED = "view";
const NEW_CHANNEL = "new";
const UNANSWERED = "unanswered";
const NOISE = "noise";

/** A saved view with nothing left of its filter: without a word it would be the view as it was saved. */
const UNFILTERED = "filter=none";

const VIEWS: readonly string[] = [
  "waiting",
  "mine",
  "mentions",
  "snoozed",
  "snoozed_waiting",
  "window_closing",
  "at_risk",
  "all",
  "closed",
];

export function routeOf(path: string, hash: string, search = ""): Route {
  const [first, workspace, place, ...rest] = path.split("/").filter(Boolean).map(decoded);
  if (first === "sign-in") return { name: "sign-in" };
  if (first === "welcome") return { name: "welcome", token: decoded(hash.slice(1)) };
  if (first !== "w" || !workspace) return { name: "home" };
  if (place === "channels") return channelsRouteOf(workspace, rest);
  if (place === "alarms" || place === "shelf") return { name: place, workspace };
  const page = SETTINGS_PAGES.find((each) => each === place);
  if (page === "rules" || page === "webhooks")
    return { name: "settings", workspace, page, open: rest[0] ?? null };
  if (page) return { name: "settings", workspace, page };
  const view = place && VIEWS.includes(place) ? (place as ViewName) : "waiting";
  const [saved = null, conversation = null] = place === SAVED ? rest : [null, ...rest];
  return {
    name: "inbox",
    workspace,
    view,
    saved,
    filter: filterIn(search),
    conversation,
    isContactOpen: hash === "#contact",
    message: hash.startsWith(MESSAGE) ? decoded(hash.slice(MESSAGE.length)) : null,
  };
}

/** A broken address is one like any other: what it names is not there. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function channelsRouteOf(workspace: string, [place, platform]: readonly string[]): Route {
  if (place === NEW_CHANNEL) return { name: "channels", workspace, platform: platform ?? null };
  if (place === UNANSWERED) return { name: "channels", workspace, unanswered: platform ?? null };
  if (place === NOISE) return { name: "channels", workspace, noise: platform ?? null };
  return { name: "channels", workspace, setup: place ?? null };
}

export function addressOf(route: Route): string {
  switch (route.name) {
    case "home":
      return "/";
    case "sign-in":
      return "/sign-in";
    case "welcome":
      return `/welcome#${encodeURIComponent(route.token)}`;
    case "channels": {
      const further = furtherIn(route);
      return `/${["w", route.workspace, "channels", ...further].map(encodeURIComponent).join("/")}`;
    }
    case "alarms":
    case "shelf":
      return `/w/${encodeURIComponent(route.workspace)}/${route.name}`;
    case "settings":
      return `/${["w", route.workspace, route.page, ...(route.open ? [route.open] : [])].map(encodeURIComponent).join("/")}`;
    case "inbox": {
      const place = route.saved ? [SAVED, route.saved] : [route.view];
      const parts = ["w", route.workspace, ...place, ...(route.conversation ? [route.conversation] : [])];
      return `/${parts.map(encodeURIComponent).join("/")}${searchOf(route)}${hashOf(route)}`;
    }
  }
}

function furtherIn({ platform, unanswered, noise, setup }: Extract<Route, { name: "channels" }>): string[] {
  if (platform) return [NEW_CHANNEL, platform];
  if (unanswered) return [UNANSWERED, unanswered];
  if (noise) return [NOISE, noise];
  return setup ? [setup] : [];
}

export type InboxRoute = Extract<Route, { name: "inbox" }>;

function filterIn(search: string): Filter | null {
  const query = search.replace(/^\?/, "");
  if (query === UNFILTERED) return EVERYTHING;
  const filter = filterOf(query);
  return queryOf(filter) ? filter : null;
}

function searchOf({ saved, filter }: InboxRoute): string {
  const query = filter ? queryOf(filter) : "";
  if (query) return `?${query}`;
  return saved && filter ? `?${UNFILTERED}` : "";
}

function hashOf({ isContactOpen, message }: InboxRoute): string {
  if (isContactOpen) return "#contact";
  return message ? MESSAGE + encodeURIComponent(message) : "";
}

/** Goes somewhere. `replace` for a step that nobody wants to come back to with the browser's back button. */
export function go(route: Route, { replace = false } = {}): void {
  const address = addressOf(route);
  if (address === currentAddress()) return;
  if (replace) window.history.replaceState(window.history.state, "", address);
  else window.history.pushState({ from: currentAddress() }, "", address);
  window.dispatchEvent(new PopStateEvent("popstate"));
}

/** Where one came from there: as the browser's own back does, so that it does not lead here again. Else simply there. */
export function goBack(route: Route): void {
  if (window.history.state?.from === addressOf(route)) window.history.back();
  else go(route, { replace: true });
}

export function useRoute(): Route {
  const address = useSyncExternalStore(subscribe, currentAddress);
  const { pathname, search, hash } = new URL(address, window.location.origin);
  return routeOf(pathname, hash, search);
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
  const { pathname, search, hash } = window.location;
  return pathname + search + hash;
}
