import { expect, test } from "vitest";
import { wayOf } from "./shell.ts";

const HERE = "https://inbox.example.com";
const SHELL = { version: "1", files: ["/index.html", "/assets/index-abc.js"] };

const way = (path: string, mode = "cors", method = "GET") =>
  wayOf({ method, mode, url: path.startsWith("/") ? HERE + path : path }, HERE, SHELL);

test("a place in the app is a page, whatever its address", () => {
  expect(way("/w/1/waiting/2", "navigate")).toBe("page");
  expect(way("/", "navigate")).toBe("page");
});

test("what the build made comes from what is kept", () => {
  expect(way("/assets/index-abc.js")).toBe("file");
  expect(way("/assets/of-another-build.js")).toBe("network");
});

test("nothing that the server knows of customers is ever touched", () => {
  for (const path of ["/api/me", "/api/w/1/attachments/2", "/hooks/telegram/x", "/media/1"]) {
    expect(way(path)).toBe("network");
    expect(way(path, "navigate")).toBe("network");
  }
});

test("what changes something, and what lies elsewhere, goes past", () => {
  expect(way("/w/1/waiting", "navigate", "POST")).toBe("network");
  expect(way("https://elsewhere.example.com/assets/index-abc.js")).toBe("network");
});
