import { workerAddress } from "./trusted.ts";

const LOOK_AGAIN_MILLISECONDS = 60 * 60 * 1000;

/** The service worker as a page sees it: there or not, and whether a newer version of the app waits to be shown. */
class AppWorker {
  private newer: ServiceWorker | null = null;
  private registered: Promise<ServiceWorkerRegistration | null> = Promise.resolve(null);
  private readonly listeners = new Set<() => void>();
  private lookedAt = Date.now();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly isNewerThere = (): boolean => this.newer !== null;

  /** Null where the browser has none, or while one works on the app itself. */
  get registration(): Promise<ServiceWorkerRegistration | null> {
    return this.registered;
  }

  start(): void {
    if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
    this.registered = navigator.serviceWorker
      .register(workerAddress(), { updateViaCache: "none" })
      .then((registration) => {
        this.watch(registration);
        return registration;
      })
      // A browser may forbid it: everything else works without.
      .catch(() => null);
  }

  /** The new version, at the moment that its person chose. Other windows go on with what they show. */
  readonly takeOver = (): void => {
    navigator.serviceWorker.addEventListener("controllerchange", () => window.location.reload(), {
      once: true,
    });
    this.newer?.postMessage("take over");
  };

  private watch(registration: ServiceWorkerRegistration): void {
    const offer = (worker: ServiceWorker | null) => {
      // Without a controller it is the first one: nothing is older.
      if (worker?.state !== "installed" || !navigator.serviceWorker.controller) return;
      this.newer = worker;
      for (const listener of this.listeners) listener();
    };
    offer(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const { installing } = registration;
      installing?.addEventListener("statechange", () => offer(installing));
    });
    document.addEventListener("visibilitychange", () => this.lookAgain(registration));
  }

  private lookAgain(registration: ServiceWorkerRegistration): void {
    const isDue = Date.now() - this.lookedAt > LOOK_AGAIN_MILLISECONDS;
    if (document.visibilityState !== "visible" || !isDue) return;
    this.lookedAt = Date.now();
    registration.update().catch(() => {});
  }
}

export const appWorker = new AppWorker();
