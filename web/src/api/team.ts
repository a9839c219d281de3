import type { Asking } from "./http.ts";
import type { House, LanguageSeen, People, Team, TeamWanted, WaitingForSpeaker, Work } from "./shapes.ts";

/** Who is there, what they speak, the teams, and what becomes of what comes in. */
export class TeamApi {
  private readonly http: Asking;
  private readonly base: string;

  constructor(http: Asking, workspaceId: string) {
    this.http = http;
    this.base = `/api/w/${encodeURIComponent(workspaceId)}`;
  }

  people(): Promise<People> {
    return this.http.get(`${this.base}/people`);
  }

  setWork(memberId: string, work: Work): Promise<void> {
    return this.http.post(`${this.base}/people/${encodeURIComponent(memberId)}`, work);
  }

  /** I have just touched this browser. */
  here(): Promise<void> {
    return this.http.post(`${this.base}/here`);
  }

  setAway(isAway: boolean): Promise<void> {
    return this.http.post(`${this.base}/people/away`, { is_away: isAway });
  }

  setHouse(house: House): Promise<void> {
    return this.http.post(`${this.base}/house`, house);
  }

  async languagesSeen(): Promise<readonly LanguageSeen[]> {
    return (await this.http.get<{ items: readonly LanguageSeen[] }>(`${this.base}/languages-seen`)).items;
  }

  async waitingForSpeakers(): Promise<readonly WaitingForSpeaker[]> {
    const address = `${this.base}/waiting-for-speakers`;
    return (await this.http.get<{ items: readonly WaitingForSpeaker[] }>(address)).items;
  }

  createTeam(wanted: TeamWanted): Promise<Team> {
    return this.http.post(`${this.base}/teams`, wanted);
  }

  changeTeam(teamId: string, wanted: TeamWanted): Promise<void> {
    return this.http.post(`${this.base}/teams/${encodeURIComponent(teamId)}`, wanted);
  }

  removeTeam(teamId: string): Promise<void> {
    return this.http.post(`${this.base}/teams/${encodeURIComponent(teamId)}/remove`);
  }
}
