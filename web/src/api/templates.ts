import type { Asking } from "./http.ts";
import type { Checked, TemplatePage } from "./shapes.ts";

export interface TemplatesAsked {
  readonly words: string;
  readonly language: string | null;
  /** Only what can be sent. */
  readonly approved: boolean;
}

/** What a channel's platform has approved before it is sent, or not. */
export class TemplatesApi {
  private readonly http: Asking;
  private readonly base: string;

  constructor(http: Asking, workspaceId: string) {
    this.http = http;
    this.base = `/api/w/${encodeURIComponent(workspaceId)}/channels`;
  }

  page(channelId: string, asked: TemplatesAsked, cursor: string | null): Promise<TemplatePage> {
    const wanted = new URLSearchParams({ q: asked.words, approved: String(asked.approved) });
    if (asked.language) wanted.set("language", asked.language);
    if (cursor) wanted.set("cursor", cursor);
    return this.http.get(`${this.of(channelId)}?${wanted}`);
  }

  /** Asks the platform now. */
  look(channelId: string): Promise<Checked> {
    return this.http.post(`${this.of(channelId)}/look`);
  }

  private of(channelId: string): string {
    return `${this.base}/${encodeURIComponent(channelId)}/templates`;
  }
}
