import type { Http } from "./http.ts";
import type { Link, Me, NewAccount } from "./shapes.ts";

/** Who is signed in. Throws `ApiError` with status 401 when nobody is. */
export async function fetchMe(http: Http): Promise<Me> {
  const me = await http.get<Me>("/api/me");
  http.csrfToken = me.csrf_token;
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
