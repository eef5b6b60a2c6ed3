/* Private pages of a family: says five minutes before a visit falls asleep that it will, and keeps it awake while somebody
   types or touches the page; and shows no page again after its visit has ended. Nothing is stored here. */
(function (d, w) {
  "use strict";
  var note = d.querySelector(".rests"), minute = 60000, heard = Date.now(), timers = [], minutes;
  if (!note || !w.fetch) return;
  minutes = Number(note.getAttribute("data-minutes"));
  function say() { note.textContent = note.getAttribute("data-words"); }
  function hush() { note.textContent = ""; }
  function wait() {
    timers.forEach(w.clearTimeout, w);
    timers = [w.setTimeout(say, Math.max(1, minutes - 5) * minute), w.setTimeout(hush, minutes * minute)];
  }
  // The portal notes at most once in a minute that somebody is still here, so asking more often would be for nothing.
  function here() {
    if (!note.textContent && Date.now() - heard < 2 * minute) return;
    heard = Date.now();
    hush();
    wait();
    ask().catch(function () { /* without a line the page stays as it is, and what is sent later comes back whole */ });
  }
  function ask() {
    return w.fetch(note.getAttribute("data-stay"), { method: "HEAD", cache: "no-store", credentials: "same-origin" });
  }
  // A page that the browser kept whole is shown again only while the visit lives.
  w.addEventListener("pageshow", function (e) {
    var root = d.documentElement;
    if (!e.persisted) return;
    root.hidden = true;
    ask().then(function (answer) { if (answer.ok) root.hidden = false; else w.location.reload(); }, function () { root.hidden = false; });
  });
  d.addEventListener("keydown", here);
  d.addEventListener("pointerdown", here);
  wait();
})(document, window);
