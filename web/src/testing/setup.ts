import "fake-indexeddb/auto";
import { cleanup, configure } from "@testing-library/react";
import { IDBFactory } from "fake-indexeddb";
import { afterEach } from "vitest";
import { Media } from "./media.ts";

// A busy machine is slow, not wrong.
configure({ asyncUtilTimeout: 20_000 });

/* What a window without a screen lacks: a size, something that observes it, and a place to scroll to. */
class NoResizeObserver implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

globalThis.ResizeObserver ??= NoResizeObserver;
window.matchMedia ??= (media) => new Media(media);
Object.defineProperties(Element.prototype, {
  clientHeight: { configurable: true, get: () => 800 },
  clientWidth: { configurable: true, get: () => 400 },
});
Element.prototype.scrollTo ??= () => {};
Element.prototype.checkVisibility ??= () => true;
Element.prototype.scrollIntoView ??= () => {};
HTMLDialogElement.prototype.showModal ??= function showModal(this: HTMLDialogElement) {
  this.open = true;
};
HTMLDialogElement.prototype.close ??= function close(this: HTMLDialogElement) {
  this.open = false;
};
document.hasFocus = () => true;

afterEach(() => {
  cleanup();
  sessionStorage.clear();
  globalThis.indexedDB = new IDBFactory();
  localStorage.clear();
  window.history.replaceState(null, "", "/");
  document.title = "";
});
