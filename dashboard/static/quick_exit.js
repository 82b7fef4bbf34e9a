// Leaves at once: empties the page, puts an empty one in its place, and keeps the way back empty too.
//
// The browser keeps an entry for everything of ours that was shown in this tab, and no script may
// take them away. So the tab remembers that it was left, and whoever then goes back or forward to
// one of them is sent on before anything is drawn. An address typed or a link followed is a new visit.
// Runs before the page's own scripts.
"use strict";

{
  const EMPTY = "about:blank"; // asks no server: it is there at once, whatever the network does
  const LEFT = "left";
  const BUTTON = ".st-key-quick_exit button";
  const KEY = "Escape";
  const TIMES = 3;
  const WITHIN_MS = 2000;

  // A browser may refuse storage; leaving works all the same.
  const inThisTab = (act) => {
    try {
      return act(sessionStorage);
    } catch {
      return null;
    }
  };
  const wasLeft = () => inThisTab((tab) => tab.getItem(LEFT)) !== null;
  const arrivedAnew = () => performance.getEntriesByType("navigation")[0]?.type === "navigate";

  function leave() {
    inThisTab((tab) => tab.setItem(LEFT, "1"));
    document.body?.replaceChildren();
    sendOn();
  }

  function sendOn() {
    document.documentElement.hidden = true;
    stop();
    location.replace(EMPTY);
  }

  let pressed = [];
  function pressing(event) {
    if (event.repeat) return;
    const now = event.timeStamp;
    const recent = pressed.filter((before) => now - before < WITHIN_MS);
    pressed = event.key === KEY ? [...recent, now] : [];
    if (pressed.length >= TIMES && document.querySelector(BUTTON)) leave();
  }

  if (arrivedAnew()) inThisTab((tab) => tab.removeItem(LEFT));
  else if (wasLeft()) sendOn();

  addEventListener("pageshow", (event) => event.persisted && wasLeft() && sendOn());
  addEventListener("keydown", pressing, true);
  addEventListener("click", (event) => event.target.closest?.(BUTTON) && leave(), true);
}
