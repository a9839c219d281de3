type Rgb = readonly [red: number, green: number, blue: number];

/** How far two colours stand apart, as WCAG 2.2 computes it: from 1 (none) to 21. Written as `oklch(L% C H)`. */
export function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(linearRgb(one)), luminance(linearRgb(other))].sort((a, b) => a - b);
  return ((lighter ?? 0) + 0.05) / ((darker ?? 0) + 0.05);
}

/** By the matrices of CSS Color 4; what lies outside of sRGB is cut to it. */
function linearRgb(colour: string): Rgb {
  const parts = /^oklch\(([\d.]+)% ([\d.]+) ([\d.]+)\)$/.exec(colour);
  if (!parts) throw new Error(`no opaque oklch colour: ${colour}`);
  const [lightness, chroma, hue] = parts.slice(1).map(Number) as [number, number, number];
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const long = (lightness / 100 + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (lightness / 100 - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness / 100 - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    within(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
    within(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
    within(-0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short),
  ];
}

function within(part: number): number {
  return Math.min(1, Math.max(0, part));
}

function luminance([red, green, blue]: Rgb): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
