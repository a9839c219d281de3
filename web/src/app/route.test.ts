import { expect, test } from "vitest";
import { addressOf, routeOf } from "./route.ts";

const there = (address: string) => {
  const { pathname, search, hash } = new URL(address, "http://inbox");
  return routeOf(pathname, hash, search);
};

test.each([
  "/w/aster/waiting",
  "/w/aster/waiting?label=lamps&label=urgent&unread=true",
  "/w/aster/closed/ingrid?channel=telegram#contact",
  "/w/aster/view/refunds",
  "/w/aster/view/refunds/ingrid#message=m1",
  "/w/aster/view/refunds?label=lamps",
  "/w/aster/view/refunds?filter=none",
])("%s is an address that leads to itself", (address) => {
  expect(addressOf(there(address))).toBe(address);
});

test("words that no filter knows are no filter", () => {
  expect(addressOf(there("/w/aster/all?utm=mail&unread=maybe"))).toBe("/w/aster/all");
});

test.each([
  "/%E0%A4%A",
  "/w/%E0%A4%A/waiting",
  "/w/aster/waiting/%E0%A4%A",
  "/welcome#%E0",
  "/w/aster/all#message=%",
])("%s is broken, and leads somewhere all the same", (address) => {
  expect(addressOf(there(address))).toMatch(/^\//);
});
