/* Shows, a moment after the last key, what the page would show for what was typed: in the workshop how readers will meet
   the text, at a key worker's desk the families that fit. Nothing is kept by it; a button does the same without script. */
const form = document.querySelector("form[data-shows]");
let waiting = 0;
let turn = 0;

async function show() {
  const mine = ++turn;
  const typed = new URLSearchParams(new FormData(form));
  typed.set("act", "show");
  const answer = await fetch(location.href, { method: "POST", body: typed }).catch(() => null);
  if (!answer || !answer.ok || mine !== turn) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const old of document.querySelectorAll("[data-shown]")) {
    const now = page.getElementById(old.id);
    if (now && !old.contains(document.activeElement)) old.replaceChildren(...now.childNodes);
  }
}

if (form) {
  form.addEventListener("input", (event) => {
    if (event.target.closest("[data-shown]")) return;
    clearTimeout(waiting);
    waiting = setTimeout(show, Number(form.dataset.shows) || 900);
  });
}
