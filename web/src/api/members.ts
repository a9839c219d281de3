import type { Http } from "./http.ts";
import type { Invitation, Role } from "./shapes.ts";

/** Who works in one workspace, and who may come. */
export class MembersApi {
  private readonly http: Http;
  private readonly base: string;

  constructor(http: Http, workspaceId: string) {
    this.http = http;
    this.base = `/api/w/${encodeURIComponent(workspaceId)}`;
  }

  changeRole(memberId: string, role: Role): Promise<void> {
    return this.http.post(`${this.base}/members/${encodeURIComponent(memberId)}/role`, { role });
  }

  remove(memberId: string): Promise<void> {
    return this.http.post(`${this.base}/members/${encodeURIComponent(memberId)}/remove`);
  }

  async invitations(): Promise<readonly Invitation[]> {
    return (await this.http.get<{ items: readonly Invitation[] }>(`${this.base}/invitations`)).items;
  }

  /** The link is told this once. */
  async invite(role: Role, email: string | null): Promise<string> {
    return (await this.http.post<{ link: string }>(`${this.base}/invitations`, { role, email })).link;
  }

  takeBack(invitationId: string): Promise<void> {
    return this.http.post(`${this.base}/invitations/${encodeURIComponent(invitationId)}/take-back`);
  }
}
