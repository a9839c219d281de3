import type { Http } from "./http.ts";
import type { Link, Me, MySession, NewAccount, NewPassword, Preferences, Profile } from "./shapes.ts";

/** Who is signed in. Throws `ApiError` with status 401 when nobody is. */
export async function fetchMe(http: Http): Promise<Me> {
  const me = await http.get<Me>("/api/me");
  http.csrfToken = me.csrf_token;
  http.accountId = me.account.id;
  return me;
}

export function signIn(http: Http, credentials: { email: string; password: string }): Promise<void> {
  return http.post("/api/sign-in", credentials);
}

export function signOut(http: Http): Promise<void> {
  return http.post("/api/sign-out");
}

/** What a one-time link is for: the first owner of this installation, or an invitation. */
export function fetchLink(http: Http, token: string): Promise<Link> {
  return http.post("/api/links/look", { token });
}

export function followLink(http: Http, token: string, account: Omit<NewAccount, "token">): Promise<void> {
  return http.post("/api/links/use", { ...account, token });
}

/** Accepts an invitation as who is signed in. */
export function joinByLink(http: Http, token: string): Promise<void> {
  return http.post("/api/links/join", { token });
}

/** What a person changes about themselves, in every workspace at once. */
export class AccountApi {
  private readonly http: Http;

  constructor(http: Http) {
    this.http = http;
  }

  changeProfile(profile: Profile): Promise<void> {
    return this.http.post("/api/me/profile", profile);
  }

  /** Every other session ends. */
  changePassword(given: NewPassword): Promise<void> {
    return this.http.post("/api/me/password", given);
  }

  /** What is left out stays as it is. */
  choose(preferences: Partial<Preferences>): Promise<void> {
    return this.http.post("/api/me/preferences", preferences);
  }

  async sessions(): Promise<readonly MySession[]> {
    return (await this.http.get<{ items: readonly MySession[] }>("/api/me/sessions")).items;
  }

  endSession(id: string): Promise<void> {
    return this.http.post(`/api/me/sessions/${encodeURIComponent(id)}/end`);
  }

  endOtherSessions(): Promise<void> {
    return this.http.post("/api/me/sessions/end-others");
  }
}
