/* All that script adds to a page, in one file that comes after the words. Nothing is stored here and nothing is counted. */

/* Leaving quickly: empty the page, end the session if there is one, go. */
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
    try { d.dispatchEvent(new Event("leavequickly")); } catch (e) { /* writing.js sends what is being written */ }
    to = link.href || link.getAttribute("data-leave");
    empty();
    try {
      if (w.speechSynthesis) w.speechSynthesis.cancel();
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

/* Listening: only where this device itself has a voice for the language, because a voice elsewhere would be told the words. */
(function (d, w) {
  "use strict";
  var box = d.querySelector("[data-listen]"), synth = w.speechSynthesis, at = 0, turn = 0, reading = false;
  var blocks, play, end, first, words;
  if (!box || !synth || !w.SpeechSynthesisUtterance) return;
  play = box.children[0];
  end = box.children[1];
  first = play.textContent;
  function voice(code) {
    var wanted = code.toLowerCase().split("-")[0];
    return synth.getVoices().filter(function (one) {
      return one.localService && one.lang.toLowerCase().split(/[-_]/)[0] === wanted;
    })[0];
  }
  function check() {
    box.hidden = !voice(d.documentElement.lang);
  }
  function show() {
    play.textContent = reading ? box.getAttribute("data-pause") : at ? box.getAttribute("data-go-on") : first;
    end.hidden = !reading && !at;
  }
  function hush() {
    turn += 1;
    reading = false;
    synth.cancel();
  }
  function stop() {
    hush();
    at = 0;
    show();
  }
  // What is closed is not read; what is in a language without a voice is left out.
  function next() {
    var mine = turn, block = blocks[at], said;
    if (!block) return stop();
    words = new w.SpeechSynthesisUtterance(block.textContent.replace(/\s+/g, " ").trim());
    words.lang = block.closest("[lang]").lang;
    words.voice = voice(words.lang) || null;
    said = function () {
      if (mine !== turn) return;
      at += 1;
      next();
    };
    if (!words.text || !words.voice || block.closest("details:not([open])")) return said();
    words.onend = words.onerror = said;
    synth.speak(words);
  }
  play.addEventListener("click", function () {
    if (reading) {
      hush();
    } else {
      // On a page of somebody's own space it is the whole main part that is read, and what people wrote there.
      blocks = (d.querySelector("article") || d.querySelector("main")).querySelectorAll("h1,h2,h3,p,li,li>a,dt,dd,tr,figcaption,.user-words,label");
      blocks = [].filter.call(blocks, function (one) {
        if (one.tagName === "A" && !one.parentNode.querySelector("p")) return false;
        return !one.querySelector("p,li,.user-words,label") && !one.closest("[data-listen],[aria-hidden]");
      });
      reading = true;
      next();
    }
    show();
  });
  end.addEventListener("click", function () { stop(); play.focus(); });
  w.addEventListener("pagehide", stop);
  synth.onvoiceschanged = check;
  check();
})(document, window);

/* Nastaliq, the letters in which Urdu is read, where the device has none. Fetched beside a quick line only, and in truth
   for the next page: used only where it is here so soon that no words move under the eyes. */
(function (d, w) {
  "use strict";
  var from = d.querySelector("script[data-nastaliq]"), line = navigator.connection;
  var own = ["NotoNastaliqUrdu-Regular", "Noto Nastaliq Urdu Regular", "Noto Nastaliq Urdu", "Jameel Noori Nastaleeq",
    "Alvi Nastaleeq", "Urdu Typesetting"];
  if (!from || !line || !d.fonts || !w.FontFace || !w.fetch) return;
  if (line.effectiveType !== "4g" || line.saveData || w.matchMedia("(prefers-reduced-data: reduce)").matches) return;
  function use(bytes) {
    return new w.FontFace("Noto Nastaliq Urdu", bytes).load().then(function (face) {
      var painted = performance.getEntriesByName("first-contentful-paint")[0];
      if (!painted || performance.now() - painted.startTime < 100) d.fonts.add(face);
    });
  }
  function fetchLetters() {
    return w.fetch(from.getAttribute("data-nastaliq"), { cache: "force-cache", priority: "low" }).then(function (come) {
      return come.ok && come.arrayBuffer().then(use);
    }).catch(function () { /* the device's other letters do */ });
  }
  function ask() {
    new w.FontFace("own", own.map(function (name) { return "local('" + name + "')"; }).join()).load().catch(fetchLetters);
  }
  if (d.readyState === "complete") ask();
  else w.addEventListener("load", ask);
})(document, window);
