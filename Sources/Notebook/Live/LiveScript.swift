/// The script of a live page: it puts what changes in the place of what was there, and leaves all
/// else alone, with its scrolling, folding and selection.
enum LiveScript {
  /// The script.
  static let text = #"""
    "use strict";
    const partNames = ["header", "main", "footer"];
    const place = name => document.querySelector(`body > ${name}`);
    // The elements of each part of the page, with the markup that they came from.
    const parts = {};
    let contents = null;
    const course = document.getElementById("course");

    function elements(container) {
      return [...container.children].map(node => ({ node, markup: node.outerHTML }));
    }

    // Pairs of equal elements of two lists, in order: their longest common subsequence.
    function common(old, fresh) {
      if (old.length * fresh.length > 4e6) return [];
      const width = fresh.length + 1;
      const longest = new Uint32Array((old.length + 1) * width);
      for (let i = old.length - 1; i >= 0; i--) {
        for (let j = fresh.length - 1; j >= 0; j--) {
          longest[i * width + j] = old[i].markup === fresh[j].markup
            ? longest[(i + 1) * width + j + 1] + 1
            : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
        }
      }
      const pairs = [];
      let i = 0, j = 0;
      while (i < old.length && j < fresh.length) {
        if (old[i].markup === fresh[j].markup) pairs.push([i++, j++]);
        else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1]) i++;
        else j++;
      }
      return pairs;
    }

    // Makes the elements of a container those of the markup; equal ones stay the same elements.
    function change(container, old, markup) {
      const template = document.createElement("template");
      template.innerHTML = markup;
      const fresh = elements(template.content);
      const most = Math.min(old.length, fresh.length);
      let start = 0, end = 0;
      while (start < most && old[start].markup === fresh[start].markup) start++;
      while (end < most - start
        && old[old.length - 1 - end].markup === fresh[fresh.length - 1 - end].markup) end++;
      const oldMiddle = old.slice(start, old.length - end);
      const middle = fresh.slice(start, fresh.length - end);
      const kept = new Set();
      for (const [i, j] of common(oldMiddle, middle)) {
        middle[j] = oldMiddle[i];
        kept.add(oldMiddle[i]);
      }
      let next = end > 0 ? old[old.length - end].node : null;
      for (const element of [...middle].reverse()) {
        if (!kept.has(element)) container.insertBefore(element.node, next);
        next = element.node;
      }
      for (const element of oldMiddle) if (!kept.has(element)) element.node.remove();
      return [...old.slice(0, start), ...middle, ...old.slice(old.length - end)];
    }

    // The first element of the cells that is on the screen and stays, and where it is.
    function anchor() {
      for (const element of parts.main) {
        const box = element.node.getBoundingClientRect();
        if (box.bottom > 0 && box.height > 0) return { element, top: box.top };
      }
      return null;
    }

    function show(page) {
      const held = window.scrollY > 0 ? anchor() : null;
      document.title = new DOMParser().parseFromString(page.title, "text/html").body.textContent;
      for (const name of partNames) parts[name] = change(place(name), parts[name], page[name]);
      if (page.contents !== contents) {
        place("nav")?.remove();
        place("main").insertAdjacentHTML("beforebegin", page.contents);
        contents = page.contents;
      }
      fold();
      if (held && held.element.node.isConnected) {
        window.scrollBy(0, held.element.node.getBoundingClientRect().top - held.top);
      }
      say(page.course, page.words);
    }

    function say(name, words) {
      course.dataset.course = name;
      course.innerHTML = words;
    }

    // Folding.

    const folded = new Set(JSON.parse(sessionStorage.getItem("folded") || "[]"));
    const outputs = ".output, .figure, .table, .former, .running";

    // Gives each piece of code with output a button that hides it, and hides what was hidden.
    function fold() {
      for (const { node } of parts.main) {
        if (!node.matches("pre.code")) continue;
        const code = node.querySelector("code").textContent;
        const below = [];
        for (let next = node.nextElementSibling; next && next.matches(outputs);
          next = next.nextElementSibling) below.push(next);
        let button = node.querySelector(".fold");
        if (!button) {
          button = document.createElement("button");
          button.className = "fold";
          button.type = "button";
          button.addEventListener("click", () => {
            if (!folded.delete(code)) folded.add(code);
            sessionStorage.setItem("folded", JSON.stringify([...folded]));
            fold();
          });
          node.prepend(button);
        }
        const isFolded = folded.has(code);
        button.hidden = below.length === 0;
        button.textContent = isFolded ? "+" : "−";
        button.setAttribute("aria-label", isFolded ? "Show the output" : "Hide the output");
        button.setAttribute("aria-expanded", String(!isFolded));
        for (const output of below) output.hidden = isFolded;
      }
    }

    course.addEventListener("click", () => {
      const error = document.querySelector("pre.error");
      if (course.dataset.course === "failed" && error) error.scrollIntoView({ block: "center" });
    });

    // Events.

    function showProgress(progress) {
      const line = document.getElementById("running");
      if (!line) return;
      const bar = document.createElement("progress");
      bar.max = 1;
      if (progress.fraction !== null) bar.value = progress.fraction;
      bar.setAttribute("aria-label", progress.text);
      line.replaceChildren(progress.text, bar);
    }

    for (const name of partNames) parts[name] = elements(place(name));
    fold();
    const events = new EventSource("/events");
    events.addEventListener("page", event => show(JSON.parse(event.data)));
    events.addEventListener("progress", event => showProgress(JSON.parse(event.data)));
    events.addEventListener("error", () => {
      say("lost", "the connection is lost: does <code>svmrepl watch</code> still run?");
    });
    events.addEventListener("end", () => {
      events.close();
      say("lost", "<code>svmrepl watch</code> has ended");
    });

    """#
}
