"""English left over on a Danish page: in what Streamlit writes, and in what a screen reader is told."""

from __future__ import annotations

import re

from playwright.sync_api import Page

# All text and every spoken attribute, but not the prose and tables that our own pages write.
TEXTS = """() => {
    const ours = "[data-testid=stMarkdownContainer], [data-testid=stTable], [data-testid=stCode]";
    const unread = "script, style, noscript, [data-testid=stIconMaterial]";
    const found = new Set();
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const { data, parentElement } = walk.currentNode;
        if (!parentElement.closest(`${ours}, ${unread}`)) found.add(data.trim());
    }
    const spoken = ["aria-label", "aria-roledescription", "aria-description", "aria-placeholder",
                    "aria-valuetext", "placeholder", "title", "alt"];
    for (const name of spoken) {
        for (const element of document.querySelectorAll(`[${name}]`)) {
            const unspoken = element.closest("svg [aria-hidden=true]");
            if (!unspoken) found.add(element.getAttribute(name).trim());
        }
    }
    return [...found].filter(Boolean);
}"""
TRANSLATED = "() => Object.keys(DANISH).filter((key) => DANISH[key] !== key)"
# Words that no Danish text holds.
WORD = re.compile(
    r"(?i)\b(add|allowed|and|apply|are|arrow|available|average|chart|choose|clear|close|collapse"
    r"|columns?|connect\w*|container|copied|copy|count|data view|date|delete|directory|dismiss"
    r"|distinct|download|drag|empty|error|expand|failed|files?|fullscreen|group|heading|height|help"
    r"|hide|increment|decrement|internet|is|label|length|limit|loading|main|month|next|not|of|open"
    r"|options?|pages?|percentile|pin|please|point|press|previous|remove|required|rerun|results?"
    r"|running|search|select\w*|settings|shortcut|show|sidebar|size|skip|smaller|sort|statistics"
    r"|still|submit|text|the|this|title|unpin|values?|view|visuali[sz]ation|with|year|you|your)\b"
)
# Both languages stand in the switch between them, and in the field for the English name.
MEANT = {"Sprog / Language"}


def english(page: Page) -> list[str]:
    """The English texts on a Danish page."""
    translated = set(page.evaluate(TRANSLATED))
    return sorted(
        text
        for text in set(page.evaluate(TEXTS)) - MEANT
        if text in translated or WORD.search(text)
    )
