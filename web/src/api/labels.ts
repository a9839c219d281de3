import type { Asking } from "./http.ts";
import type { Label, LabelColour, LabelUsed } from "./shapes.ts";

/** What a workspace calls its conversations by. */
export class LabelsApi {
  private readonly http: Asking;
  private readonly base: string;

  constructor(http: Asking, workspaceId: string) {
    this.http = http;
    this.base = `/api/w/${encodeURIComponent(workspaceId)}`;
  }

  async used(): Promise<readonly LabelUsed[]> {
    return (await this.http.get<{ items: readonly LabelUsed[] }>(`${this.base}/labels`)).items;
  }

  create(name: string, colour: LabelColour): Promise<Label> {
    return this.http.post(`${this.base}/labels`, { name, colour });
  }

  change(labelId: string, name: string, colour: LabelColour): Promise<void> {
    return this.http.post(`${this.base}/labels/${encodeURIComponent(labelId)}`, { name, colour });
  }

  remove(labelId: string): Promise<void> {
    return this.http.post(`${this.base}/labels/${encodeURIComponent(labelId)}/remove`);
  }

  label(conversationId: string, put: readonly string[], takeOff: readonly string[]): Promise<void> {
    const address = `${this.base}/conversations/${encodeURIComponent(conversationId)}/labels`;
    return this.http.post(address, { put, take_off: takeOff });
  }
}
