import { expect, test } from "vitest";
import { Uploading } from "./uploading.ts";

const file = new File(["words"], "a.txt");

function underWay() {
  const uploading = new Uploading();
  const ends = new Map<string, (error?: Error) => void>();
  const begin = (key: string, given: File | undefined = file) =>
    uploading.run(
      key,
      given,
      (_, signal) =>
        new Promise<string>((resolve, reject) => {
          ends.set(key, (error) => (error ? reject(error) : resolve(key)));
          signal.addEventListener("abort", () => reject(new Error("stopped")));
        }),
    );
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  return { uploading, ends, begin, settled };
}

test("three go up at a time, and the next as soon as one is there", async () => {
  const { ends, begin, settled } = underWay();
  for (const key of ["a", "b", "c", "d", "e"]) void begin(key);
  await settled();
  expect([...ends.keys()]).toEqual(["a", "b", "c"]);

  ends.get("b")?.();
  await settled();
  expect([...ends.keys()]).toEqual(["a", "b", "c", "d"]);
});

test("one that is stopped comes to nothing, under way or still waiting", async () => {
  const { uploading, ends, begin, settled } = underWay();
  const [first, , , last] = ["a", "b", "c", "d"].map((key) => begin(key));
  await settled();

  uploading.forget("d");
  uploading.forget("a");

  expect(await first).toBeNull();
  expect(await last).toBeNull();
  expect(ends.has("d")).toBe(false);
  expect(uploading.has("a")).toBe(false);
});

test("one that failed is still there to be sent again, until it has arrived", async () => {
  const { uploading, ends, begin, settled } = underWay();
  const first = begin("a");
  await settled();
  ends.get("a")?.(new Error("the connection broke"));
  await expect(first).rejects.toThrow("broke");
  expect(uploading.has("a")).toBe(true);

  const again = begin("a", undefined);
  await settled();
  ends.get("a")?.();
  expect(await again).toBe("a");
  expect(uploading.has("a")).toBe(false);
});
