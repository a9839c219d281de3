/** Where a place is, in degrees, as far as what was pasted says so. Nobody is asked: a link is only read. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
  /** What the link calls it. */
  readonly title: string | null;
}

/** Why what was written is no place: it has none in it, or a short link that only its own site can follow. */
export type NoPlace = "none" | "short";

const NUMBER = String.raw`[+-]?\d{1,3}(?:\.\d+)?`;
const PAIR = new RegExp(String.raw`^(${NUMBER})\s*[,;\s]\s*(${NUMBER})$`);
const WITH_COMMAS = /^([+-]?\d{1,3},\d+)\s*[;\s]\s*([+-]?\d{1,3},\d+)$/;
const WITH_SIDES =
  /^(?:([NS])\s*)?(\d{1,2})°\s*(?:(\d{1,2})['′’]\s*)?(?:(\d{1,2}(?:\.\d+)?)(?:["″”]|'')\s*)?([NS])?[,\s]+(?:([EW])\s*)?(\d{1,3})°\s*(?:(\d{1,2})['′’]\s*)?(?:(\d{1,2}(?:\.\d+)?)(?:["″”]|'')\s*)?([EW])?$/i;
const SHORT_LINKS = ["maps.app.goo.gl/", "goo.gl/", "g.co/", "maps.apple/", "osm.org/go/"];
const GOOGLE = /(^|\.)google\.[a-z.]{2,6}$/;
const OSM = /(^|\.)(openstreetmap\.org|osm\.org)$/;

/** Coordinates, a `geo:` address, or a link to Google Maps, Apple Maps or OpenStreetMap. */
export function placeIn(written: string): Place | NoPlace {
  const words = written.trim();
  return pairIn(words) ?? sidesIn(words) ?? geoIn(words) ?? linkIn(words);
}

/** As people write it and every map reads it. */
export function coordinates({ latitude, longitude }: Pick<Place, "latitude" | "longitude">): string {
  return `${shortened(latitude)}, ${shortened(longitude)}`;
}

/** Six digits are a hand's breadth. */
function shortened(degrees: number): number {
  return Number(degrees.toFixed(6));
}

function pairIn(words: string | null | undefined, title: string | null = null): Place | null {
  const found = PAIR.exec(words?.trim() ?? "");
  if (found) return placeAt(Number(found[1]), Number(found[2]), title);
  const [, latitude, longitude] = WITH_COMMAS.exec(words?.trim() ?? "") ?? [];
  if (!latitude || !longitude) return null;
  return placeAt(Number(latitude.replace(",", ".")), Number(longitude.replace(",", ".")), title);
}

/** 52°30'59"N 13°22'40"E */
function sidesIn(words: string): Place | null {
  const [, south, d1, m1, s1, southAfter, west, d2, m2, s2, westAfter] = WITH_SIDES.exec(words) ?? [];
  const [ns, ew] = [(south ?? southAfter)?.toUpperCase(), (west ?? westAfter)?.toUpperCase()];
  if (!d1 || !d2 || !ns || !ew) return null;
  const degrees = (d: string, m = "0", s = "0") => Number(d) + Number(m) / 60 + Number(s) / 3600;
  return placeAt(
    shortened(degrees(d1, m1, s1) * (ns === "S" ? -1 : 1)),
    shortened(degrees(d2, m2, s2) * (ew === "W" ? -1 : 1)),
    null,
  );
}

/** RFC 5870, and the `q=latitude,longitude(name)` that telephones put behind it. */
function geoIn(words: string): Place | null {
  if (!/^geo:/i.test(words)) return null;
  const [before = "", query = ""] = words.slice(4).split("?", 2);
  const asked = new URLSearchParams(query).get("q") ?? "";
  const [, pair = asked, name] = /^(.*?)(?:\((.*)\))?$/.exec(asked) ?? [];
  const at = before.split(";")[0]?.split(",").slice(0, 2).join(",");
  return pairIn(pair, name?.trim() || null) ?? pairIn(at, name?.trim() || null);
}

function linkIn(words: string): Place | NoPlace {
  const link = addressIn(words);
  if (!link) return "none";
  const host = link.hostname.toLowerCase().replace(/^www\./, "");
  const isShort = SHORT_LINKS.some((short) => `${host}${link.pathname}`.startsWith(short));
  if (isShort) return "short";
  if (GOOGLE.test(host)) return googleIn(link) ?? "none";
  if (host === "maps.apple.com") return appleIn(link) ?? "none";
  if (OSM.test(host)) return osmIn(link) ?? "none";
  return "none";
}

/** The first address in what was pasted: telephones put words before it. */
function addressIn(words: string): URL | null {
  const found =
    /https?:\/\/\S+/i.exec(words)?.[0] ?? (/^[\w.-]+\.\w+\/\S*$/.test(words) ? `https://${words}` : "");
  return URL.canParse(found) ? new URL(found) : null;
}

/** The marked place (`!3d…!4d…`) before the middle of what is shown (`@…`). */
function googleIn(link: URL): Place | null {
  const path = `${link.pathname}${link.search}`;
  const marked = Array.from(path.matchAll(new RegExp(`!3d(${NUMBER})!4d(${NUMBER})`, "g"))).at(-1);
  const title = nameIn(/\/place\/([^/@]+)/.exec(link.pathname)?.[1]);
  if (marked) return placeAt(Number(marked[1]), Number(marked[2]), title);
  for (const name of ["query", "q", "ll", "destination", "center", "daddr"]) {
    const found = pairIn(link.searchParams.get(name)?.replace(/^loc:/, ""), title);
    if (found) return found;
  }
  const shown = new RegExp(`@(${NUMBER}),(${NUMBER})`).exec(link.pathname);
  return shown
    ? placeAt(Number(shown[1]), Number(shown[2]), title)
    : pairIn(decoded(link.pathname.split("/").at(-1)));
}

/** Google writes coordinates in a name's place where there is no name. */
function nameIn(part: string | undefined): string | null {
  const name = decoded(part)?.replaceAll("+", " ").trim();
  return name && !pairIn(name) && !sidesIn(name) ? name : null;
}

function appleIn(link: URL): Place | null {
  const asked = link.searchParams;
  const name = asked.get("name") ?? asked.get("q");
  const title = name && !pairIn(name) ? name : null;
  for (const key of ["coordinate", "ll", "sll", "center", "daddr", "q"]) {
    const found = pairIn(asked.get(key), title);
    if (found) return found;
  }
  return null;
}

/** The marker before the middle of what is shown (`#map=zoom/latitude/longitude`). */
function osmIn(link: URL): Place | null {
  const { searchParams: asked, hash } = link;
  const marker = pairIn(`${asked.get("mlat")}, ${asked.get("mlon")}`);
  if (marker) return marker;
  const [, , latitude, longitude] = /^#(?:.*&)?map=([\d.]+)\/([-\d.]+)\/([-\d.]+)/.exec(hash) ?? [];
  return pairIn(`${latitude}, ${longitude}`) ?? pairIn(`${asked.get("lat")}, ${asked.get("lon")}`);
}

function decoded(part: string | undefined): string | undefined {
  try {
    return part && decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

function placeAt(latitude: number, longitude: number, title: string | null): Place | null {
  const isOnEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return isOnEarth ? { latitude, longitude, title } : null;
}
