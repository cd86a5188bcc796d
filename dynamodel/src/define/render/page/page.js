
// Helps to find what the page shows already: one table and one view at a time, a search, a filter by entity, and what an
// access pattern reads. Without it everything stands one below the other.
(() => {
  "use strict";
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const one = (selector, from = document) => from.querySelector(selector);
  const tables = all("section.table");
  const search = one("#search");
  const found = one(".found");
  const shown = new Map(tables.map((table) => [table, one(".view", table)]));
  let current = tables[0];
  document.documentElement.classList.add("js");
  if (!current) return;

  const rows = all("tr.item").map((row) => {
    const block = row.closest(".block");
    return { row, block, text: `${all(".pk .value", block).map((value) => value.textContent).join(" ")} ${row.textContent}`.toLowerCase() };
  });

  // The table and the view in front.
  function show(view) {
    current = view.closest(".table");
    shown.set(current, view);
    for (const table of tables) table.hidden = table !== current;
    for (const link of all(".tables a")) {
      link.toggleAttribute("aria-current", link.hash === `#${current.id}`);
    }
    for (const other of all(".view", current)) {
      const tab = document.getElementById(`tab-${other.id}`);
      other.hidden = other !== view;
      tab.setAttribute("aria-selected", String(other === view));
      tab.tabIndex = other === view ? 0 : -1;
    }
    history.replaceState(null, "", `#${view.id}`);
    filter();
  }

  function showHash() {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    const table = target ? target.closest(".table") : current;
    if (!table) return;
    show((target && target.closest(".view")) || shown.get(table));
    const block = target && target.closest(".block");
    if (block) block.scrollIntoView();
  }

  // The search and the entities that are switched off.
  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const off = new Set();
    for (const chip of all('.chip[aria-pressed="false"]')) off.add(`${chip.closest(".table").id} ${chip.dataset.entity}`);
    const active = words.length > 0 || off.size > 0;
    const counts = new Map();
    for (const { row, block, text } of rows) {
      const view = row.closest(".view");
      const entity = `${row.closest(".table").id} ${row.parentElement.dataset.entity}`;
      row.hidden = off.has(entity) || !words.every((word) => text.includes(word));
      if (!row.hidden) counts.set(view, (counts.get(view) || 0) + 1);
    }
    for (const part of all("tbody[data-entity]")) part.hidden = !one(".item:not([hidden])", part);
    for (const block of all(".block")) block.hidden = !one(".item:not([hidden])", block);
    for (const view of all(".view")) {
      const total = all(".item", view).length;
      const count = counts.get(view) || 0;
      one("b", document.getElementById(`tab-${view.id}`)).textContent = count;
      view.classList.toggle("void", count === 0 && total > 0);
      if (view === shown.get(current)) found.textContent = active ? `${count} of ${total} items` : "";
    }
    for (const row of all(".item")) row.tabIndex = -1;
    const first = one(".item:not([hidden])", shown.get(current));
    if (first) first.tabIndex = 0;
    mark(words);
  }

  // What was searched for, where the browser can mark text without changing it.
  function mark(words) {
    if (!window.Highlight || !CSS.highlights) return;
    const ranges = [];
    const walker = document.createTreeWalker(shown.get(current), NodeFilter.SHOW_TEXT);
    while (words.length && walker.nextNode()) {
      const node = walker.currentNode;
      if (!node.parentElement.closest(".pk .value, .item")) continue;
      const text = node.data.toLowerCase();
      if (text.length !== node.data.length) continue;
      for (const word of words) {
        for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + word.length);
          ranges.push(range);
        }
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  }

  function unfilter() {
    search.value = "";
    for (const chip of all(".chip")) chip.setAttribute("aria-pressed", "true");
  }

  // What a request of an access pattern reads.
  function light(request) {
    dark();
    const view = document.getElementById(request.closest(".pattern").dataset.view);
    const places = (names) => names.split(" ").filter(Boolean).map((at) => one(`[data-item="${at}"]`, view));
    const [hits, passed] = [places(request.dataset.hits), places(request.dataset.passed)];
    if (hits.concat(passed).some((row) => row.hidden)) unfilter();
    show(view);
    for (const row of hits) row.classList.add("hit");
    for (const row of passed) row.classList.add("passed");
    current.classList.add("lit");
    request.setAttribute("aria-current", "true");
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (hits[0]) hits[0].scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
  }

  function dark() {
    for (const row of all(".hit, .passed")) row.classList.remove("hit", "passed");
    for (const table of tables) table.classList.remove("lit");
    for (const request of all(".pattern [aria-current]")) request.removeAttribute("aria-current");
  }

  function step(list, from, by) {
    const to = list[(list.indexOf(from) + by + list.length) % list.length];
    to.focus();
    return to;
  }

  for (const link of all(".tables a")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      show(shown.get(one(link.hash)));
    });
  }
  for (const tabs of all(".tabs")) {
    tabs.setAttribute("role", "tablist");
    const list = all("a", tabs);
    for (const tab of list) {
      const view = one(tab.hash);
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", view.id);
      view.setAttribute("role", "tabpanel");
      view.setAttribute("aria-labelledby", tab.id);
      tab.addEventListener("click", (event) => {
        event.preventDefault();
        dark();
        show(view);
      });
      tab.addEventListener("keydown", (event) => {
        const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (by) step(list, tab, by).click();
      });
    }
  }
  for (const chip of all(".chip")) {
    chip.addEventListener("click", () => {
      chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
      filter();
    });
  }
  for (const pattern of all(".pattern")) {
    pattern.addEventListener("toggle", () => {
      const request = one("a", pattern);
      if (!pattern.open) {
        if (one("[aria-current]", pattern)) dark();
        return;
      }
      for (const other of all(".pattern[open]")) if (other !== pattern) other.open = false;
      if (request) light(request);
      else show(document.getElementById(pattern.dataset.view));
    });
    pattern.addEventListener("click", (event) => {
      const request = event.target.closest("a");
      if (!request) return;
      event.preventDefault();
      light(request);
    });
  }
  for (const { row } of rows) {
    row.addEventListener("click", () => {
      if (String(getSelection()) === "") row.classList.toggle("open");
    });
    row.addEventListener("keydown", (event) => {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (by) step(all(".item:not([hidden])", row.closest(".view")), row, by);
      else if (event.key === "Enter" || event.key === " ") row.classList.toggle("open");
      else return;
      event.preventDefault();
    });
  }
  search.addEventListener("input", filter);
  addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) {
      event.preventDefault();
      search.focus();
    } else if (event.key === "Escape") {
      dark();
      unfilter();
      filter();
      for (const pattern of all(".pattern[open]")) pattern.open = false;
    }
  });
  addEventListener("hashchange", showHash);
  showHash();
})();
