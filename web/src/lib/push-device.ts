import { ApiError } from "../api/http.ts";
import type { NotificationsApi } from "../api/notifications.ts";
import { appWorker } from "./app-worker.ts";

/** What stands between a member and being told in this browser. */
export type PushState = "unsupported" | "install_first" | "blocked" | "off" | "on";

const KEPT = "dragoman device ";

/** This browser, as one of the devices that a member of a workspace is told on. */
export class PushDevice {
  private readonly api: NotificationsApi;
  private readonly key: string;

  constructor(api: NotificationsApi, memberId: string) {
    this.api = api;
    this.key = KEPT + memberId;
  }

  /** Its id among the member's devices; null when they are not told here. */
  get id(): string | null {
    return localStorage.getItem(this.key);
  }

  get state(): PushState {
    if (!("PushManager" in window)) return isAppleWebPage() ? "install_first" : "unsupported";
    if (Notification.permission === "denied") return "blocked";
    return this.id && Notification.permission === "granted" ? "on" : "off";
  }

  /** Asks the person, then the browser, then tells the server. False: the person said no. */
  async turnOn(publicKey: string, locale: string): Promise<boolean> {
    if ((await Notification.requestPermission()) !== "granted") return false;
    await this.tellServer(publicKey, locale, null);
    return true;
  }

  async turnOff(): Promise<void> {
    const { id } = this;
    localStorage.removeItem(this.key);
    if (id) await this.api.removeDevice(id).catch(unlessGone);
  }

  /** Browsers change their address now and then, and a person the language: the server is told at every start. */
  async renew(publicKey: string, locale: string): Promise<void> {
    const { id } = this;
    if (!id || this.state !== "on") return;
    try {
      await this.tellServer(publicKey, locale, id);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) localStorage.removeItem(this.key);
    }
  }

  private async tellServer(publicKey: string, locale: string, renews: string | null): Promise<void> {
    const registration = await appWorker.registration;
    if (!registration) throw new ApiError(0, "no_worker", "This browser runs no service worker here.");
    const subscription = await subscribed(registration.pushManager, publicKey);
    const { endpoint, keys } = subscription.toJSON();
    const browser = {
      endpoint: endpoint ?? "",
      public: keys?.p256dh ?? "",
      secret: keys?.auth ?? "",
      locale,
    };
    localStorage.setItem(this.key, await this.api.addDevice({ ...browser, renews }));
  }
}

/** Whoever signs out is told nothing here any more, in no workspace. */
export async function forgetThisDevice(): Promise<void> {
  for (const key of Object.keys(localStorage)) if (key.startsWith(KEPT)) localStorage.removeItem(key);
  const registration = await appWorker.registration;
  const subscription = await registration?.pushManager?.getSubscription();
  await subscription?.unsubscribe();
  for (const shown of (await registration?.getNotifications()) ?? []) shown.close();
}

/** A browser takes messages of one key: one that was subscribed for another begins anew. */
async function subscribed(manager: PushManager, publicKey: string): Promise<PushSubscription> {
  const old = await manager.getSubscription();
  if (old && keyOf(old) === publicKey) return old;
  await old?.unsubscribe();
  return manager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
}

function keyOf({ options }: PushSubscription): string {
  const bytes = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer(0));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** On iPhones only an app on the home screen may be told. */
function isAppleWebPage(): boolean {
  return (navigator as { standalone?: boolean }).standalone === false;
}

function unlessGone(error: unknown): void {
  if (!(error instanceof ApiError && error.status === 404)) throw error;
}
