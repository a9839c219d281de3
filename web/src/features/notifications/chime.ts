const NOTES = [659.26, 880]; // E and A: two short bells, the second a little later
const APART_SECONDS = 0.11;
const FADE_SECONDS = 0.5;
const LOUDNESS = 0.12;

let context: AudioContext | null = null;

/** A quiet sound, made here: no file has to be fetched for it. Silent where the browser does not let a page ring. */
export function chime(): void {
  context ??= new AudioContext();
  const { currentTime, destination } = context;
  for (const [nth, frequency] of NOTES.entries()) {
    const tone = new OscillatorNode(context, { frequency });
    const level = new GainNode(context, { gain: 0 });
    const start = currentTime + nth * APART_SECONDS;
    level.gain.setValueAtTime(LOUDNESS, start);
    level.gain.exponentialRampToValueAtTime(0.0001, start + FADE_SECONDS);
    tone.connect(level).connect(destination);
    tone.start(start);
    tone.stop(start + FADE_SECONDS);
  }
}
