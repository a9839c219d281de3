import type { Asking } from "./http.ts";
import type { NoiseSettings, Page, ShelfClass, ShelfItem } from "./shapes.ts";

/** Where quiet arrivals are seen, and what each channel takes for noise. */
export class ShelfApi {
  private readonly http: Asking;
  private readonly base: string;

  constructor(http: Asking, workspaceId: string) {
    this.http = http;
    this.base = `/api/w/${encodeURIComponent(workspaceId)}`;
  }

  /** The newest first, of one class where it is named. */
  page(kind: string | null, cursor: string | null): Promise<Page<ShelfItem>> {
    const query = new URLSearchParams();
    if (kind) query.set("class", kind);
    if (cursor) query.set("cursor", cursor);
    return this.http.get(`${this.base}/shelf?${query}`);
  }

  classes(): Promise<{ readonly items: readonly ShelfClass[] }> {
    return this.http.get(`${this.base}/shelf/classes`);
  }

  open(itemId: string): Promise<void> {
    return this.http.post(`${this.base}/shelf/${encodeURIComponent(itemId)}/open`);
  }

  putBack(itemId: string): Promise<void> {
    return this.http.post(`${this.base}/shelf/${encodeURIComponent(itemId)}/put-back`);
  }

  noiseOf(channelId: string): Promise<NoiseSettings> {
    return this.http.get(this.ofChannel(channelId));
  }

  setNoise(channelId: string, opening: readonly string[]): Promise<NoiseSettings> {
    return this.http.post(this.ofChannel(channelId), { opening });
  }

  private ofChannel(channelId: string): string {
    return `${this.base}/channels/${encodeURIComponent(channelId)}/noise`;
  }
}
