// Shows the slides of a page one at a time over the whole screen: keys, a clicker, touch and buttons.
//
// The same in the dashboard, where Streamlit has laid the slides out, and in the file that is shown
// without a network. Texts are the page's own; this knows its parts by their keys alone.
"use strict";

{
  const SLIDES = '[class*="st-key-slide_"]';
  const [BEGIN, PREVIOUS, NEXT, END] = ["begin", "previous", "next", "end"].map(
    (name) => `.st-key-present_${name} button`,
  );
  const CONTROLS = ".st-key-present_controls";
  const WIDTH = 960; // of a slide before it is scaled, as presentation.css has it
  const HEIGHT = 540;
  const SWIPE = 40; // pixels; less is a tap
  const BACK_OF_SCREEN = 1 / 3; // a tap on this part of it goes back
  const STEPS = new Map([
    ...["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"].map((key) => [key, 1]),
    ...["ArrowLeft", "ArrowUp", "PageUp", "Backspace"].map((key) => [key, -1]),
    ["Home", -Infinity],
    ["End", Infinity],
  ]);

  const screen = document.documentElement;
  let shown = -1; // the place of the slide on the screen; -1 when nothing is presented
  let filled = false; // whether the browser has given us the whole screen
  let begun = null; // where a finger was put down
  let before = null; // what had the focus
  let aside = []; // what is out of reach meanwhile

  const slides = () => [...document.querySelectorAll(SLIDES)];

  function show(place) {
    const all = slides();
    shown = Math.max(0, Math.min(place, all.length - 1));
    all.forEach((slide, number) => slide.toggleAttribute("data-shown", number === shown));
    setAside(all[shown]);
    all[shown].tabIndex = -1;
    all[shown].focus({ preventScroll: true });
    fit();
  }

  // Nothing but the slide and the buttons is in reach of the keyboard and of whoever listens.
  function setAside(slide) {
    bringBack();
    const buttons = document.querySelector(CONTROLS);
    for (let part = slide; part !== document.body; part = part.parentElement) {
      for (const other of part.parentElement.children) {
        if (other === part || other.inert || other.contains(buttons)) continue;
        other.inert = true;
        aside.push(other);
      }
    }
  }

  function bringBack() {
    for (const other of aside) other.inert = false;
    aside = [];
  }

  // A slide that says more than there is room for is made larger, and so its letters smaller.
  function fit() {
    const slide = slides()[shown];
    if (!slide) return;
    slide.style.setProperty("--slide-tall", 1);
    const tall = Math.max(1, slide.scrollHeight / HEIGHT);
    slide.style.setProperty("--slide-tall", tall);
    const [width, height] = [WIDTH * tall, HEIGHT * tall];
    const scale = Math.min(innerWidth / width, innerHeight / height);
    screen.style.setProperty("--slide-scale", scale);
    screen.style.setProperty("--slide-left", `${(innerWidth - width * scale) / 2}px`);
    screen.style.setProperty("--slide-top", `${(innerHeight - height * scale) / 2}px`);
  }

  function begin() {
    if (!slides().length) return;
    before = document.activeElement;
    screen.toggleAttribute("data-presenting", true);
    show(0);
    // Not every browser can; the slides fill its window all the same.
    screen.requestFullscreen?.().then(() => (filled = true), () => {});
  }

  function end() {
    if (shown < 0) return;
    shown = -1;
    screen.toggleAttribute("data-presenting", false);
    bringBack();
    for (const slide of slides()) {
      slide.removeAttribute("data-shown");
      slide.removeAttribute("tabindex");
    }
    if (document.fullscreenElement) document.exitFullscreen();
    filled = false;
    before?.focus?.();
  }

  function pressing(event) {
    if (shown < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const onButton = event.target.closest?.("button, a") && [" ", "Enter"].includes(event.key);
    if (onButton) return;
    if (event.key === "Escape") end();
    else if (STEPS.has(event.key)) show(shown + STEPS.get(event.key));
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  function clicking(event) {
    const on = (button) => event.target.closest?.(button);
    if (on(BEGIN)) begin();
    else if (shown >= 0 && on(PREVIOUS)) show(shown - 1);
    else if (shown >= 0 && on(NEXT)) show(shown + 1);
    else if (on(END)) end();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation(); // the server has no part in it
  }

  function lifting(event) {
    if (shown < 0 || !begun || event.pointerType === "mouse") return;
    const across = event.clientX - begun.x;
    begun = null;
    if (event.target.closest?.("button, a")) return;
    if (Math.abs(across) > SWIPE) show(shown + (across < 0 ? 1 : -1));
    else show(shown + (event.clientX < innerWidth * BACK_OF_SCREEN ? -1 : 1));
  }

  addEventListener("keydown", pressing, true);
  addEventListener("click", clicking, true);
  addEventListener("pointerdown", (event) => (begun = { x: event.clientX }), true);
  addEventListener("pointerup", lifting, true);
  addEventListener("resize", fit);
  addEventListener("popstate", end);
  document.addEventListener("fullscreenchange", () => filled && !document.fullscreenElement && end());
}
