/* Only on the page where something is brought: sends it in parts that go on after a break, and records a spoken message.
   Everything works without it, by the plain form. Nothing is stored on the device. */
(function (d, w) {
  "use strict";
  var form = d.querySelector("[data-bring]"), record = d.querySelector("[data-record]");
  var without = d.querySelector("[data-without]"), PART = 262144, WAIT = 3000, busy = false;
  if (!form || !w.fetch || !w.FormData || !w.Promise || !w.Blob || !w.Blob.prototype.slice) return;
  var file = form.querySelector("[type=file]"), most = Number(form.getAttribute("data-most"));
  var mine = form.querySelector("[data-said]"), progress = form.querySelector("[data-progress]");

  function words(name) { return form.getAttribute("data-" + name); }
  function value(name) { return form.querySelector("[name=" + name + "]").value; }
  function brought(reference, end) { return words("brought").replace("REFERENCE", reference) + (end || ""); }
  function say(where, text) { if (where.textContent !== text) where.textContent = text; }
  function mega(size) { return String(Math.max(1, Math.round(size * 10 / 1048576)) / 10); }

  // Waits until the line may be back.
  function pause() {
    return new Promise(function (go) {
      var timer = w.setTimeout(done, WAIT);
      function done() { w.clearTimeout(timer); w.removeEventListener("online", done); go(); }
      w.addEventListener("online", done);
    });
  }

  // One request, again and again while the line is gone: each of them may come twice and counts once.
  function ask(url, body, redirect, where) {
    var options = { credentials: "same-origin", redirect: redirect, cache: "no-store" };
    if (body) {
      options.method = "POST";
      options.body = body;
      options.headers = { "X-CSRFToken": value("csrf_token") };
    }
    return w.fetch(url, options).then(function (answer) {
      if (answer.status >= 500 || answer.status === 408) throw new Error(String(answer.status));
      return answer;
    }).catch(function () {
      say(where, words("waiting"));
      return pause().then(function () { return ask(url, body, redirect, where); });
    });
  }

  function asleep(where) {
    say(where, words("asleep"));
    busy = false;
  }

  // A page that lay open for long has old marks: it is asked for once more, and only its marks are taken.
  function fresh() {
    return ask(w.location.href.split("#")[0], null, "follow", mine).then(page).then(function (found) {
      ["csrf_token", "way_back"].forEach(function (name) {
        var mark = found.querySelector("form[data-bring] [name=" + name + "]");
        if (mark) form.elements[name].value = mark.value;
      });
    });
  }

  // Why a file is not taken is said on this page: what was typed beside it stays.
  function refused(answer, where) {
    return page(answer).then(function (found) {
      var why = found.querySelector("#file-error");
      if (!why) return w.location.assign(answer.url);
      say(where, why.textContent.trim());
      busy = false;
    });
  }

  function page(answer) {
    return answer.text().then(function (html) { return new w.DOMParser().parseFromString(html, "text/html"); });
  }

  // Begins, or goes on with what was begun: calls on with the reference and how much is there.
  function begin(what, where, on, again) {
    var body = new w.FormData(), name;
    what.once = value("once");
    what.way_back = value("way_back");
    what.what = value("what");
    for (name in what) body.append(name, what[name]);
    ask(words("begin"), body, "follow", where).then(function (answer) {
      if (answer.status === 401) return asleep(where);
      if (answer.status === 422 && !again) return fresh().then(function () { begin(what, where, on, true); });
      if (!answer.ok) return form.submit();
      if ((answer.headers.get("Content-Type") || "").indexOf("json") < 0) return refused(answer, where);
      return answer.json().then(function (there) {
        if (there.arriving) on(there.reference, there.have);
        else w.location.assign(brought(there.reference));
      });
    });
  }

  function soFar(reference, where, on) {
    ask(brought(reference, "/so-far"), null, "follow", where).then(function (answer) {
      if (answer.status === 401) return asleep(where);
      if (!answer.ok) return w.location.assign(brought(reference));
      return answer.json().then(function (there) { on(there.have); });
    });
  }

  // Sends the part that begins there; a redirect is the answer that it is kept.
  function part(reference, blob, have, where, on) {
    var piece = blob.slice(have, have + PART);
    ask(brought(reference, "/part?at=" + have), piece, "manual", where).then(function (answer) {
      if (answer.type === "opaqueredirect") {
        d.dispatchEvent(new w.Event("pointerdown"));  // whoever speaks is here, without touching the page (space.js)
        return on(have + piece.size);
      }
      if (answer.status === 401) return asleep(where);
      if (answer.status === 409) return soFar(reference, where, on);
      return w.location.assign(brought(reference));
    });
  }

  function finish(reference, where) {
    say(where, words("looking"));
    ask(brought(reference, "/whole"), new w.FormData(), "follow", where).then(function (answer) {
      if (answer.status === 401) return asleep(where);
      w.location.assign(answer.url);
    });
  }

  // By this the same file is known again after a break: its beginning, its size and its name.
  function markOf(one) {
    var tail = "|" + one.size + "|" + one.name, head = one.slice(0, 65536);
    if (!w.crypto || !w.crypto.subtle || !head.arrayBuffer) return Promise.resolve(one.lastModified + tail);
    return head.arrayBuffer().then(function (bytes) {
      return w.crypto.subtle.digest("SHA-256", bytes);
    }).then(function (hash) {
      return [].map.call(new w.Uint8Array(hash), function (byte) { return ("0" + byte.toString(16)).slice(-2); }).join("") + tail;
    });
  }

  form.addEventListener("submit", function (e) {
    var one = file.files[0], bar = progress.querySelector("progress");
    e.preventDefault();
    if (busy) return;
    if (!one) return say(mine, words("nothing"));
    if (one.size > most) return say(mine, words("large"));
    busy = true;
    function go(reference, have) {
      progress.hidden = false;
      bar.value = 100 * have / one.size;
      if (have >= one.size) return finish(reference, mine);
      say(mine, words("coming").replace("HAVE", mega(have)).replace("WHOLE", mega(one.size)));
      part(reference, one, have, mine, function (now) { go(reference, now); });
    }
    markOf(one).then(function (mark) {
      begin({ mark: mark, size: one.size, name: one.name }, mine, go);
    });
  });

  if (!record || !navigator.mediaDevices || !navigator.mediaDevices.getUserMedia || !w.MediaRecorder) return;
  var start = record.querySelector("[data-start]"), hold = record.querySelector("[data-pause]");
  var stop = record.querySelector("[data-stop]"), told = record.querySelector("[data-said]"), first = hold.textContent;
  record.hidden = false;
  if (without) without.hidden = true;

  function recording(stream) {
    var kinds = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"].filter(function (kind) {
      return w.MediaRecorder.isTypeSupported && w.MediaRecorder.isTypeSupported(kind);
    });
    // Speech needs no more, and on a weak line each second of it has to travel.
    var recorder = new w.MediaRecorder(stream, { mimeType: kinds[0], audioBitsPerSecond: 24000 });
    var whole = new w.Blob([]), have = 0, sending = false, ended = false, reference = "";
    function pump() {
      if (!reference || sending) return;
      if (have < whole.size) {
        sending = true;
        part(reference, whole, have, told, function (now) { have = now; sending = false; listening(); pump(); });
      } else if (ended) {
        sending = true;
        finish(reference, told);
      }
    }
    function listening() {
      if (!ended) say(told, record.getAttribute(recorder.state === "paused" ? "data-paused" : "data-listening"));
    }
    recorder.ondataavailable = function (e) {
      whole = new w.Blob([whole, e.data]);
      if (whole.size > most - PART && recorder.state !== "inactive") {
        say(told, record.getAttribute("data-full"));
        recorder.stop();
      }
      pump();
    };
    recorder.onstop = function () {
      stream.getTracks().forEach(function (track) { track.stop(); });
      ended = true;
      hold.hidden = stop.hidden = true;
      pump();
    };
    hold.onclick = function () {
      if (recorder.state === "paused") recorder.resume();
      else { recorder.requestData(); recorder.pause(); }
      hold.textContent = recorder.state === "paused" ? hold.getAttribute("data-go-on") : first;
      listening();
    };
    stop.onclick = function () { recorder.stop(); };
    // The screen goes dark, another page comes: what was said until now goes on its way.
    d.addEventListener("visibilitychange", function () {
      if (d.visibilityState === "hidden" && recorder.state === "recording") recorder.requestData();
    });
    recorder.start(4000);
    start.hidden = true;
    hold.hidden = stop.hidden = false;
    hold.focus();
    listening();
    begin({ mark: "spoken " + Date.now() + Math.random(), spoken: "1" }, told, function (name, there) {
      reference = name;
      have = there;
      pump();
    });
  }

  start.addEventListener("click", function () {
    if (busy) return;
    busy = true;
    navigator.mediaDevices.getUserMedia({ audio: true }).then(recording).catch(function () {
      busy = false;
      start.hidden = false;
      hold.hidden = stop.hidden = true;
      say(told, record.getAttribute("data-no-microphone"));
      if (without) without.hidden = false;
    });
  });
})(document, window);
