import type { Asking } from "./http.ts";
import type {
  WebhookCalls,
  WebhookContent,
  WebhookMade,
  WebhookSecret,
  Webhooks,
  WebhookTried,
} from "./shapes.ts";

/** What rules call outside of the house. */
export class WebhooksApi {
  private readonly http: Asking;
  private readonly base: string;

  constructor(http: Asking, workspaceId: string) {
    this.http = http;
    this.base = `/api/w/${encodeURIComponent(workspaceId)}/webhooks`;
  }

  all(): Promise<Webhooks> {
    return this.http.get(this.base);
  }

  create(content: WebhookContent): Promise<WebhookMade> {
    return this.http.post(this.base, content);
  }

  change(webhookId: string, content: WebhookContent): Promise<void> {
    return this.http.post(this.of(webhookId), content);
  }

  /** Another secret; the one before is good as well for a day. */
  renewSecret(webhookId: string): Promise<WebhookSecret> {
    return this.http.post(`${this.of(webhookId)}/secret`);
  }

  /** Call it now, once. */
  test(webhookId: string): Promise<WebhookTried> {
    return this.http.post(`${this.of(webhookId)}/test`);
  }

  remove(webhookId: string): Promise<void> {
    return this.http.post(`${this.of(webhookId)}/remove`);
  }

  calls(webhookId: string, cursor: string | null): Promise<WebhookCalls> {
    const after = cursor ? `?cursor=${encodeURIComponent(cursor)}` : "";
    return this.http.get(`${this.of(webhookId)}/calls${after}`);
  }

  sendAgain(webhookId: string, callId: string): Promise<void> {
    return this.http.post(`${this.of(webhookId)}/calls/${encodeURIComponent(callId)}/again`);
  }

  private of(webhookId: string): string {
    return `${this.base}/${encodeURIComponent(webhookId)}`;
  }
}
