// Takes what stands on the screen away when the session behind it is over: left idle, signed out of
// in another tab, or ended by an administrator. The server has stopped answering by then.
// Served where people sign in, and nowhere else.
"use strict";

{
  const STATE = "/signed-in"; // looking does not keep the session alive
  const SIGN_IN = "/sign-in";
  const EVERY_MS = 20000;
  const OVER = 401;

  async function look() {
    try {
      const answer = await fetch(STATE, { cache: "no-store", redirect: "error" });
      if (answer.status === OVER) leave();
    } catch {
      // No network: nothing is known, and nothing new can be shown either.
    }
  }

  function leave() {
    document.documentElement.hidden = true;
    location.replace(SIGN_IN);
  }

  // A refused message closes the connection, which the page's own mark of it shows at once.
  new MutationObserver(look).observe(document.documentElement, {
    subtree: true,
    attributes: true,
    attributeFilter: ["data-test-connection-state"],
  });
  setInterval(look, EVERY_MS);
  document.addEventListener("visibilitychange", () => document.hidden || look());
  addEventListener("pageshow", (event) => event.persisted && look());
}
