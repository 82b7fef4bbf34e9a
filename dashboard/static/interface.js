// Danish for the texts that Streamlit itself writes, the page's language, what scrolls within reach of
// the keyboard, no bare-letter shortcuts, and the one municipality that may be kept on this computer.
//
// A text is looked up only inside Streamlit's own parts, never in what our pages write: a reader's
// word "Open" must stay as it is.
"use strict";

// One municipality may be kept on this computer, while its reader has the box ticked. The next visit brings
// it along in its address, from where the program takes it at once. Nothing else of ours is kept here.
{
  const CHOSEN = "municipality";
  const BROUGHT = "remembered";
  const BOX = ".st-key-remember";

  // A browser may refuse storage; the page works all the same.
  const onThisComputer = (act) => {
    try {
      return act(localStorage);
    } catch {
      return null;
    }
  };

  const kept = onThisComputer((place) => place.getItem(CHOSEN));
  if (kept) {
    const asked = new URLSearchParams(location.search);
    asked.set(BROUGHT, kept);
    history.replaceState(history.state, "", `?${asked}`);
  }

  function keep() {
    const isTicked = document.querySelector(`${BOX} input`)?.checked;
    const chosen = new URLSearchParams(location.search).get(CHOSEN);
    onThisComputer((place) =>
      isTicked && chosen ? place.setItem(CHOSEN, chosen) : place.removeItem(CHOSEN),
    );
  }

  // The box turns at a press of its label too, which changes nothing by itself; it has turned after the event.
  addEventListener("click", ({ target }) => target.closest?.(BOX) && setTimeout(keep), true);
}

const DANISH = {
  "Skip to main content": "Gå til indhold",
  "Sidebar": "Sidepanel",
  "App pages": "Sider",
  "Collapse sidebar": "Skjul sidepanel",
  "Expand sidebar": "Vis sidepanel",
  "Link to heading": "Link til overskrift",
  "Open": "Åbn",
  "Close": "Luk",
  "Dismiss": "Luk",
  "Choose an option": "Vælg",
  "Choose options": "Vælg",
  "No results": "Ingen fundet",
  "Selectbox options": "Muligheder",
  "Multiselect options": "Muligheder",
  "Selected values": "Valgt",
  "No options to select.": "Intet at vælge.",
  "No options to select": "Intet at vælge",
  "Select all": "Vælg alle",
  "Clear all": "Ryd alle",
  "Clear value": "Ryd",
  "Upload": "Vælg fil",
  "Browse files": "Vælg fil",
  "Drag and drop file here": "Træk en fil hertil",
  "file upload": "Vælg fil",
  "Add files": "Vælg flere filer",
  "add icon": "Vælg flere filer",
  "Only one file is allowed.": "Vælg kun én fil.",
  "Upload failed": "Filen blev ikke sendt",
  "Error uploading file": "Filen blev ikke sendt",
  "Click to retry upload": "Prøv at sende filen igen",
  "Error:": "Fejl:",
  "Failed to generate file for download": "Filen kunne ikke laves. Prøv igen om lidt.",
  "Download failed": "Filen kunne ikke hentes. Prøv igen om lidt.",
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
  "Type to search": "Skriv for at søge",
  "Previous Result": "Forrige",
  "Next Result": "Næste",
  "Close Search": "Luk søgning",
  "(index)": "(rækkenummer)",
  "Dataframe column menu": "Kolonnens menu",
  "Add row": "Tilføj række",
  "Delete row(s)": "Slet rækker",
  "Delete row": "Slet række",
  "text": "tekst",
  "Autosize": "Tilpas bredde",
  "Format": "Format",
  "Hide column": "Skjul kolonne",
  "Pin column": "Fastgør kolonne",
  "Unpin column": "Frigør kolonne",
  "Sort ascending": "Sortér stigende",
  "Sort descending": "Sortér faldende",
  "Statistics": "Statistik",
  "Top values frequency chart": "Hyppigste værdier",
  "Values": "Værdier",
  "Empty": "Tomme",
  "Distinct": "Forskellige",
  "Minimum length": "Mindste længde",
  "Maximum length": "Største længde",
  "Average length": "Gennemsnitlig længde",
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
  "Streamlit server is not responding. Are you connected to the internet?":
    "Programmet svarer ikke. Er der forbindelse til netværket?",
  "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:":
    "Kører programmet stadig? Hvis det er standset, så start det igen:",
  "Page not found": "Siden findes ikke",
  "The page that you have requested does not seem to exist. Running the app's main page.":
    "Siden findes ikke. Her er forsiden i stedet.",
  "Print": "Udskriv",
  "Rerun": "Opdatér",
  "Settings": "Indstillinger",
  "Clear caches": "Ryd mellemlager",
  "Main menu": "Menu",
  // What a screen reader calls the parts of a chart.
  "visualization": "diagram",
  "group mark container": "gruppe",
  "text mark container": "tekster",
  "text mark": "tekst",
  "symbol mark container": "punkter",
  "rect mark container": "felter",
  "rect mark": "felt",
  "rect": "felt",
  "circle": "punkt",
  "point": "punkt",
};

const PATTERNS = [
  [/^(Limit )?([\d.]+) ?MB per file(?: • (.*))?$/, "Højst $2 MB pr. fil"],
  [/^File must be ([\d.]+)MB or smaller\.$/, "Filen må højst fylde $1 MB."],
  [/^(?:\w+\/)?([\w.+-]+) files are not allowed\.?$/, "$1-filer kan ikke bruges."],
  [/^AxiosError: .*$/, "Filen blev ikke sendt. Prøv igen."],
  [/^Remove (.*)$/, "Fjern $1"],
  [/^(\d+) options? available\.$/, "$1 muligheder"],
  [/^(\d+) results?$/, "$1 fundet"],
  [/^(\d+) of (\d+) results?$/, "$1 af $2 fundet"],
  [/^Help for (.*)$/, "Hjælp til $1"],
  [/^Shortcut (.*)$/, "Genvej $1"],
];

const ATTRIBUTES = ["aria-label", "aria-roledescription", "placeholder", "title", "alt"];
const OURS = '[data-testid="stMarkdownContainer"], [data-testid="stCode"], [data-testid="stTable"], ' +
  '[data-testid="stMetricValue"], svg, canvas';
const NOT_OURS = '[data-testid="stFileUploaderDropzone"]';
const SHELL = "[data-testid], [role=tooltip], [role=dialog], [data-baseweb], [data-live-announcer], " +
  "#portal";
const SCROLLED = '[data-testid="stTable"] > div, [data-testid="stVerticalBlock"][height$="px"]';

const language = () => (new URLSearchParams(location.search).get("lang") === "en" ? "en" : "da");

function danish(text) {
  const trimmed = text.trim();
  if (Object.hasOwn(DANISH, trimmed)) return text.replace(trimmed, DANISH[trimmed]);
  for (const [pattern, replacement] of PATTERNS) {
    if (pattern.test(trimmed)) return trimmed.replace(pattern, replacement);
  }
  // "Show data: <what is shown>": a button, then what it belongs to.
  const [button, ...rest] = trimmed.split(": ");
  if (rest.length && Object.hasOwn(DANISH, button)) return [DANISH[button], ...rest].join(": ");
  return text;
}

// What was replaced, by text or element, so that English comes back when the reader chooses it.
const replaced = new WeakMap();

function inLanguage(owner, name, found) {
  if (language() === "en") {
    const kept = replaced.get(owner)?.[name];
    return kept && kept.danish === found ? kept.english : found;
  }
  const said = danish(found);
  if (said !== found) {
    replaced.set(owner, { ...replaced.get(owner), [name]: { english: found, danish: said } });
  }
  return said;
}

function translateAttributes(element) {
  for (const name of ATTRIBUTES) {
    const found = element.getAttribute(name);
    if (!found) continue;
    const said = inLanguage(element, name, found);
    if (said !== found) element.setAttribute(name, said);
  }
}

function translateText(node) {
  const parent = node.parentElement;
  if (!parent || !parent.closest(SHELL)) return;
  if (parent.closest(OURS) && !parent.closest(NOT_OURS)) return;
  const said = inLanguage(node, "text", node.data);
  if (said !== node.data) node.data = said;
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

// What is larger than its place can be reached, and so scrolled, with the keyboard (WCAG 2.1.1).
const sizes = new ResizeObserver((parts) => {
  for (const { target } of parts) {
    const isLarger =
      target.scrollWidth > target.clientWidth || target.scrollHeight > target.clientHeight;
    if (isLarger) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});

function watchSizes(root) {
  if (root.nodeType !== Node.ELEMENT_NODE) return;
  const holding = root.closest(SCROLLED);
  for (const part of [...(holding ? [holding] : []), ...root.querySelectorAll(SCROLLED)]) {
    sizes.unobserve(part); // observed anew, it is looked at again: it may hold more now
    sizes.observe(part);
  }
}

function observe(changes) {
  const chosen = language();
  if (document.documentElement.lang !== chosen) {
    document.documentElement.lang = chosen;
    translate(document.body);
  }
  for (const change of changes) change.addedNodes.forEach(watchSizes);
  if (chosen !== "da") return;
  for (const change of changes) {
    if (change.type === "characterData") translateText(change.target);
    else if (change.type === "attributes") translateAttributes(change.target);
    else change.addedNodes.forEach(translate);
  }
}

document.documentElement.lang = language();
translate(document.body);
watchSizes(document.body);
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

// The button under a link copies it, and says so once it has. Streamlit's own button for it cannot
// be reached with the keyboard (WCAG 2.1.1).
addEventListener("click", async (event) => {
  const button = event.target.closest?.(".st-key-copy_link button");
  const link = button?.closest(".st-key-link")?.querySelector("code")?.textContent;
  const label = button?.querySelector("p");
  if (!link || !label || !navigator.clipboard) return;
  label.setAttribute("aria-live", "polite");
  await navigator.clipboard.writeText(link);
  const [said, copied] = [label.firstChild.data, "Copied!"];
  label.firstChild.data = language() === "en" ? copied : DANISH[copied];
  setTimeout(() => (label.firstChild.data = said), 2000);
});
