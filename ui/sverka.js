// The page's own behaviour. Gradio draws the components; this opens and closes the reading pane, scrolls to quotations,
// places the cards that citations show, copies and saves answers, and keeps filters in the address and conversations in the
// browser.
(() => {
  if (window.sverka) return;

  const narrow = window.matchMedia("(max-width: 60rem)");
  const byId = (id) => document.getElementById(id);
  let opener = null; // what to give the focus back to when the pane closes

  const busy = () => document.querySelector('.turn[aria-busy="true"]') !== null;

  history.scrollRestoration = "manual"; // a sheet that closes goes back in the history, and must not move what lies under it

  // --- the reading pane: a column on a wide page, a sheet over a narrow one

  const sheetIsOpen = () => document.body.classList.contains("sheet-open");

  function showSheet(open) {
    document.body.classList.toggle("sheet-open", open);
    byId("conversation").inert = open;
  }

  function openSheet(button) {
    opener = button;
    if (!narrow.matches || sheetIsOpen()) return;
    showSheet(true);
    history.pushState({ ...history.state, sheet: true }, ""); // so that a phone's Back closes the sheet, and does not leave the page
  }

  function closeSheet() {
    const wasOpen = sheetIsOpen();
    showSheet(false);
    if (history.state?.sheet) history.back();
    if (opener && opener.isConnected) opener.focus({ preventScroll: !wasOpen });
    opener = null;
  }

  window.addEventListener("popstate", () => { if (sheetIsOpen() && !history.state?.sheet) closeSheet(); });
  narrow.addEventListener("change", () => { if (sheetIsOpen()) closeSheet(); });

  let revealed = ""; // what the pane was last scrolled for

  function shownIn(pane) {
    return pane.querySelector("[data-shown]")?.dataset.shown ?? "";
  }

  function reveal() {
    const pane = byId("pane-column");
    revealed = shownIn(pane);
    const mark = byId("here");
    pane.scrollTop = 0;
    if (mark) {
      const box = mark.getBoundingClientRect();
      const frame = pane.getBoundingClientRect();
      // A quotation in the upper part of a short document is left where it is, so that the title stays in view.
      const low = box.bottom - frame.top > frame.height * 0.7;
      if (low) pane.scrollTop = box.top - frame.top - frame.height / 3;
      mark.focus({ preventScroll: true });
    } else {
      const first = pane.querySelector("button:not([disabled])");
      if (opener && narrow.matches && first) first.focus({ preventScroll: true });
    }
    for (const cite of document.querySelectorAll("#thread [data-ref]")) {
      cite.classList.toggle("current", cite.dataset.ref === revealed);
    }
  }

  // --- cards: kept inside the page's edges

  function place(ref) {
    const card = ref.querySelector(".card");
    if (!card) return;
    card.style.setProperty("--shift", "0px");
    card.classList.remove("below");
    const box = card.getBoundingClientRect();
    const edge = 12;
    const right = document.documentElement.clientWidth - edge;
    let shift = 0;
    if (box.right > right) shift = right - box.right;
    if (box.left + shift < edge) shift = edge - box.left;
    card.style.setProperty("--shift", `${shift}px`);
    const head = byId("head").getBoundingClientRect().bottom;
    card.classList.toggle("below", box.top < head + edge);
  }

  for (const kind of ["pointerover", "focusin"]) {
    document.addEventListener(kind, (event) => {
      const ref = event.target.closest && event.target.closest(".ref");
      if (!ref || ref.contains(event.relatedTarget)) return;
      ref.classList.remove("dismissed");
      place(ref);
    });
  }

  // --- the question box

  const BOX = "#question textarea, #question input";

  function fill(question) {
    const box = document.querySelector(BOX);
    if (!box) return;
    box.value = question;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  }

  // The box takes no more than its greatest length, and would not say that it left something out.
  document.addEventListener("paste", (event) => {
    const box = event.target;
    if (box !== document.querySelector(BOX)) return;
    const left = box.maxLength - box.value.length + (box.selectionEnd - box.selectionStart);
    box.toggleAttribute("data-full", (event.clipboardData?.getData("text") ?? "").length > left);
  });
  document.addEventListener("input", (event) => {
    if (event.inputType !== "insertFromPaste") event.target.removeAttribute?.("data-full");
  });

  // The filters are drawn when they are first opened.
  function makeDates() {
    for (const field of document.querySelectorAll("#since input, #until input")) field.type = "date";
  }

  async function copy(button) {
    const said = button.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = "Copied";
    } catch {
      button.textContent = "The browser refused";
    }
    setTimeout(() => { button.textContent = said; }, 1500);
  }

  function save(button) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([button.dataset.save], { type: "text/markdown" }));
    link.download = button.dataset.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button");
    if (!button) return;
    const data = button.dataset;
    if (button.closest("#filters")) setTimeout(makeDates);
    else if ("copy" in data) copy(button);
    else if ("save" in data) save(button);
    else if ("edit" in data) fill(data.edit);
    else if ("close" in data) closeSheet();
    else if ("resume" in data) resume(data.resume);
    else if ("forget" in data) forget();
    else if ("clear" in data) document.querySelector("#clear-filters")?.click();
    else if ("goto" in data) {
      closeSheet();
      const claim = byId(data.goto);
      if (claim) {
        claim.scrollIntoView({ block: "center" });
        claim.focus({ preventScroll: true });
      }
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const ref = document.querySelector(".ref:hover, .ref:focus-within");
    if (document.body.classList.contains("sheet-open") || byId("pane-column")?.contains(document.activeElement)) closeSheet();
    else if (ref) ref.classList.add("dismissed");
  });

  // --- what the components call

  // The marks of the chosen model, for what stands elsewhere on the page: whether it can translate, and where it sends things.
  function markWriter() {
    const writer = document.querySelector("#chosen [data-writer]");
    const host = writer?.dataset.writer;
    document.body.classList.toggle("writes", Boolean(writer));
    document.body.style.setProperty("--sent", host ? JSON.stringify(` (sends it to ${host})`) : '""');
  }

  // Sends what was clicked in a component to the program, and follows what the program shows in it.
  function bridge(element, trigger, watch) {
    let awaited = null; // the turn whose timeline was asked for
    let translated = null; // the reference whose translation was asked for
    element.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if ("ref" in button.dataset) {
        if (!button.closest("#pane")) openSheet(button);
        button.closest(".ref")?.classList.add("dismissed");
        if (shownIn(byId("pane")) === button.dataset.ref) reveal();
        else trigger("open", { ref: button.dataset.ref });
      } else if ("ask" in button.dataset && !busy()) {
        trigger("ask", { question: button.dataset.ask, model: button.dataset.model || "" });
      } else if ("timeline" in button.dataset && !busy()) {
        awaited = button.dataset.timeline;
        trigger("timeline", { turn: awaited });
      } else if ("translate" in button.dataset && !busy()) {
        translated = button.dataset.translate;
        trigger("translate", { ref: translated, shown: shownIn(byId("pane")) });
      }
    });
    const pane = element.closest("#pane-column");
    if (pane) Object.assign(pane, { tabIndex: 0, role: "region", ariaLabel: "Sources" }); // it scrolls, by keyboard too
    if (element.closest("#masthead")) {
      document.addEventListener("change", (event) => {
        if (event.target.closest("#since, #until")) setTimeout(() => trigger("dates", {}));
      });
    }
    let last = 0;
    watch("value", () => {
      if (translated) {
        // The button has gone; who asked from the keyboard goes on where the translation stands.
        const made = element.querySelector(`[data-rendering="${translated}"]`);
        if (made && document.activeElement === document.body) made.focus({ preventScroll: true });
        if (made && !made.querySelector(".searching")) translated = null;
      }
      if (element.closest("#chosen")) markWriter();
      if (element.closest("#pane") && (!revealed || shownIn(element) !== revealed)) reveal();
      if (!element.closest("#thread")) return;
      // Who stops a translation ends it in the thread; the pane that shows it is drawn anew.
      setTimeout(() => {
        const pane = byId("pane");
        if (!busy() && pane.querySelector(".rendering .searching")) trigger("open", { ref: shownIn(pane) });
      }, 200);
      const turn = element.querySelector(".turn:last-child");
      waiting(turn?.querySelector(".answer > .searching") ? turn.querySelector(".question").textContent : "");
      const number = turn ? Number(turn.id.slice("turn-".length)) : 0;
      document.body.classList.toggle("asked", number > 0);
      if (number > last) {
        turn.scrollIntoView({ block: "start" });
        document.querySelector(BOX)?.removeAttribute("data-full");
      }
      last = number;
      const plot = awaited && element.querySelector(`#turn-${awaited} .timeline :is(.plot, .standing, .notice)`);
      if (plot) {
        awaited = null;
        plot.closest(".timeline").scrollIntoView({ block: "start" });
      }
    });
  }

  // --- the address: filters and model

  function address(change) {
    const asked = new URLSearchParams(location.search);
    change(asked);
    const query = asked.toString();
    history.replaceState(history.state, "", query ? `?${query}` : location.pathname);
    const amiss = document.querySelector("#amiss .amiss");
    if (amiss) amiss.hidden = true; // what the link asked for in vain is of no interest once it was changed
  }

  // Writes the filters into the page's address, and hands them on unchanged.
  function remember(filters) {
    const [languages, outlets, since, until] = filters;
    address((asked) => {
      for (const name of ["language", "outlet", "since", "until"]) asked.delete(name);
      for (const code of languages || []) asked.append("language", code);
      for (const name of outlets || []) asked.append("outlet", name);
      if (since) asked.set("since", since);
      if (until) asked.set("until", until);
    });
    return filters;
  }

  function rememberModel(model) {
    address((asked) => asked.set("model", model));
    return [model];
  }

  // --- conversations, kept in the browser: each under a key of its own, so that no tab overwrites another's

  const KEPT = 8;
  let store = ""; // the beginning of all keys, one for each archive
  let conversation = ""; // this tab's
  let leave = () => {}; // lets another tab have it

  const headOf = (key) => {
    try {
      const [head] = localStorage.getItem(key).split("\n", 1);
      return { key, id: key.slice(store.length), ...JSON.parse(head) };
    } catch {
      return null; // not written by this page
    }
  };

  // All that are kept, the latest first.
  function conversations() {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(store));
    return keys.map(headOf).filter((head) => head && head.at).sort((a, b) => b.at - a.at);
  }

  // Makes a conversation this tab's own. One that another tab has open, as after a tab was duplicated, goes on under a new name.
  async function adopt(id) {
    leave();
    conversation = id && (await locked(id)) ? id : `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
    if (conversation !== id) locked(conversation);
    sessionStorage.setItem(store, conversation);
  }

  function locked(id) {
    if (!navigator.locks) return true; // a page from another machine without https: no way to know
    return new Promise((got) => {
      const held = new Promise((let_go) => { leave = let_go; });
      const patience = AbortSignal.timeout(500); // a page that is being left lets go a moment after the next one has begun
      const asked = navigator.locks.request(store + id, { signal: patience }, () => { got(true); return held; });
      asked.catch(() => got(false));
    });
  }

  // What this tab's conversation was, or nothing.
  async function kept(place) {
    store = `sverka-${place}/`;
    const id = sessionStorage.getItem(store);
    await adopt(id);
    const text = id && localStorage.getItem(store + id);
    const asked = sessionStorage.getItem(`${store}waiting`);
    const box = document.querySelector(BOX);
    if (asked && box && !box.value) fill(asked); // its answer never came to its end
    return [text ? text.slice(text.indexOf("\n") + 1) : ""];
  }

  // Remembers the question whose answer is under way.
  function waiting(question) {
    if (question) sessionStorage.setItem(`${store}waiting`, question);
    else sessionStorage.removeItem(`${store}waiting`);
  }

  function keep(text) {
    let turns = [];
    try {
      turns = JSON.parse(text || "[]");
    } catch {
      return; // cannot be: the program wrote it
    }
    if (!turns.length) return;
    const head = { at: Date.now(), question: turns[0].question, count: turns.length };
    const older = conversations().filter((one) => one.id !== conversation);
    for (const one of older.splice(KEPT - 1)) localStorage.removeItem(one.key);
    for (;;) {
      try {
        localStorage.setItem(store + conversation, `${JSON.stringify(head)}\n${text}`);
        return;
      } catch {
        if (!older.length) return; // the browser keeps nothing
        localStorage.removeItem(older.pop().key);
      }
    }
  }

  // Those that can be gone on with, as the program takes them.
  function earlier() {
    const day = (at) => new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
    const others = conversations().filter((one) => one.id !== conversation);
    return [JSON.stringify(others.map(({ id, question, count, at }) => ({ id, question, count, day: day(at) })))];
  }

  function resume(id) {
    sessionStorage.setItem(store, id);
    location.reload();
  }

  function forget() {
    for (const one of conversations()) if (one.id !== conversation) localStorage.removeItem(one.key);
    byId("earlier").hidden = true;
  }

  async function renew() {
    byId("earlier").hidden = false;
    await adopt(null);
    return [];
  }

  window.sverka = { bridge, remember, rememberModel, kept, keep, earlier, renew };
})();
