"use strict";
// Filters, keyboard and confirmations. What people confirm stays in this browser, and in the commands that they copy.
(() => {
  const body = document.body;
  const words = JSON.parse(body.dataset.words);
  const plurals = new Intl.PluralRules(document.documentElement.lang);
  const numbers = new Intl.NumberFormat(document.documentElement.lang);
  const rows = [...document.querySelectorAll(".row")];
  const waits = (row) => row.dataset.state !== "human";
  const work = rows.filter(waits);
  const sections = [...document.querySelectorAll("section.document")];
  const workOf = new Map(sections.map((section) => [section, [...section.querySelectorAll(".row")].filter(waits)]));
  const bar = document.querySelector(".bar");
  if (!bar) return;
  const boxes = [...bar.querySelectorAll("input[name=state]")];
  const context = bar.querySelector("select[name=context]");
  const chosen = bar.querySelector("select[name=document]");
  let current = null;

  const say = (name, values) => {
    const found = words[name];
    const text = typeof found === "string" ? found : found[plurals.select(values.number)] || found.other;
    const shown = (value) => (typeof value === "number" ? numbers.format(value) : value);
    return text.replace(/\{(\w+)\}/g, (all, key) => (key in values ? shown(values[key]) : all));
  };

  // Some browsers keep nothing for files; the page then works until it is closed.
  const store = {
    read(name, other) {
      try {
        return JSON.parse(localStorage.getItem(`${body.dataset.key} ${name}`)) ?? other;
      } catch {
        return other;
      }
    },
    write(name, value) {
      try {
        localStorage.setItem(`${body.dataset.key} ${name}`, JSON.stringify(value));
      } catch {
        // see above
      }
    },
  };
  const done = new Set(store.read("done", []));
  const isDone = (row) => done.has(row.id);

  const count = () => {
    const left = work.filter((row) => !isDone(row)).length;
    const total = work.length;
    bar.querySelector("output").textContent = left ? say("left", { number: left, total }) : say("all_done", { total });
    for (const section of sections) {
      const own = workOf.get(section);
      const open = own.filter((row) => !isDone(row)).length;
      section.querySelector("h2 small").textContent = say(open ? "left" : "all_done", { number: open, total: own.length });
      section.classList.toggle("done", !open);
    }
  };

  const confirm = (row, yes) => {
    if (yes) done.add(row.id);
    else done.delete(row.id);
    row.classList.toggle("done", yes);
    row.querySelector("input[name=done]").checked = yes;
    store.write("done", [...done]);
    count();
  };

  const filter = () => {
    const states = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    let any = false;
    for (const section of sections) {
      const out = chosen && chosen.value && chosen.value !== section.dataset.number;
      let shown = 0;
      const own = [...section.querySelectorAll(".row")];
      for (const row of own) {
        const human = row.dataset.state === "human";
        const open = human
          ? context.value === "all" || (context.value === "near" && row.classList.contains("near"))
          : states.has(row.dataset.state);
        row.hidden = !open;
        if (open && (!human || context.value === "all")) shown += 1;
      }
      section.hidden = out || !shown;
      any = any || !section.hidden;
    }
    document.querySelector("main > .empty").hidden = any;
    if (current && !visible(current)) select(null);
  };

  const visible = (row) => !row.hidden && !row.closest("section").hidden;

  const select = (row) => {
    if (current) current.classList.remove("current");
    current = row;
    if (!row) return;
    row.classList.add("current");
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  };

  const step = (way, wanted) => {
    const found = work.filter((row) => visible(row) && (row === current || wanted(row)));
    if (!found.length) return;
    const at = found.indexOf(current);
    const next = at < 0 ? (way > 0 ? 0 : found.length - 1) : at + way;
    // After the last one comes the first, so that no unfinished sentence is out of reach.
    select(found[(next + found.length) % found.length]);
  };
  const next = () => step(1, (row) => !isDone(row));

  const copied = async (area, button) => {
    area.select();
    try {
      await navigator.clipboard.writeText(area.value);
    } catch {
      document.execCommand("copy");
    }
    button.textContent = say("copied", {});
  };

  const finish = () => {
    const list = document.querySelector("#finish .commands");
    list.replaceChildren();
    const settles = sections.map((section) => [section, [...section.querySelectorAll("[data-settles]")]]);
    const asked = settles.filter(([, own]) => own.length);
    const ready = asked.filter(([, own]) => own.every(isDone));
    const whole = ready.length > 1 && ready.length === asked.length;
    const commands = whole ? [body.dataset.every] : ready.map(([section]) => section.dataset.command);
    for (const command of commands) {
      const item = document.createElement("li");
      const area = document.createElement("textarea");
      const button = document.createElement("button");
      area.value = command;
      area.readOnly = true;
      area.rows = 1;
      area.setAttribute("aria-label", command);
      button.type = "button";
      button.textContent = say("copy", {});
      button.addEventListener("click", () => copied(area, button));
      item.append(area, button);
      list.append(item);
    }
    for (const [section, own] of asked) {
      const n = own.filter(isDone).length;
      if (n === own.length || !n) continue;
      const item = document.createElement("li");
      item.textContent = say("finish.part", { path: section.dataset.path, number: n, total: own.length });
      list.append(item);
    }
    if (!list.children.length) {
      const item = document.createElement("li");
      item.textContent = say(asked.length ? "finish.nothing" : "finish.english", {});
      list.append(item);
    }
    document.getElementById("finish").showModal();
  };

  const keys = {
    j: () => step(1, () => true),
    k: () => step(-1, () => true),
    n: next,
    c: () => current && confirm(current, !isDone(current)),
    e: () => current && current.querySelector("a.edit") && current.querySelector("a.edit").click(),
    "?": () => document.getElementById("help").showModal(),
  };

  const keysOn = document.querySelector("#help input[name=keys]");
  keysOn.checked = store.read("keys", true);
  keysOn.addEventListener("change", () => store.write("keys", keysOn.checked));
  document.addEventListener("keydown", (event) => {
    if (!keysOn.checked && event.key !== "?") return;
    const busy = document.querySelector("dialog[open]") || event.target.closest("select, textarea");
    if (event.ctrlKey || event.metaKey || event.altKey || busy || !Object.hasOwn(keys, event.key)) return;
    event.preventDefault();
    keys[event.key]();
  });
  document.addEventListener("focusin", (event) => {
    const row = event.target.closest(".row");
    if (row && row !== current && row.dataset.state !== "human") {
      if (current) current.classList.remove("current");
      current = row;
      row.classList.add("current");
    }
  });
  for (const row of work) {
    row.querySelector("input[name=done]").addEventListener("change", (event) => confirm(row, event.target.checked));
    if (isDone(row)) {
      row.classList.add("done");
      row.querySelector("input[name=done]").checked = true;
    }
  }
  for (const control of [...boxes, context, chosen]) if (control) control.addEventListener("change", filter);
  bar.querySelector("button[name=next]").addEventListener("click", next);
  bar.querySelector("button[name=finish]").addEventListener("click", finish);
  bar.querySelector("button[name=help]").addEventListener("click", keys["?"]);
  filter();
  count();
})();
