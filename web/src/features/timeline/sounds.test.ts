import { expect, test } from "vitest";
import { BARS, beginsToPlay, peaksIn } from "./sounds.ts";

test("who begins to play silences whoever played before", () => {
  const paused: string[] = [];
  const sound = (name: string) => ({ pause: () => paused.push(name) }) as unknown as HTMLAudioElement;
  const [one, two] = [sound("one"), sound("two")];

  beginsToPlay(one);
  beginsToPlay(one);
  beginsToPlay(two);

  expect(paused).toEqual(["one"]);
});

test("the loudest moment fills its bar, silence none, whatever the sound's length", () => {
  const samples = new Float32Array(BARS * 100);
  samples[150] = -0.5;
  samples[250] = 0.25;

  const peaks = peaksIn(samples);

  expect(peaks.slice(0, 4)).toEqual([0, 1, 0.5, 0]);
  expect(peaksIn(new Float32Array(0))).toEqual(new Array(BARS).fill(0));
});
