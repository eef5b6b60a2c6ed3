/* Leaving quickly: empty the page, end the session if there is one, go. Nothing is stored here and nothing is counted. */
(function (d, w) {
  "use strict";
  var link = d.querySelector("[data-leave]"), to, at = [];
  if (!link) return;
  function empty() {
    d.title = "\u200e";
    d.replaceChild(d.createElement("html"), d.documentElement);
  }
  function go() {
    var post = link.getAttribute("data-leave-post");
    to = link.href;
    empty();
    try {
      if (post) navigator.sendBeacon(post);
      w.history.replaceState(null, "", "/");
    } catch (e) { /* leaving matters more */ }
    w.location.replace(to);
  }
  link.addEventListener("click", function (e) { e.preventDefault(); go(); });
  // Back to a page that the browser kept whole: it stays empty and leaves again.
  w.addEventListener("pageshow", function () { if (to) { empty(); w.location.replace(to); } });
  // Shift three times within five seconds; not on touch (its keyboards press Shift by themselves), never while typing.
  if (navigator.maxTouchPoints || "ontouchstart" in w) return;
  d.addEventListener("keydown", function (e) {
    var on = e.target, now = Date.now();
    if (e.repeat) return;
    if (e.key !== "Shift" || on.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(on.tagName)) { at = []; return; }
    at.push(now);
    at = at.slice(-3);
    if (at.length === 3 && now - at[0] < 5000) go();
  });
})(document, window);
