// The page's own behaviour. Gradio draws the components; this opens and closes the reading pane, scrolls to quotations,
// places the cards that citations show, copies and saves answers, and keeps the filters in the address.
(() => {
  if (window.sverka) return;

  const narrow = window.matchMedia("(max-width: 60rem)");
  const byId = (id) => document.getElementById(id);
  let opener = null; // what to give the focus back to when the pane closes

  const busy = () => document.querySelector('.turn[aria-busy="true"]') !== null;

  // --- the reading pane: a column on a wide page, a sheet over a narrow one

  function openSheet(button) {
    opener = button;
    if (!narrow.matches) return;
    document.body.classList.add("sheet-open");
    byId("conversation").inert = true;
  }

  function closeSheet() {
    const wasOpen = document.body.classList.contains("sheet-open");
    document.body.classList.remove("sheet-open");
    byId("conversation").inert = false;
    if (opener && opener.isConnected) opener.focus({ preventScroll: !wasOpen });
    opener = null;
  }

  narrow.addEventListener("change", () => {
    document.body.classList.remove("sheet-open");
    byId("conversation").inert = false;
  });

  function reveal() {
    const pane = byId("pane-column");
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
    const shown = pane.querySelector("[data-shown]");
    for (const cite of document.querySelectorAll("#thread [data-ref]")) {
      const current = shown !== null && cite.dataset.ref === shown.dataset.shown;
      cite.classList.toggle("current", current);
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

  function fill(question) {
    const box = document.querySelector("#question textarea, #question input");
    if (!box) return;
    box.value = question;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  }

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

  // Sends what was clicked in a component to the program, and follows what the program shows in it.
  function bridge(element, trigger, watch) {
    let awaited = null; // the turn whose timeline was asked for
    element.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if ("ref" in button.dataset) {
        if (!button.closest("#pane")) openSheet(button);
        button.closest(".ref")?.classList.add("dismissed");
        const shown = document.querySelector("#pane [data-shown]");
        if (shown && shown.dataset.shown === button.dataset.ref) reveal();
        else trigger("open", { ref: button.dataset.ref });
      } else if ("ask" in button.dataset && !busy()) {
        trigger("ask", { question: button.dataset.ask, model: button.dataset.model || "" });
      } else if ("timeline" in button.dataset && !busy()) {
        awaited = button.dataset.timeline;
        trigger("timeline", { turn: awaited });
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
      if (element.closest("#pane")) reveal();
      if (!element.closest("#thread")) return;
      const turn = element.querySelector(".turn:last-child");
      const number = turn ? Number(turn.id.slice("turn-".length)) : 0;
      document.body.classList.toggle("asked", number > 0);
      if (number > last) turn.scrollIntoView({ block: "start" });
      last = number;
      const plot = awaited && element.querySelector(`#turn-${awaited} .timeline :is(.plot, .standing, .notice)`);
      if (plot) {
        awaited = null;
        plot.closest(".timeline").scrollIntoView({ block: "start" });
      }
    });
  }

  // Writes the filters into the page's address, and hands them on unchanged.
  function remember(filters) {
    const [languages, outlets, since, until] = filters;
    const asked = new URLSearchParams(location.search);
    for (const name of ["language", "outlet", "since", "until"]) asked.delete(name);
    for (const code of languages || []) asked.append("language", code);
    for (const name of outlets || []) asked.append("outlet", name);
    if (since) asked.set("since", since);
    if (until) asked.set("until", until);
    const query = asked.toString();
    history.replaceState(history.state, "", query ? `?${query}` : location.pathname);
    return filters;
  }

  window.sverka = { bridge, remember };
})();
