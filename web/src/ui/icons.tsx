import type { ReactNode } from "react";

const dot = (cx: number, cy: number, r: number) => <circle className="icon-fill" cx={cx} cy={cy} r={r} />;

/** Our own marks: 16 by 16, strokes of 1.5. Channels are told apart by shape, never by a platform's colour. */
export const icons = {
  all: <path d="M2.6 4.2h10.8M2.6 8h10.8M2.6 11.8h10.8" />,
  ask: (
    <>
      <path d="M5.4 5.6c0-1.6 1.1-2.6 2.7-2.6s2.6 1 2.6 2.4c0 1.9-2.7 2-2.7 4.2" />
      {dot(8, 12.4, 0.9)}
    </>
  ),
  archive: (
    <>
      <path d="M2.4 3h11.2v3H2.4zM3.4 6v7h9.2V6" />
      <path d="M6.6 8.6h2.8" />
    </>
  ),
  at: (
    <>
      <circle cx="8" cy="8" r="2.6" />
      <path d="M10.6 5.4v3.4a1.7 1.7 0 0 0 3.4 0V8a6 6 0 1 0-2.4 4.8" />
    </>
  ),
  attach: (
    <path d="m13 7.4-5.3 5.3a3.2 3.2 0 0 1-4.5-4.5l5.6-5.6a2.1 2.1 0 0 1 3 3L6.3 11.1a1 1 0 0 1-1.5-1.5l4.9-4.9" />
  ),
  back: <path d="M9.8 3.6 5.4 8l4.4 4.4" />,
  bell: <path d="M3.8 11.4V7.2a4.2 4.2 0 0 1 8.4 0v4.2l1 1.2H2.8zM6.6 14.4h2.8" />,
  blocked: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="m3.8 3.8 8.4 8.4" />
    </>
  ),
  bookmark: <path d="M4.4 2.8h7.2v10.4L8 10.4l-3.6 2.8z" />,
  brand: <path d="M3 12.6V3.4h4.2a4.6 4.6 0 0 1 0 9.2zM13.4 3.4v9.2" />,
  broken: <path d="M1.8 8h3.6M10.6 8h3.6M9.4 4.6 6.6 11.4" />,
  template: <path d="M3 2.8h10v10.4H3zM5.4 5.8h5.2M5.4 8.2h1.4M9.2 8.2h1.4M5.4 10.6h3" />,
  check: <path d="m3.4 8.4 3 3 6.2-6.8" />,
  checks: <path d="m1.4 8.6 2.8 2.8 5.4-6M7.4 10.6l.8.8 5.8-6.4" />,
  choices: (
    <>
      <rect x="2" y="2.8" width="12" height="4.4" rx="2.2" />
      <rect x="2" y="8.8" width="12" height="4.4" rx="2.2" />
    </>
  ),
  clock: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 4.8V8l2.2 1.6" />
    </>
  ),
  closed: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="m5.4 8.2 1.8 1.8 3.4-3.8" />
    </>
  ),
  copy: (
    <>
      <rect x="5.6" y="5.6" width="7.6" height="7.6" rx="1.6" />
      <path d="M10.4 5.6V4.4a1.6 1.6 0 0 0-1.6-1.6H4.4a1.6 1.6 0 0 0-1.6 1.6v4.4a1.6 1.6 0 0 0 1.6 1.6h1.2" />
    </>
  ),
  cross: <path d="m4 4 8 8M12 4l-8 8" />,
  down: <path d="m4.6 6.4 3.4 3.4 3.4-3.4" />,
  download: <path d="M8 2.8v7.4M4.8 7.4 8 10.4l3.2-3M3 13.2h10" />,
  file: <path d="M4 2.4h5l3 3v8.2H4zM9 2.4v3h3" />,
  filter: <path d="M2.4 4.4h11.2M4.6 8h6.8M6.8 11.6h2.4" />,
  grip: (
    <>
      {dot(6, 4, 1)}
      {dot(10, 4, 1)}
      {dot(6, 8, 1)}
      {dot(10, 8, 1)}
      {dot(6, 12, 1)}
      {dot(10, 12, 1)}
    </>
  ),
  hourglass: (
    <path d="M4 2.4h8M4 13.6h8M5 2.4v2.2c0 1.4 3 2 3 3.4s-3 2-3 3.4v2.2M11 2.4v2.2c0 1.4-3 2-3 3.4s3 2 3 3.4v2.2" />
  ),
  image: (
    <>
      <rect x="2.2" y="3" width="11.6" height="10" rx="2" />
      <path d="m2.6 11.4 3.2-3 2.4 2.2 2.2-1.8 3 2.4" />
    </>
  ),
  link: (
    <path d="M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2-2a2.6 2.6 0 0 0-3.7-3.7l-.7.7M9.2 6.8a2.6 2.6 0 0 0-3.7 0l-2 2a2.6 2.6 0 0 0 3.7 3.7l.7-.7" />
  ),
  move_down: <path d="M8 3.2v9.4M4.2 8.8 8 12.6l3.8-3.8" />,
  minus: <path d="M3.2 8h9.6" />,
  lock: (
    <>
      <rect x="3.4" y="7" width="9.2" height="6.4" rx="1.6" />
      <path d="M5.4 7V5.2a2.6 2.6 0 0 1 5.2 0V7" />
    </>
  ),
  more: (
    <>
      {dot(3.6, 8, 1.1)}
      {dot(8, 8, 1.1)}
      {dot(12.4, 8, 1.1)}
    </>
  ),
  nobody: <circle cx="8" cy="8" r="6" strokeDasharray="2.4 2.31" />,
  next: <path d="m6.4 4.6 3.4 3.4-3.4 3.4" />,
  panel: (
    <>
      <rect x="2.2" y="3" width="11.6" height="10" rx="2" />
      <path d="M9.8 3v10" />
    </>
  ),
  pause: <path d="M5.6 3.6v8.8M10.4 3.6v8.8" />,
  pencil: <path d="m10.6 3.2 2.2 2.2-7.4 7.4-2.8.6.6-2.8zM9 4.8l2.2 2.2" />,
  people: (
    <>
      <circle cx="6" cy="5.6" r="2.4" />
      <path d="M1.8 13c.4-2.4 2.1-3.6 4.2-3.6s3.8 1.2 4.2 3.6M10.4 3.5a2.4 2.4 0 0 1 0 4.2M12 9.8c1.3.5 2 1.6 2.3 3.2" />
    </>
  ),
  person: (
    <>
      <circle cx="8" cy="5.4" r="2.6" />
      <path d="M3 13.4c.5-2.6 2.5-4 5-4s4.5 1.4 5 4" />
    </>
  ),
  pin: (
    <>
      <path d="M8 14s4.6-4.3 4.6-7.6a4.6 4.6 0 0 0-9.2 0C3.4 9.7 8 14 8 14z" />
      <circle cx="8" cy="6.4" r="1.6" />
    </>
  ),
  play: <path className="icon-fill" d="M5 3.2v9.6L13 8z" />,
  plus: <path d="M8 3.2v9.6M3.2 8h9.6" />,
  read: <path d="M2.4 6.6 8 2.8l5.6 3.8v6.6H2.4zM2.6 6.9 8 10.2l5.4-3.3" />,
  reply: <path d="M6.4 4 2.8 7.6l3.6 3.6M3 7.6h5.6c2.8 0 4.4 1.6 4.6 4.2" />,
  rising: <path d="M2.6 13.4v-2.8M6.2 13.4V8.2M9.8 13.4V5.6M13.4 13.4V2.6" />,
  retry: <path d="M13 8a5 5 0 1 1-1.6-3.7M13 2.6v2.8h-2.8" />,
  search: <path d="M7 11.6a4.6 4.6 0 1 0 0-9.2 4.6 4.6 0 0 0 0 9.2zM10.4 10.4l3.4 3.4" />,
  smile: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M5.4 9.6c.6 1 1.5 1.6 2.6 1.6s2-.6 2.6-1.6" />
      {dot(5.9, 6.6, 0.8)}
      {dot(10.1, 6.6, 0.8)}
    </>
  ),
  snooze: <path d="M13.2 9.6A5.6 5.6 0 1 1 6.4 2.8a4.5 4.5 0 0 0 6.8 6.8z" />,
  sound: (
    <path d="M3 6.4v3.2h2.2L8.4 12.4V3.6L5.2 6.4zM10.8 6a2.8 2.8 0 0 1 0 4M12.6 4.2a5.4 5.4 0 0 1 0 7.6" />
  ),
  table: (
    <>
      <rect x="2.4" y="3" width="11.2" height="10" rx="1.6" />
      <path d="M2.4 6.4h11.2M2.4 9.7h11.2M6.4 6.4V13" />
    </>
  ),
  tag: (
    <>
      <path d="M8.6 2.6h3.8a1 1 0 0 1 1 1v3.8l-5.7 5.7a1 1 0 0 1-1.4 0L2.9 9.7a1 1 0 0 1 0-1.4z" />
      {dot(10.9, 5.1, 0.9)}
    </>
  ),
  unread: <path d="M2.2 3.8h11.6v8.6H2.2zM2.5 4.2 8 8.6l5.5-4.4" />,
  unsure: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M6.3 6.4c0-1 .7-1.6 1.7-1.6s1.7.6 1.7 1.5c0 1.2-1.7 1.3-1.7 2.5" />
      {dot(8, 11, 0.8)}
    </>
  ),
  up: <path d="M8 12.8V3.4M4.2 7.2 8 3.4l3.8 3.8" />,
  video: (
    <>
      <rect x="2" y="4" width="8.4" height="8" rx="1.8" />
      <path d="m10.4 7.2 3.6-2v5.6l-3.6-2" />
    </>
  ),
  words: (
    <>
      <path d="M4 2.4h5l3 3v8.2H4zM9 2.4v3h3" />
      <path d="M6.2 8.2h3.6M6.2 10.8h3.6" />
    </>
  ),
  warn: (
    <>
      <path d="M8 2.8 14 13H2z" />
      <path d="M8 6.6v3" />
      {dot(8, 11.2, 0.8)}
    </>
  ),
  messenger: (
    <path d="M2.6 4.6c0-.9.7-1.6 1.6-1.6h7.6c.9 0 1.6.7 1.6 1.6v4.8c0 .9-.7 1.6-1.6 1.6H8l-3 2.4V11h-.8c-.9 0-1.6-.7-1.6-1.6z" />
  ),
  instagram: (
    <>
      <path d="M2.2 5h2.6L6 3.2h4L11.2 5h2.6v8H2.2z" />
      <circle cx="8" cy="8.8" r="2.3" />
    </>
  ),
  whatsapp: (
    <path d="M4.1 2.6h2.2l1 3-1.5 1.2a7 7 0 0 0 3.4 3.4l1.2-1.5 3 1v2.2c0 .8-.7 1.5-1.5 1.5A9.3 9.3 0 0 1 2.6 4.1c0-.8.7-1.5 1.5-1.5z" />
  ),
  telegram: <path d="M8 2.4 13 13.2 8 10.8l-5 2.4z" />,
  channel: (
    <>
      <circle cx="6" cy="7" r="3.8" />
      <circle cx="10.2" cy="9.4" r="3.4" />
    </>
  ),
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof icons;

/** The mark of a platform; one that has none yet gets the common one. */
export function markOf(platform: string | undefined): IconName {
  return platform && platform in icons ? (platform as IconName) : "channel";
}
