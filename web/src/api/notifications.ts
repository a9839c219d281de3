import type { Http } from "./http.ts";
import type { BrowserGiven, MyNotifications, NotificationSettings, Tried } from "./shapes.ts";

/** What a member is told of, and where. */
export class NotificationsApi {
  private readonly http: Http;
  private readonly base: string;
  private readonly listeners = new Set<(settings: NotificationSettings) => void>();

  constructor(http: Http, workspaceId: string) {
    this.http = http;
    this.base = `/api/w/${encodeURIComponent(workspaceId)}/notifications`;
  }

  mine(): Promise<MyNotifications> {
    return this.http.get(this.base);
  }

  async change(settings: NotificationSettings): Promise<void> {
    await this.http.post(`${this.base}/settings`, settings);
    for (const listener of this.listeners) listener(settings);
  }

  /** What this page has changed. Returns the way to stop hearing of it. */
  onChange(listener: (settings: NotificationSettings) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  async addDevice(browser: BrowserGiven): Promise<string> {
    return (await this.http.post<{ id: string }>(`${this.base}/devices`, browser)).id;
  }

  removeDevice(id: string): Promise<void> {
    return this.http.post(`${this.base}/devices/${encodeURIComponent(id)}/remove`);
  }

  tryDevice(id: string): Promise<Tried> {
    return this.http.post(`${this.base}/devices/${encodeURIComponent(id)}/test`);
  }
}
