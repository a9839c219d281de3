import type { Asking } from "./http.ts";
import type {
  Hits,
  Rehearsal,
  Rule,
  RuleContent,
  RuleDeeds,
  RuleLooked,
  Rules,
  RuleVersion,
} from "./shapes.ts";

/** What a workspace does by itself. */
export class RulesApi {
  private readonly http: Asking;
  private readonly base: string;
  private readonly rehearsals: string;

  constructor(http: Asking, workspaceId: string) {
    this.http = http;
    this.base = `/api/w/${encodeURIComponent(workspaceId)}/rules`;
    this.rehearsals = `/api/w/${encodeURIComponent(workspaceId)}/rehearsals`;
  }

  all(): Promise<Rules> {
    return this.http.get(this.base);
  }

  create(content: RuleContent): Promise<Rule> {
    return this.http.post(this.base, content);
  }

  change(ruleId: string, version: number, content: RuleContent): Promise<void> {
    return this.http.post(this.of(ruleId), { ...content, version });
  }

  switch(ruleId: string, enabled: boolean): Promise<void> {
    return this.http.post(`${this.of(ruleId)}/switch`, { enabled });
  }

  remove(ruleId: string): Promise<void> {
    return this.http.post(`${this.of(ruleId)}/remove`);
  }

  order(ids: readonly string[]): Promise<void> {
    return this.http.post(`${this.base}/order`, { ids });
  }

  /** What it would be: what is wrong with it, what it and the others make of each other, and its text. */
  look(content: RuleContent, ruleId: string | null): Promise<RuleLooked> {
    return this.http.post(`${this.base}/look`, { content, rule_id: ruleId });
  }

  async text(): Promise<string> {
    return (await this.http.get<{ text: string }>(`${this.base}/text`)).text;
  }

  /** What a text says. Rejects with the line that is wrong. */
  async read(text: string): Promise<readonly RuleContent[]> {
    return (await this.http.post<{ items: readonly RuleContent[] }>(`${this.base}/read`, { text })).items;
  }

  async takeIn(text: string): Promise<readonly string[]> {
    return (await this.http.post<{ ids: readonly string[] }>(`${this.base}/import`, { text })).ids;
  }

  async versions(ruleId: string): Promise<readonly RuleVersion[]> {
    return (await this.http.get<{ items: readonly RuleVersion[] }>(`${this.of(ruleId)}/versions`)).items;
  }

  /** What it did, the newest first. */
  deeds(ruleId: string, cursor: string | null): Promise<RuleDeeds> {
    const asked = cursor ? `?${new URLSearchParams({ cursor })}` : "";
    return this.http.get(`${this.of(ruleId)}/deeds${asked}`);
  }

  restore(ruleId: string, version: number): Promise<void> {
    return this.http.post(`${this.of(ruleId)}/restore`, { version });
  }

  /** Tries a rule on what was said in the last days, without effects. */
  rehearse(content: RuleContent, ruleId: string | null, days: number): Promise<Rehearsal> {
    return this.http.post(this.rehearsals, { content, rule_id: ruleId, days });
  }

  rehearsal(id: string): Promise<Rehearsal> {
    return this.http.get(`${this.rehearsals}/${encodeURIComponent(id)}`);
  }

  stopRehearsal(id: string): Promise<void> {
    return this.http.post(`${this.rehearsals}/${encodeURIComponent(id)}/stop`);
  }

  /** What it found, the newest first. */
  hits(id: string, answered: boolean, cursor: string | null): Promise<Hits> {
    const asked = new URLSearchParams({ answered: String(answered), ...(cursor && { cursor }) });
    return this.http.get(`${this.rehearsals}/${encodeURIComponent(id)}/hits?${asked}`);
  }

  private of(ruleId: string): string {
    return `${this.base}/${encodeURIComponent(ruleId)}`;
  }
}
