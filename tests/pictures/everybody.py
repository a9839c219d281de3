"""What keeps somebody out of a page: what axe knows of WCAG 2.2 AA, and words that are cut off."""

from __future__ import annotations

from pathlib import Path

from playwright.async_api import Page

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"

# What floats stands outside of every landmark on purpose, and its guards catch a focus that leaves it.
FOR_EVERYBODY = """async (part) => {
    axe.configure({ rules: [{ id: "region", selector: "body *:not(.floating, .floating *)" }] });
    // A list that is open hides all else from screen readers for that while, landmark and heading too.
    const enabled = !document.querySelector(".floating");
    // Targets of 24 px are of WCAG 2.2: axe looks for them only when it is asked.
    const rules = { "landmark-one-main": { enabled }, "page-has-heading-one": { enabled },
                    "target-size": { enabled: true } };
    const exclude = ["[data-base-ui-focus-guard]"];
    const where = part ? { include: [part], exclude } : { exclude };
    const found = await axe.run(where, { resultTypes: ["violations"], rules });
    return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}"""

# Words beyond an edge that hides them without a sign; a page that is wider than its screen.
CUT_OFF = """() => {
    const found = new Set();
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth) found.add(`wider than the screen by ${root.scrollWidth - innerWidth} px`);
    const said = (words) => words.nodeValue.trim().slice(0, 40);
    const nameOf = (element) => element.className?.baseVal ?? (element.className || element.tagName);
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let words = walk.nextNode(); words; words = walk.nextNode()) {
        const owner = words.parentElement;
        if (!said(words) || !owner.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
        if (owner.closest(".unseen, .skip-links, [inert], option, svg, textarea")) continue;
        if (getComputedStyle(owner).clipPath !== "none") continue;
        const range = document.createRange();
        range.selectNodeContents(words);
        const box = range.getBoundingClientRect();
        for (let at = owner; at && at !== document.body; at = at.parentElement) {
            const style = getComputedStyle(at);
            if (style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none") break;
            if (/auto|scroll/.test(style.overflowX)) break;
            const edge = at.getBoundingClientRect();
            if (style.overflowX !== "visible" && (box.left < edge.left - 1 || box.right > edge.right + 1))
                found.add(`cut off in ${nameOf(at)}: ${said(words)}`);
            if (style.position === "fixed") break;
        }
        if (owner.closest(".thumb-bar") && owner.scrollWidth > owner.clientWidth)
            found.add(`has no room in the thumb bar: ${said(words)}`);
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
        if (owner.closest(".button, .thumb-bar, .tab, .chip, .icon-button") && lines.size > 1)
            found.add(`breaks its line in ${nameOf(owner)}: ${said(words)}`);
    }
    return [...found];
}"""


async def barriers(page: Page, part: str | None = None) -> list[str]:
    """What axe finds on the whole page, or in one part of it."""
    if not await page.evaluate("() => 'axe' in window"):
        await page.add_script_tag(path=AXE)
    return list(await page.evaluate(FOR_EVERYBODY, part))


async def cut_off(page: Page) -> list[str]:
    return list(await page.evaluate(CUT_OFF))
