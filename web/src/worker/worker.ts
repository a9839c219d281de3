import { overFor, shownFor } from "./notification.ts";
import { type PushMessage, pushMessageOf, type TurnMessage } from "./push-message.ts";
import { PAGE, type Shell, wayOf } from "./shell.ts";
import { sayIn, type Texts } from "./texts.ts";

declare const self: ServiceWorkerGlobalScope;
/** Put in while building, see scripts/worker-plugin.ts. */
declare const SHELL: Shell;
declare const TEXTS: Readonly<Record<string, Texts>>;

const KEPT = "dragoman shell ";
const CACHE = KEPT + SHELL.version;
const PAGE_MILLISECONDS = 4_000;
const RIGHT_TO_LEFT: readonly string[] = ["ar", "he"];

self.addEventListener("install", (event) => event.waitUntil(keepShell()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));

self.addEventListener("fetch", (event) => {
  const way = wayOf(event.request, self.location.origin, SHELL);
  if (way === "page") event.respondWith(page(event.request));
  if (way === "file") event.respondWith(file(event.request));
});

/** Pushes in the order in which they came: one may take away what the one before it shows. */
let lastTold: Promise<unknown> = Promise.resolve();

self.addEventListener("push", (event) => {
  const message = read(event.data);
  if (!message) return;
  const told = lastTold.then(() => show(message));
  lastTold = told.catch(() => {});
  event.waitUntil(told);
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const address: string = event.notification.data?.address ?? "/";
  event.waitUntil(lead(address));
});

/** A page says when its person wants the new version: never in the middle of something of theirs. */
self.addEventListener("message", ({ data }) => {
  if (data === "take over") void self.skipWaiting();
});

async function keepShell(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.addAll([
    new Request(PAGE, { cache: "reload" }),
    ...SHELL.files.filter((name) => name !== PAGE),
  ]);
}

async function takeOver(): Promise<void> {
  await self.clients.claim();
  await forgetOldShells();
}

/** A window that still shows the old page may ask for a piece of it: its files go once there is no other window. */
async function forgetOldShells(): Promise<void> {
  if ((await self.clients.matchAll({ type: "window" })).length > 1) return;
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(KEPT) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

/** The server's page as long as it answers soon, else the one that is kept: what it shows says itself what is amiss. */
async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(PAGE_MILLISECONDS) });
  } catch {
    return (await caches.match(PAGE)) ?? Response.error();
  }
}

async function file(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

function read(data: PushMessageData | null): PushMessage | null {
  try {
    return pushMessageOf(data?.json());
  } catch {
    return null;
  }
}

async function show(message: PushMessage): Promise<void> {
  const locale = message.locale in TEXTS ? message.locale : "en";
  const { title, options } = shownFor(
    message,
    sayIn(locale, TEXTS[locale] ?? {}),
    RIGHT_TO_LEFT.includes(locale) ? "rtl" : "ltr",
  );
  if (message.about === "test" || mustShow() || !(await isLookedAt(message.workspace))) {
    await self.registration.showNotification(title, options);
  }
  if (message.about === "turn") {
    await takeAway(message);
    await self.navigator.setAppBadge?.(message.waiting ?? 0).catch(() => {});
  }
}

/** Safari ends the subscription of who shows nothing. */
function mustShow(): boolean {
  const { userAgent } = self.navigator;
  return userAgent.includes("AppleWebKit") && !/Chrom(e|ium)/.test(userAgent);
}

/** Who sits before this workspace sees the list: it tells them, without a word over it. */
async function isLookedAt(workspace: string): Promise<boolean> {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return windows.some(({ focused, url }) => focused && new URL(url).pathname.startsWith(`/w/${workspace}/`));
}

async function takeAway(message: TurnMessage): Promise<void> {
  const shown = (await self.registration.getNotifications()).filter(
    ({ data }) => data?.workspace === message.workspace && data.conversation,
  );
  const over = overFor(
    message,
    shown.map(({ data }) => data.conversation),
  );
  for (const notification of shown) if (over.includes(notification.data.conversation)) notification.close();
}

/** To a window that is there, or to a new one. */
async function lead(address: string): Promise<void> {
  const windows = await self.clients.matchAll({ type: "window" });
  const [first] = windows.toSorted((a, b) => Number(b.focused) - Number(a.focused));
  if (!first) {
    await self.clients.openWindow(address);
    return;
  }
  await first.focus();
  first.postMessage({ kind: "go", address });
}
