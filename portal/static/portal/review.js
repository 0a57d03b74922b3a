/* The review screen by keyboard, and without loading the page anew for each decision.

   Every key presses a real button or opens a real disclosure, and only while the focus is in the list of names
   and in no field; without this script all of it works by mouse, Tab and Enter. A pressed button is sent as
   the form would be; of the answer, the review alone takes the place of the old one. */

(() => {
  "use strict";

  const review = () => document.getElementById("review");
  const groups = () => [...document.querySelectorAll(".review-group")];
  const groupOf = (element) => element.closest?.(".review-group") ?? null;

  function show(group) {
    if (!group) return;
    group.focus({ preventScroll: true });
    group.scrollIntoView({ block: "nearest" });
  }

  function light(group) {
    for (const mark of document.querySelectorAll("#review-text mark")) {
      mark.classList.toggle("review__mark--here", mark.dataset.group === group?.dataset.group);
    }
    const pane = document.getElementById("review-text");
    const mark = group && pane.querySelector(`mark[data-group="${group.dataset.group}"]`);
    if (!mark) return;
    const above = mark.offsetTop - pane.scrollTop;
    if (above < 0 || above > pane.clientHeight - 40) pane.scrollTop = mark.offsetTop - pane.clientHeight / 3;
  }

  function move(from, step) {
    const all = groups();
    show(all[Math.min(Math.max(all.indexOf(from) + step, 0), all.length - 1)]);
  }

  /* The group to go on with: the one that was worked on while it is undecided, else the next undecided one. */
  function next(number) {
    const all = groups();
    const at = all.findIndex((group) => Number(group.dataset.group) >= number);
    const rest = at < 0 ? all : [...all.slice(at), ...all.slice(0, at)];
    return rest.find((group) => group.dataset.decision === "undecided") ?? all[Math.max(at, 0)];
  }

  const undecided = () =>
    new Set(groups().filter((group) => group.dataset.decision === "undecided").map((group) => group.id));

  const inField = (element) => Boolean(element.closest("input, select, textarea, [contenteditable]"));

  function press(key, group) {
    const named = `[data-key="${key}"]`;
    const button = group.querySelector(named) ?? review().querySelector(`.review__acts ${named}`);
    if (!button) return false;
    button.click();
    if (button.tagName === "SUMMARY") button.parentElement.querySelector("input[type=text]").focus();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    const group = groupOf(event.target);
    if (!group || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    if (event.key === "Escape" && inField(event.target)) {
      show(group);
    } else if (inField(event.target)) {
      return;
    } else if (event.key === "j" || (event.key === "ArrowDown" && event.target === group)) {
      move(group, 1);
    } else if (event.key === "k" || (event.key === "ArrowUp" && event.target === group)) {
      move(group, -1);
    } else if (!/^[1-5nxua]$/.test(event.key) || !press(event.key, group)) {
      return;
    }
    event.preventDefault();
  });

  document.addEventListener("focusin", (event) => light(groupOf(event.target)));

  let sending = false;

  async function send(form, button) {
    const data = new FormData(form, button);
    const number = Number(data.get("number") ?? groupOf(document.activeElement)?.dataset.group ?? 0);
    const answer = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("review");
    if (!fresh) {
      location.href = answer.url;
      return;
    }
    const open = undecided();
    review().replaceWith(fresh);
    const told = page.querySelector(".messages");
    document.querySelector(".messages")?.replaceWith(told ?? document.createElement("div"));
    const reopened = groups().find((group) => undecided().has(group.id) && !open.has(group.id));
    show(reopened ?? next(number));
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || !form.closest("#review")) return;
    event.preventDefault();
    if (sending) return;
    sending = true;
    review().setAttribute("aria-busy", "true");
    send(form, event.submitter)
      .catch(() => form.submit())
      .finally(() => {
        sending = false;
        review()?.removeAttribute("aria-busy");
      });
  });

  /* What is marked in the text, as the address of a new line; places are counted in characters, not in UTF-16. */
  function marked() {
    const pane = document.getElementById("review-text");
    const selection = document.getSelection();
    if (!pane || !selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!pane.contains(range.commonAncestorContainer)) return null;
    const before = document.createRange();
    before.setStart(pane, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const near = Number(pane.dataset.start) + [...before.toString()].length;
    return new URLSearchParams({ quote: range.toString(), near });
  }

  document.addEventListener("selectionchange", () => {
    const place = document.getElementById("review-marking");
    if (place && !place.contains(document.activeElement)) place.hidden = marked() === null;
  });

  document.addEventListener("pointerdown", (event) => {
    if (event.target.closest?.("#review-marking")) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const mark = event.target.closest?.("#review-text mark");
    if (event.target.closest?.("#review-marking button")) {
      location.href = `${review().dataset.add}?${marked()}`;
    } else if (mark && document.getSelection().isCollapsed) {
      show(document.getElementById(`g-${mark.dataset.group}`));
    }
  });

  if (location.hash.startsWith("#g-")) show(next(Number(location.hash.slice(3))));
  else if (!location.hash) next(0)?.focus({ preventScroll: true });
})();
