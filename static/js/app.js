/* What makes the pages pleasanter to use. Nothing here is needed: every page works without it. */
"use strict";

(() => {
  const notices = document.getElementById("ilmoitukset");
  const announcer = document.getElementById("kuulutus");
  const touched = new Set();
  const guarded = (form) => form.method === "post" && !form.hasAttribute("data-unguarded");

  /* Say a sentence to those who listen to the page. */
  function announce(sentence) {
    if (!announcer || !sentence) return;
    announcer.textContent = "";
    setTimeout(() => { announcer.textContent = sentence; }, 60);
  }

  /* A failed request must not look as if nothing happened. */
  function showFault(event, sentence) {
    const form = event.target.closest?.("form");
    if (form && guarded(form)) touched.add(form);
    if (!notices) return;
    clearFault();
    const slip = document.createElement("div");
    slip.className = "callout callout-bad";
    slip.id = "yhteysvirhe";
    const text = document.createElement("p");
    text.textContent = sentence;
    slip.append(text);
    notices.append(slip);
    slip.scrollIntoView({ block: "nearest" });
  }

  function clearFault() {
    document.getElementById("yhteysvirhe")?.remove();
  }

  function sentenceOf(xhr) {
    const page = new DOMParser().parseFromString(xhr.responseText || "", "text/html");
    const told = page.querySelector("[data-sentence]")?.getAttribute("data-sentence");
    if (told) return told;
    if (xhr.status === 401) {
      return "Istunto on päättynyt. Kirjaudu sisään toisessa välilehdessä ja lähetä tiedot tältä sivulta uudelleen.";
    }
    if (xhr.status === 403) return "Käyttöoikeutesi ei riitä tähän toimintoon.";
    if (xhr.status === 404) return "Kohdetta ei enää ole. Lataa sivu uudelleen.";
    if (xhr.status === 413) return "Tiedosto on liian suuri.";
    return "Toiminto ei onnistunut. Kirjoittamasi on yhä sivulla. Yritä hetken kuluttua uudelleen.";
  }

  document.addEventListener("htmx:responseError", (event) => showFault(event, sentenceOf(event.detail.xhr)));
  document.addEventListener("htmx:sendError", (event) => {
    showFault(event, "Yhteys rekisteriin ei toimi. Kirjoittamasi on yhä sivulla. Tarkista verkkoyhteys ja yritä uudelleen.");
  });
  document.addEventListener("htmx:timeout", (event) => {
    showFault(event, "Rekisteri ei vastannut ajoissa. Tarkista, tallentuiko tieto, ja yritä tarvittaessa uudelleen.");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) clearFault();
    release(event.target.closest?.("form"));
  });
  /* When the part that had the focus is replaced, the focus goes to its successor, not to the top of the page. */
  let held = null;
  document.addEventListener("htmx:beforeSwap", (event) => {
    const focused = document.activeElement;
    held = event.detail.target.contains(focused) ? focused : null;
  });
  function keepFocus(part) {
    if (!held || held.isConnected || document.activeElement !== document.body) return;
    const controls = [...part.querySelectorAll("input:not([type=hidden]), select, textarea, a[href], button")];
    const same = controls.find((one) => held.name && one.name === held.name && one.value === held.value);
    (same || part.querySelector("[aria-invalid]") || controls[0])?.focus();
    held = null;
  }

  document.addEventListener("htmx:afterSettle", (event) => {
    const part = event.detail.elt;
    const saying = part.matches?.("[data-announce]") ? part : part.querySelector?.("[data-announce]");
    announce(saying?.getAttribute("data-announce"));
    part.querySelector?.("#virheet")?.focus();
    if (part.querySelectorAll) keepFocus(part);
  });

  /* The slash leads to the search, unless it is being typed or has been switched off. */
  const search = document.getElementById("asiakashaku");
  const choice = document.getElementById("pikanappain");
  const OFF = "pikanappain-pois";
  if (search && choice) {
    document.getElementById("pikanappain-valinta").hidden = false;
    choice.checked = localStorage.getItem(OFF) === null;
    choice.addEventListener("change", () => {
      if (choice.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "1");
    });
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest?.("input:not([type=checkbox], [type=radio]), textarea, select");
      if (event.key !== "/" || typing || !choice.checked || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      search.focus();
      search.select();
    });
  }

  /* A half-typed form is not left by accident. */
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && guarded(form)) touched.add(form);
  });
  window.addEventListener("beforeunload", (event) => {
    if ([...touched].some((form) => form.isConnected)) event.preventDefault();
  });

  /* One click sends once. The server would see a second one as the same; the person need not wonder. */
  const sent = new Map();
  function release(form) {
    if (!form) return;
    clearTimeout(sent.get(form));
    sent.delete(form);
    form.querySelectorAll("button[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
  }
  document.addEventListener("submit", (event) => {
    const form = event.target;
    touched.delete(form);
    if (!guarded(form)) return;
    if (sent.has(form)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    event.submitter?.setAttribute("aria-disabled", "true");
    sent.set(form, setTimeout(() => release(form), 8000));
  }, true);
  window.addEventListener("pageshow", () => [...sent.keys()].forEach(release));

  /* After a refused form the first thing read is what was wrong; after a success, what was done. */
  const mistakes = document.getElementById("virheet");
  if (mistakes && document.title.startsWith("Virhe:")) mistakes.focus();
  else if (notices) announce(notices.textContent.trim().replace(/\s+/g, " "));
})();
