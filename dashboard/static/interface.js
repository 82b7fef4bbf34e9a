// Danish for the texts that Streamlit itself writes, the page's language, and no bare-letter shortcuts.
//
// A text is looked up only inside Streamlit's own parts, never in what our pages write: a reader's
// word "Open" must stay as it is.
"use strict";

const DANISH = {
  "Skip to main content": "Gå til indhold",
  "Sidebar": "Sidepanel",
  "App pages": "Sider",
  "Collapse sidebar": "Skjul sidepanel",
  "Expand sidebar": "Vis sidepanel",
  "Link to heading": "Link til overskrift",
  "Open": "Åbn",
  "Close": "Luk",
  "Choose an option": "Vælg",
  "Choose options": "Vælg",
  "No results": "Ingen fundet",
  "No options to select.": "Intet at vælge.",
  "No options to select": "Intet at vælge",
  "Select all": "Vælg alle",
  "Clear all": "Ryd alle",
  "Clear value": "Ryd",
  "Upload": "Vælg fil",
  "Browse files": "Vælg fil",
  "Drag and drop file here": "Træk en fil hertil",
  "Error:": "Fejl:",
  "Show data": "Vis data",
  "Show chart": "Vis diagram",
  "Download as PNG": "Hent som billede",
  "Copy Vega-Lite spec": "Kopiér diagrammets beskrivelse",
  "Copied!": "Kopieret",
  "Copy to clipboard": "Kopiér",
  "Fullscreen": "Fuld skærm",
  "Close fullscreen": "Luk fuld skærm",
  "Show/hide columns": "Vis eller skjul kolonner",
  "Download as CSV": "Hent som CSV",
  "Search": "Søg",
  "Autosize": "Tilpas bredde",
  "Format": "Format",
  "Hide column": "Skjul kolonne",
  "Pin column": "Fastgør kolonne",
  "Unpin column": "Frigør kolonne",
  "Sort ascending": "Sortér stigende",
  "Sort descending": "Sortér faldende",
  "Statistics": "Statistik",
  "Copy column name": "Kopiér kolonnenavn",
  "Press Enter to apply": "Tryk Enter",
  "Press Enter to submit form": "Tryk Enter for at sende",
  "Press Ctrl+Enter to apply": "Tryk Ctrl+Enter",
  "Increment": "Op",
  "Decrement": "Ned",
  "Running...": "Arbejder …",
  "Running": "Arbejder",
  "Stop": "Stop",
  "Connecting": "Forbinder",
  "CONNECTING": "Forbinder",
  "Connection error": "Ingen forbindelse",
  "Page not found": "Siden findes ikke",
  "The page that you have requested does not seem to exist. Running the app's main page.":
    "Siden findes ikke. Her er forsiden i stedet.",
  "Print": "Udskriv",
  "Rerun": "Opdatér",
  "Settings": "Indstillinger",
  "Clear caches": "Ryd mellemlager",
  "Main menu": "Menu",
};

const PATTERNS = [
  [/^(Limit )?([\d.]+) ?MB per file(?: • (.*))?$/, "Højst $2 MB pr. fil"],
  [/^File must be ([\d.]+)MB or smaller\.$/, "Filen må højst fylde $1 MB."],
  [/^(\w+) files are not allowed\.?$/, "$1-filer kan ikke bruges."],
  [/^Remove (.*)$/, "Fjern $1"],
  [/^Show data: (.*)$/s, "Vis data: $1"],
  [/^Show chart: (.*)$/s, "Vis diagram: $1"],
  [/^Download as PNG: (.*)$/s, "Hent som billede: $1"],
  [/^Copy Vega-Lite spec: (.*)$/s, "Kopiér diagrammets beskrivelse: $1"],
  [/^Fullscreen: (.*)$/s, "Fuld skærm: $1"],
  [/^Download as CSV: (.*)$/s, "Hent som CSV: $1"],
  [/^Search: (.*)$/s, "Søg: $1"],
  [/^Show\/hide columns: (.*)$/s, "Vis eller skjul kolonner: $1"],
  [/^Help for (.*)$/, "Hjælp til $1"],
  [/^Shortcut (.*)$/, "Genvej $1"],
];

const ATTRIBUTES = ["aria-label", "placeholder", "title", "alt"];
const OURS = '[data-testid="stMarkdownContainer"], [data-testid="stCode"], [data-testid="stTable"], ' +
  '[data-testid="stMetricValue"], svg';
const NOT_OURS = '[data-testid="stFileUploaderDropzone"]';
const SHELL = "[data-testid], [role=tooltip], [role=dialog], [data-baseweb]";

const language = () => (new URLSearchParams(location.search).get("lang") === "en" ? "en" : "da");

function danish(text) {
  const trimmed = text.trim();
  if (Object.hasOwn(DANISH, trimmed)) return text.replace(trimmed, DANISH[trimmed]);
  for (const [pattern, replacement] of PATTERNS) {
    if (pattern.test(trimmed)) return trimmed.replace(pattern, replacement);
  }
  return text;
}

function translateAttributes(element) {
  for (const name of ATTRIBUTES) {
    const found = element.getAttribute(name);
    if (found && danish(found) !== found) element.setAttribute(name, danish(found));
  }
}

function translateText(node) {
  const parent = node.parentElement;
  if (!parent || !parent.closest(SHELL)) return;
  if (parent.closest(OURS) && !parent.closest(NOT_OURS)) return;
  const found = danish(node.data);
  if (found !== node.data) node.data = found;
}

function translate(root) {
  if (root.nodeType === Node.TEXT_NODE) return translateText(root);
  if (root.nodeType !== Node.ELEMENT_NODE) return;
  translateAttributes(root);
  for (const element of root.querySelectorAll(ATTRIBUTES.map((name) => `[${name}]`).join(","))) {
    translateAttributes(element);
  }
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) translateText(texts.currentNode);
}

function observe(changes) {
  const chosen = language();
  if (document.documentElement.lang !== chosen) document.documentElement.lang = chosen;
  if (chosen !== "da") return;
  for (const change of changes) {
    if (change.type === "characterData") translateText(change.target);
    else if (change.type === "attributes") translateAttributes(change.target);
    else change.addedNodes.forEach(translate);
  }
}

document.documentElement.lang = language();
new MutationObserver(observe).observe(document.documentElement, {
  subtree: true,
  childList: true,
  characterData: true,
  attributes: true,
  attributeFilter: ATTRIBUTES,
});

// Streamlit reruns on a bare "r" and clears on a bare "c"; whoever types by voice or by accident
// would lose their place (WCAG 2.1.4).
addEventListener(
  "keydown",
  (event) => {
    const target = event.target;
    const edits = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT|CANVAS)$/.test(target.tagName);
    const bare = !event.ctrlKey && !event.metaKey && !event.altKey && /^[rc]$/i.test(event.key);
    if (bare && !edits) event.stopImmediatePropagation();
  },
  true,
);
