/** Of all sounds on the page one plays: who begins silences whoever played before. */
let playing: HTMLAudioElement | null = null;

export function beginsToPlay(sound: HTMLAudioElement): void {
  if (playing !== sound) playing?.pause();
  playing = sound;
}

export const BARS = 44;
const MAX_BYTES = 3_000_000;
const KEPT = 200;
const known = new Map<string, Promise<readonly number[] | null>>();

/**
 * How loud a voice is from moment to moment, from 0 to 1; null where this browser cannot tell. Worked out here, as
 * browsers have every codec that they play, and the server has none.
 */
export function peaksOf(address: string, sizeBytes: number | null): Promise<readonly number[] | null> {
  if (sizeBytes === null || sizeBytes > MAX_BYTES || !("OfflineAudioContext" in window)) {
    return Promise.resolve(null);
  }
  const found = known.get(address) ?? decoded(address).catch(() => null);
  known.delete(address);
  known.set(address, found);
  for (const oldest of known.keys()) {
    if (known.size <= KEPT) break;
    known.delete(oldest);
  }
  return found;
}

async function decoded(address: string): Promise<readonly number[] | null> {
  const answer = await fetch(address);
  if (!answer.ok) return null;
  const context = new OfflineAudioContext(1, 1, 8000);
  const sound = await context.decodeAudioData(await answer.arrayBuffer());
  return peaksIn(sound.getChannelData(0));
}

/** The loudest of each bar's samples, so that the loudest of all fills it. Pure. */
export function peaksIn(samples: Float32Array): readonly number[] {
  const width = Math.max(1, Math.floor(samples.length / BARS));
  const peaks = Array.from({ length: BARS }, (_, bar) =>
    samples
      .subarray(bar * width, (bar + 1) * width)
      .reduce((most, each) => Math.max(most, Math.abs(each)), 0),
  );
  const loudest = Math.max(...peaks, 0.01);
  return peaks.map((peak) => peak / loudest);
}
