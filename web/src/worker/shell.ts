/** What the app is made of: the page, and files that never change under their name. */
export interface Shell {
  readonly version: string;
  readonly files: readonly string[];
}

export const PAGE = "/index.html";

export type Way = "network" | "page" | "file";

/**
 * How a request is answered. Only the app itself is ever kept: what the server knows of customers, and every
 * file of theirs, goes past the worker as if it were not there.
 */
export function wayOf(
  request: { method: string; mode: string; url: string },
  origin: string,
  shell: Shell,
): Way {
  const { pathname, origin: asked } = new URL(request.url);
  if (request.method !== "GET" || asked !== origin || isServers(pathname)) return "network";
  if (request.mode === "navigate") return "page";
  return shell.files.includes(pathname) ? "file" : "network";
}

function isServers(path: string): boolean {
  return ["/api/", "/hooks/", "/media/"].some((start) => path.startsWith(start));
}
