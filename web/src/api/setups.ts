import type { Asking } from "./http.ts";
import type { OneSetup } from "./shapes.ts";

/** Channels that are being connected, step by step. */
export class SetupsApi {
  private readonly http: Asking;
  private readonly base: string;

  constructor(http: Asking, workspaceId: string) {
    this.http = http;
    this.base = `/api/w/${encodeURIComponent(workspaceId)}/setups`;
  }

  /** `renews`: a channel that is to go on with other credentials. */
  begin(platform: string, way: string, renews: string | null = null): Promise<OneSetup> {
    return this.http.post(this.base, { platform, way, renews });
  }

  /** With an account that the simulator opens. */
  practise(platform: string): Promise<OneSetup> {
    return this.http.post(`${this.base}/practice`, { platform });
  }

  one(id: string): Promise<OneSetup> {
    return this.http.get(this.of(id));
  }

  chooseWay(id: string, way: string): Promise<OneSetup> {
    return this.http.post(`${this.of(id)}/way`, { way });
  }

  write(id: string, step: string, fields: Readonly<Record<string, string>>): Promise<OneSetup> {
    return this.http.post(`${this.of(id)}/steps`, { step, fields });
  }

  approval(id: string, name: string, asked: boolean, granted: boolean): Promise<OneSetup> {
    return this.http.post(`${this.of(id)}/approvals`, { name, asked, granted });
  }

  /** Null: it is over, another connection goes on with what was entered. */
  check(id: string): Promise<OneSetup | null> {
    return this.http.post(`${this.of(id)}/check`);
  }

  look(id: string): Promise<OneSetup> {
    return this.http.post(`${this.of(id)}/look`);
  }

  practiceMessage(id: string): Promise<void> {
    return this.http.post(`${this.of(id)}/practice-message`);
  }

  giveUp(id: string): Promise<void> {
    return this.http.post(`${this.of(id)}/give-up`);
  }

  private of(id: string): string {
    return `${this.base}/${encodeURIComponent(id)}`;
  }
}
