/* Replaces one element of the page by itself, read anew, while the page is looked at. Without this script the
   "Refresh" link does it. */
(() => {
  "use strict";
  const sign = document.querySelector("[data-refresh]");
  if (!sign) return;
  const wanted = sign.dataset.refresh;
  sign.hidden = false;

  async function refresh() {
    // Nothing is replaced under somebody's hands: not while a box is ticked or the page is out of sight.
    const busy = document.hidden || document.querySelector("input[name=_selected_action]:checked");
    if (!busy) {
      try {
        const answer = await fetch(window.location.href, { credentials: "same-origin" });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = answer.ok && page.querySelector(wanted);
        if (!fresh) return;
        document.querySelector(wanted).replaceWith(fresh);
        fresh.querySelectorAll("[data-refresh]").forEach((one) => {
          one.hidden = false;
        });
        if (wanted !== "#result_list" && !fresh.querySelector("[data-refresh]")) return;
      } catch {
        // The network is away for a moment: the next round tries again.
      }
    }
    window.setTimeout(refresh, seconds);
  }
  const seconds = Number(sign.dataset.refreshSeconds) * 1000;
  window.setTimeout(refresh, seconds);
})();
