/* Pages on which somebody writes or fills in a form, and the start of their space. Keeps what stands there while it is typed:
   on the server, and without a signal on this device, locked with a key that only the person's own pages carry. Everything
   works without it. */
(function (d, w) {
  "use strict";
  var box = d.querySelector("[data-device]"), form = d.querySelector("form[data-writing]"), line = d.querySelector("[data-kept]");
  var subtle = w.crypto && w.crypto.subtle, name = "portal-", most = 60000, opened, store;
  var tab, turn = 0, last, since = 0, timer, again, busy = null, going = false, told = false, trouble = "";
  if (!box || !w.fetch || !w.Promise || !w.FormData || !w.TextEncoder || !w.crypto || !FormData.prototype.forEach) return;

  function text(what) { return box.getAttribute("data-" + what); }

  /* What is said: the first save is announced once, later ones only shown; a change of the weather is announced again. */
  function say(words, aloud) {
    if (!line || line.textContent === words) return;
    line.setAttribute("aria-live", aloud || !told ? "polite" : "off");
    told = told || !aloud;
    setTimeout(function () { line.textContent = words; }, 50);
  }

  /* The device: a box of locked words, each under the random mark of the page that wrote them. */
  try {
    store = w.localStorage;
    store.setItem(name, "");
    store.removeItem(name);
  } catch (e) { store = null; }
  function key() {
    opened = opened || subtle.importKey("raw", bytes(text("key")), "AES-GCM", false, ["encrypt", "decrypt"]);
    return opened;
  }
  function bytes(base64) {
    return Uint8Array.from(w.atob(base64), function (sign) { return sign.charCodeAt(0); });
  }
  function base64(array) {
    var found = "", at;
    for (at = 0; at < array.length; at += 8192) found += String.fromCharCode.apply(null, array.subarray(at, at + 8192));
    return w.btoa(found);
  }
  function lock(said) {
    var nonce = w.crypto.getRandomValues(new Uint8Array(12));
    if (!store || !subtle) return Promise.resolve(false);
    return key().then(function (found) {
      return subtle.encrypt({ name: "AES-GCM", iv: nonce }, found, new TextEncoder().encode(JSON.stringify(said)));
    }).then(function (locked) {
      var before;
      try { before = JSON.parse(store.getItem(name + said.tab) || "{}").turn || 0; } catch (e) { before = 0; }
      if (before <= said.turn) {
        store.setItem(name + said.tab, JSON.stringify({ turn: said.turn, nonce: base64(nonce), locked: base64(new Uint8Array(locked)) }));
      }
      return true;
    }).catch(function () { return false; });
  }
  function unlock(item) {
    var found = JSON.parse(store.getItem(item));
    return key().then(function (mine) {
      return subtle.decrypt({ name: "AES-GCM", iv: bytes(found.nonce) }, mine, bytes(found.locked));
    }).then(function (plain) { return JSON.parse(new TextDecoder().decode(plain)); });
  }
  function forget(said) {
    var item = name + said.tab, found;
    try {
      found = store && JSON.parse(store.getItem(item) || "null");
      if (found && found.turn <= said.turn) store.removeItem(item);
    } catch (e) { /* nothing lies there */ }
  }

  /* The server. */
  function parcel(said) {
    var body = new FormData();
    Object.keys(said).forEach(function (name) {
      if (name !== "place") [].concat(said[name]).forEach(function (value) { body.append(name, value); });
    });
    body.append("csrf_token", text("csrf"));
    return body;
  }
  function address(said) { return text("keep").replace("PLACE", encodeURIComponent(said.place)); }
  function post(said, second) {
    return w.fetch(address(said), { method: "POST", body: parcel(said), credentials: "same-origin", redirect: "error" }).then(function (answer) {
      if ((answer.status === 422 || answer.status === 400) && !second) {
        return fresh().then(function (status) { return status ? { status: status } : post(said, true); });
      }
      return answer.status === 200 ? answer.json().then(function (found) { found.status = 200; return found; }) : { status: answer.status };
    });
  }
  /* A page that lay open for long has an old mark: this page is asked for once more, and only its marks are taken. */
  function fresh() {
    return w.fetch(w.location.href.split("#")[0], { credentials: "same-origin" }).then(function (answer) {
      return answer.text().then(function (html) {
        var page = new DOMParser().parseFromString(html, "text/html"), found = page.querySelector("[data-device]");
        var way = page.querySelector("form[data-writing] [name=way_back]");
        if (!found) return answer.ok ? 401 : answer.status;  // another page came, at which one signs in
        box.setAttribute("data-csrf", found.getAttribute("data-csrf"));
        if (form) form.elements.csrf_token.value = found.getAttribute("data-csrf");
        if (form && way) form.elements.way_back.value = way.value;
        return 0;
      });
    });
  }

  /* What lies on this device goes to the space, one after the other. */
  function bring() {
    var items = [], brought = Promise.resolve(), here = false, any = false;
    if (!store || !subtle) return brought;
    try {
      items = Object.keys(store).filter(function (item) { return item.indexOf(name) === 0 && item !== name + tab; });
    } catch (e) { return brought; }
    items.forEach(function (item) {
      brought = brought.then(function () { return unlock(item); }).then(function (said) {
        return post(said).then(function (answer) {
          if (answer.status !== 200 && answer.status !== 409) return;
          forget(said);
          any = any || answer.status === 200;
          here = here || (form && said.place === form.getAttribute("data-writing"));
        });
      }).catch(function () { /* somebody else's, or still no signal */ });
    });
    return brought.then(function () {
      if (here && stands() === stands(true) && !form.hasAttribute("data-bring")) w.location.reload();
      else if (any) say(text("returned"), true);
    });
  }

  w.addEventListener("online", function () { bring(); if (form) save(); });
  bring();
  leaveAfter(d.querySelector("form.out"));
  if (!form) return;

  /* Writing. */
  last = stands(true);
  tab = [].map.call(w.crypto.getRandomValues(new Uint8Array(12)), function (one) { return ("0" + one.toString(16)).slice(-2); }).join("");

  /* What stands in the fields that are seen; or what stood there when the page came. */
  function stands(first) {
    return JSON.stringify([].map.call(form.elements, function (one) {
      if (/hidden|submit|button|file/.test(one.type)) return 0;
      if (one.options) return [].map.call(one.options, function (option) { return first ? option.defaultSelected : option.selected; });
      if (/radio|checkbox/.test(one.type)) return first ? one.defaultChecked : one.checked;
      return first ? one.defaultValue : one.value;
    }));
  }
  function said() {
    var found = { place: form.getAttribute("data-writing") };
    new FormData(form).forEach(function (value, name) {
      if (typeof value === "string" && name !== "csrf_token") found[name] = name in found ? [].concat(found[name], value) : value;
    });
    turn += 1;
    found.tab = tab;
    found.turn = turn;
    return found;
  }
  function later() {
    var now = Date.now();
    since = since || now;
    clearTimeout(timer);
    timer = setTimeout(save, Math.max(0, Math.min(2000, since + 5000 - now)));
  }
  function save() {
    var mine, now = stands();
    clearTimeout(timer);
    clearTimeout(again);
    if (busy || going || now === last) return busy || Promise.resolve();
    since = 0;
    mine = said();
    busy = post(mine).then(function (answer) { return took(mine, now, answer); }, function () { return took(mine, now, { status: 0 }); }).then(function () {
      busy = null;
      if (stands() !== last && !trouble) later();
    });
    return busy;
  }
  function took(mine, now, answer) {
    if (answer.status === 200 || answer.status === 409) {
      last = now;
      forget(mine);
      trouble = "";
      if (answer.once) {
        form.elements.once.value = answer.once;
        form.elements.seen.value = answer.seen;
        [].forEach.call(form.querySelectorAll("[data-let-go]"), function (one) { one.hidden = false; });
      }
      if (answer.beside) say(text("beside"), true);
      else if (answer.empty) say(text("empty"), true);
      else if (answer.said) say(answer.said);
      return null;
    }
    again = setTimeout(save, 15000);
    return lock(mine).then(function (locked) {
      trouble = answer.status === 401 ? "asleep" : "signal";
      say(text(trouble === "asleep" ? "asleep" : locked ? "no-signal" : "only-open"), true);
    });
  }
  /* The page goes: whatever was not saved goes with it, without waiting for an answer. */
  function away(quickly) {
    var mine;
    if (going || stands() === last) return;
    mine = said();
    if (quickly !== true) lock(mine);
    if (new TextEncoder().encode(JSON.stringify(mine)).length < most && navigator.sendBeacon) navigator.sendBeacon(address(mine), parcel(mine));
    else post(mine).catch(function () { /* it is locked here */ });
  }
  /* Signing out empties this device's box: what lies in it goes to the space first. */
  function leaveAfter(out) {
    if (!out) return;
    out.addEventListener("submit", function (e) {
      var gone = false;
      function go() { if (!gone) { gone = true; going = true; out.submit(); } }
      e.preventDefault();
      setTimeout(go, 3000);
      Promise.resolve(form && save()).then(bring).then(go, go);
    });
  }

  form.addEventListener("input", later);
  form.addEventListener("focusout", save);
  w.addEventListener("pagehide", away);
  d.addEventListener("visibilitychange", function () { if (d.visibilityState === "hidden") away(); });
  d.addEventListener("leavequickly", function () { away(true); going = true; });
  w.addEventListener("pageshow", function () { going = false; });
  form.addEventListener("submit", function (e) {
    var pressed = e.submitter || d.activeElement, extra;
    if (e.defaultPrevented) return save();  // the page stays, and sends it by itself (bringing.js)
    clearTimeout(timer);
    if (stands() !== last && (trouble === "signal" || navigator.onLine === false)) {
      // Without a signal a press leads nowhere: the page stays, the words are locked here, and it is said.
      e.preventDefault();
      Promise.resolve(busy || save()).then(function () {
        if (stands() !== last) return;
        if (pressed.hasAttribute("formaction")) form.action = pressed.formAction;
        extra = d.createElement("input");
        extra.type = "hidden";
        extra.name = pressed.name || "then";
        extra.value = pressed.value || "look";
        form.appendChild(extra);
        goes();
        form.submit();
        extra.remove();
      });
      return;
    }
    goes();
  });
  function goes() {
    turn += 1;
    clearTimeout(again);
    form.elements.tab.value = tab;
    form.elements.turn.value = turn;
    going = true;
  }
  if (stands() !== last) later();
})(document, window);
