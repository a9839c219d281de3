// Watches a page as a person would see it: what was painted when, from inside the page.
(() => {
  const pressed = [];
  const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const seen = (what) =>
    new Promise((done) => {
      const look = () => what() && (watch.disconnect(), painted().then(() => done(performance.now())));
      const watch = new MutationObserver(look);
      watch.observe(document, { childList: true, subtree: true, attributes: true });
      look();
    });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.name === "keydown") pressed.push(entry.duration);
  }).observe({ type: "event", durationThreshold: 16, buffered: true });

  let clicked = 0;
  addEventListener("click", (event) => (clicked = event.timeStamp), { capture: true });
  let frames = 0;
  const count = () => (frames++, requestAnimationFrame(count));
  requestAnimationFrame(count);

  window.bench = {
    usable: seen(() => document.querySelector("[data-rows] [role=option]")),
    takePressed: () => pressed.splice(0),
    frames: () => ({ frames, at: performance.now() }),
    rows: () => Number(document.querySelector("[data-rows] [role=option]")?.getAttribute("aria-setsize") ?? 0),
    opens: (id) =>
      seen(
        () => location.pathname.endsWith(id) && document.querySelector("[data-timeline] [data-message]"),
      ).then((at) => at - clicked),
    scripts: () =>
      performance.getEntriesByType("resource").filter((r) => /[.]js$/.test(new URL(r.name).pathname)).map((r) => new URL(r.name).pathname),
  };
})();
