"use strict";
// The search field of the book: it looks through search-index.js, which is read once the field has
// the focus. Without this script the book is the same, but for the field.
(() => {
  const root = document.currentScript.dataset.root;
  const most = 20;
  let entries = null;
  let chosen = -1;

  const form = document.createElement("search");
  form.className = "search";
  form.innerHTML =
    '<input type="search" role="combobox" aria-label="Search the book" aria-expanded="false"' +
    ' aria-controls="found" aria-autocomplete="list" autocomplete="off" spellcheck="false"' +
    ' placeholder="Search ( / )">' +
    '<div class="found" id="found" role="listbox" aria-label="Found" hidden></div>' +
    '<p role="status" class="skip"></p>';
  document.querySelector(".top").append(form);
  const [field, found, status] = form.children;

  // A page that is opened from a disk may fetch no file, but scripts.
  function readIndex() {
    if (entries !== null) return;
    entries = [];
    window.svmreplBook = (rows) => {
      entries = rows.map(([address, heading, page, text]) => ({
        address, heading, page, text,
        title: (heading || page).toLowerCase(),
        all: (heading + " " + page + " " + text).toLowerCase(),
      }));
      show();
    };
    const script = document.createElement("script");
    script.src = root + "search-index.js";
    document.head.append(script);
  }

  const isOfLibrary = (entry) => entry.address.startsWith("library/");

  // How well an entry fits; 0 where it lacks a word. Words of the heading count most.
  function fit(entry, words, query) {
    let sum = 0;
    for (const word of words) {
      if (!entry.all.includes(word)) return 0;
      const place = entry.title.indexOf(word);
      const starts = place === 0 || (place > 0 && !/[\p{L}\p{N}]/u.test(entry.title[place - 1]));
      sum += place < 0 ? 1 : starts ? 8 : 4;
    }
    if (entry.title === query) sum += 40;
    else if (entry.title.split(/[ =]/)[0] === query) sum += 25;
    else if (entry.title.startsWith(query)) sum += 12;
    // The page of a word comes before a section, short headings before long ones, and the language
    // before the library.
    return sum / (isOfLibrary(entry) ? 2 : 1) + (entry.heading ? 0 : 3) + 1 / entry.title.length;
  }

  // Adds a text with the words that were looked for emphasized.
  function append(parent, text, words) {
    const lower = text.toLowerCase();
    let next = 0;
    while (next < text.length) {
      const hits = words.map((word) => [lower.indexOf(word, next), word.length])
        .filter(([place]) => place >= 0).sort((a, b) => a[0] - b[0]);
      if (hits.length === 0 || lower.length !== text.length) break;
      const [place, length] = hits[0];
      const mark = document.createElement("mark");
      mark.textContent = text.slice(place, place + length);
      parent.append(text.slice(next, place), mark);
      next = place + length;
    }
    parent.append(text.slice(next));
  }

  // The part of a text around the first of the words.
  function context(text, words) {
    const lower = text.toLowerCase();
    const places = words.map((word) => lower.indexOf(word)).filter((place) => place >= 0);
    const first = places.length > 0 ? Math.min(...places) : 0;
    if (first < 50) return text.slice(0, 160);
    const start = text.indexOf(" ", first - 40) + 1;
    return "… " + text.slice(start > 0 && start <= first ? start : first, first + 120);
  }

  function show() {
    const query = field.value.trim().toLowerCase();
    const words = query.split(/\s+/).filter(Boolean);
    found.replaceChildren();
    chosen = -1;
    field.removeAttribute("aria-activedescendant");
    const isOpen = words.length > 0 && entries !== null && entries.length > 0;
    found.hidden = !isOpen;
    field.setAttribute("aria-expanded", String(isOpen));
    status.textContent = "";
    if (!isOpen) return;
    const hits = entries.map((entry) => [fit(entry, words, query), entry])
      .filter(([score]) => score > 0).sort((a, b) => b[0] - a[0]);
    for (const [, entry] of hits.slice(0, most)) {
      const link = document.createElement("a");
      link.href = root + entry.address;
      link.id = "found-" + found.children.length;
      link.role = "option";
      link.tabIndex = -1;
      link.ariaSelected = "false";
      const name = document.createElement("b");
      name.textContent = entry.heading || entry.page;
      link.append(name);
      const place = document.createElement("small");
      place.textContent = [entry.heading && entry.page, isOfLibrary(entry) && "library"]
        .filter(Boolean).map((word) => " " + word).join(",");
      link.append(place);
      const line = document.createElement("span");
      append(line, context(entry.text, words), words);
      link.append(line);
      found.append(link);
    }
    status.textContent = hits.length === 0 ? "Nothing found" : hits.length + " found";
    if (hits.length === 0) {
      found.innerHTML = '<p role="option" aria-disabled="true">Nothing found.</p>';
    } else {
      choose(0);
    }
  }

  function choose(place) {
    const links = found.querySelectorAll("a");
    if (links.length === 0) return;
    if (chosen >= 0) links[chosen].ariaSelected = "false";
    chosen = (place + links.length) % links.length;
    links[chosen].ariaSelected = "true";
    links[chosen].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", links[chosen].id);
  }

  function close() {
    found.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  field.addEventListener("focus", readIndex);
  field.addEventListener("input", show);
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (found.hidden) show();
      else choose(chosen + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter") {
      found.querySelectorAll("a")[chosen]?.click();
    } else if (event.key === "Escape") {
      if (found.hidden) field.blur();
      close();
    } else {
      return;
    }
    event.preventDefault();
  });
  // A link to a part of this page leaves the list open, else.
  found.addEventListener("click", close);
  document.addEventListener("click", (event) => {
    if (!form.contains(event.target)) close();
  });
  form.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !form.contains(event.relatedTarget)) close();
  });
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("input, textarea, [contenteditable]");
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      field.focus();
      field.select();
      event.preventDefault();
    }
  });
})();
