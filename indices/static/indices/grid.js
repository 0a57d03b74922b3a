/* An edition's table by keyboard: arrows and Enter move, a block is pasted, changes are undone, and only what
   was changed is sent. Without this script the same form is filled, pasted and saved by its buttons.

   A pasted block is laid by the server, which knows names and headings; the answer takes the form's place,
   and undoing puts the old form back. */

(() => {
  "use strict";

  const BOX = ".grid__cell input:not([type=hidden])";
  const PARTS = ["s", "r", "n", "l", "q"];
  const root = () => document.getElementById("grid");
  const form = () => root().querySelector(".grid__form");
  const boxes = () => [...form().querySelectorAll(BOX)];
  const isBox = (element) => Boolean(element?.matches?.(BOX));
  const keyOf = (box) => box.name.slice(2);
  const named = (name) => form().elements.namedItem(name);
  const byId = (id) => document.getElementById(id);

  let undone = [];
  let sending = false;
  let last = null;
  let changed = new Set();

  /* What a field showed when the page came: the words that the form carries for the cell. */
  const shown = (box) => box.dataset.was ?? box.defaultValue;
  const told = (key) => JSON.parse(named(`was-${key}`)?.value || "{}");
  const part = (name, key) => named(`${name}-${key}`)?.value ?? told(key)[name] ?? "";
  const isChanged = (key) =>
    ["s", "r"].some((name) => named(`${name}-${key}`) && named(`${name}-${key}`).value !== shown(named(`${name}-${key}`))) ||
    ["n", "l", "q"].some((name) => part(name, key) !== (told(key)[name] ?? ""));

  const keys = () => [...new Set(boxes().map(keyOf))];

  function mark(key) {
    const is = isChanged(key);
    if (is) changed.add(key);
    else changed.delete(key);
    for (const name of ["s", "r"]) {
      named(`${name}-${key}`)?.closest("td").classList.toggle("grid__cell--edited", is);
    }
    count();
  }

  function count() {
    const state = byId("grid-state");
    if (!state) return;
    state.textContent = changed.size ? `${changed.size} 格改动未保存` : state.dataset.none;
    byId("grid-undo").disabled = !undone.length;
  }

  function write(field, value, { remember = true } = {}) {
    const before = field.dataset.last ?? shown(field);
    if (remember && before !== value) undone.push(() => write(field, before, { remember: false }));
    field.value = value;
    field.dataset.last = value;
    mark(keyOf(field));
    if (!remember && isBox(field)) field.focus();
  }

  function undo() {
    undone.pop()?.();
    count();
  }

  /* --- Moving -------------------------------------------------------------------------------------- */

  function besides(box, down, right) {
    const cell = box.closest("td");
    const row = cell.parentElement;
    const line = [...row.querySelectorAll(BOX)];
    const at = line.indexOf(box) + right;
    const rows = [...row.parentElement.rows];
    const target = rows[rows.indexOf(row) + down];
    return target ? [...target.querySelectorAll(BOX)][at] : null;
  }

  function go(box) {
    if (!box) return false;
    box.focus();
    box.select();
    return true;
  }

  const atEdge = (box, end) =>
    box.selectionStart === 0 && box.selectionEnd === box.value.length
      ? true
      : box.selectionStart === box.selectionEnd && box.selectionStart === (end ? box.value.length : 0);

  const MOVES = {
    ArrowUp: (box) => go(besides(box, -1, 0)),
    ArrowDown: (box) => go(besides(box, 1, 0)),
    ArrowLeft: (box) => atEdge(box, false) && go(besides(box, 0, -1)),
    ArrowRight: (box) => atEdge(box, true) && go(besides(box, 0, 1)),
    F2: () => {
      byId("panel-l").focus();
      return true;
    },
  };

  document.addEventListener("keydown", (event) => {
    if (!form() || event.isComposing || event.altKey) return;
    const box = event.target;
    const wantsUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z";
    if (wantsUndo && isBox(box) && box.value === (box.dataset.last ?? shown(box)) && undone.length) {
      event.preventDefault();
      undo();
    } else if (event.ctrlKey || event.metaKey) {
      return;
    } else if (event.key === "Escape" && byId("grid-panel")?.contains(box)) {
      event.preventDefault();
      go(last);
    } else if (isBox(box) && event.key === "Enter") {
      event.preventDefault();
      go(besides(box, event.shiftKey ? -1 : 1, 0));
    } else if (isBox(box) && !event.shiftKey && MOVES[event.key]?.(box)) {
      event.preventDefault();
    }
  });

  /* --- What is typed --------------------------------------------------------------------------------- */

  document.addEventListener("input", (event) => {
    if (isBox(event.target)) mark(keyOf(event.target));
    else if (event.target.dataset.part && last) writePart(event.target.dataset.part, event.target.value);
  });

  document.addEventListener("change", (event) => {
    if (isBox(event.target)) write(event.target, event.target.value);
  });

  function writePart(name, value) {
    const key = keyOf(last);
    let field = named(`${name}-${key}`);
    if (!field) {
      field = document.createElement("input");
      field.type = "hidden";
      field.name = `${name}-${key}`;
      last.closest("td").append(field);
    }
    field.value = value;
    mark(key);
  }

  /* --- The panel of the cell -------------------------------------------------------------------------- */

  document.addEventListener("focusin", (event) => {
    if (!isBox(event.target)) return;
    last = event.target;
    const panel = byId("grid-panel");
    panel.hidden = false;
    byId("grid-panel-name").textContent = last.getAttribute("aria-label").replace(/，[^，]*$/, "");
    for (const field of panel.querySelectorAll("[data-part]")) field.value = part(field.dataset.part, keyOf(last));
  });

  function put(button) {
    const key = keyOf(last);
    const score = named(`s-${key}`);
    const rank = named(`r-${key}`);
    const field = rank ?? score;
    if (button.dataset.write === "status") {
      if (rank && score) write(rank, "");
      write(score ?? rank, button.value);
    } else if (button.dataset.write === "tie") {
      const plain = field.value.replace(/^并列/, "");
      write(field, plain === field.value ? `并列${plain}` : plain);
    } else if (button.dataset.write === "tier") {
      write(field, [field.value, button.value].filter(Boolean).join("/"));
    } else {
      write(field, button.value);
    }
    go(field);
  }

  /* --- Blocks ----------------------------------------------------------------------------------------- */

  document.addEventListener("paste", (event) => {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!isBox(event.target) || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    fill(text, `${event.target.name[0]}-${keyOf(event.target)}`);
  });

  async function fill(text, start) {
    if (sending) return;
    sending = true;
    const old = root();
    old.setAttribute("aria-busy", "true");
    const data = new FormData(form());
    data.set("act", "fill");
    if (text !== null) data.set("block", text);
    if (start) data.set("start", start);
    try {
      const answer = await fetch(location.href, { method: "POST", body: data, credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("grid");
      if (!fresh) throw new Error("no table");
      const known = new Set([...old.querySelectorAll("[name=row]")].map((field) => field.value));
      undone.push(() => {
        fresh.replaceWith(old);
        arrive();
      });
      old.replaceWith(fresh);
      arrive();
      const added = [...fresh.querySelectorAll("[name=row]")].find((field) => !known.has(field.value));
      go(named(start ?? "") ?? added?.closest("tr")?.querySelector(BOX));
    } catch {
      window.alert("没有填入：连不上服务器，请再试一次。");
    } finally {
      sending = false;
      old.removeAttribute("aria-busy");
    }
  }

  /* --- Buttons, sending, leaving ------------------------------------------------------------------------ */

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button");
    if (!button || !root()?.contains(button)) return;
    if (button.id === "grid-undo") undo();
    else if (button.dataset.write && last) put(button);
    else if (button.id === "grid-fill") {
      event.preventDefault();
      fill(null, null);
    }
  });

  document.addEventListener("submit", (event) => {
    if (event.target !== form()) return;
    sending = true;
    for (const key of keys()) {
      if (isChanged(key)) continue;
      for (const name of [...PARTS, "was"]) {
        const field = named(`${name}-${key}`);
        if (field) field.disabled = true;
      }
    }
  });

  window.addEventListener("beforeunload", (event) => {
    if (!sending && form() && changed.size) event.preventDefault();
  });

  /* A page taken from the browser's memory has its fields as they were sent: all are to be sent again. */
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted || !form()) return;
    sending = false;
    for (const field of form().elements) if (field.name) field.disabled = false;
  });

  function arrive() {
    last = null;
    changed = new Set(form() ? keys().filter(isChanged) : []);
    if (byId("grid-undo")) byId("grid-undo").hidden = false;
    count();
  }

  arrive();
})();
